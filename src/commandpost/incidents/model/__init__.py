"""Values and pure rules: no clock, no chat, no SQL."""
