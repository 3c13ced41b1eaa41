"""The core: playbooks and incidents. Knows the chat only through `ports`, and nothing of HTTP.

An empty id means "none" and a time of 0 means "never", in values, tables and on the wire alike.
"""
