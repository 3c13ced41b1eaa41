"""Command Post: incident management where the team already talks."""

__version__ = "0.1.0"
