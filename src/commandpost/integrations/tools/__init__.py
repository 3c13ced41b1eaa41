"""The integrations that come with Command Post. Each stands alone, and is found by its entry point."""
