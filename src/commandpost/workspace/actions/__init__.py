"""The verbs of the chat: load, permit, decide, save, tell."""
