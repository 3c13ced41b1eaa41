"""The chat's tables, and one file of queries for each aggregate."""
