"""Queries about what is to be done at Mattermost, one file for each matter."""
