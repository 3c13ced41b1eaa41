"""The verbs of playbooks and incidents: load, permit, decide, save, tell."""
