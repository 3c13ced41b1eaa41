"""The integrations that come with Command Post; each is found by its entry point."""
