"""Values and pure rules of the chat."""
