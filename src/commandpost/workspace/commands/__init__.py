"""Slash commands: which there are, how they are completed, and running them."""
