"""What people feel in the web app, measured in headless Chromium on our own server."""
