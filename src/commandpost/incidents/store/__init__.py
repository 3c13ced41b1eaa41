"""The tables of playbooks and incidents, and one file of queries for each aggregate."""
