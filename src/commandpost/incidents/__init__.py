"""The core: playbooks and incidents. A stranger to the chat: what it needs of one stands in `ports.py`."""
