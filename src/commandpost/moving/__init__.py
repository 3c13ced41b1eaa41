"""Moving over: playbooks and incidents of the original plugin, or of Playbooks, brought into this server."""
