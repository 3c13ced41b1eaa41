"""The embedded workspace as the core's chat: in process, in the same unit of work."""
