"""A believable team for trying the product out: people, conversation, playbooks, incidents lived through.

Everything happens through the REST doors, as if people had done it, with a clock that is turned: so posts,
event logs and times fit together as they do in a real workspace.
"""
