"""Doors of a Command Post that is attached to a Mattermost server: who asks, and what comes by its hooks."""
