"""The grammar of `/incident`: what people type, what is done for it, and what they are told."""
