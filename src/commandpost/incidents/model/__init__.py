"""Values and pure rules of playbooks and incidents."""
