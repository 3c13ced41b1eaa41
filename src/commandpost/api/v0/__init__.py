"""REST v0: playbooks and incidents, as clients of the original plugin expect it."""
