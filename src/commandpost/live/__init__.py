"""Live events: who is connected to this node, and the frames that each of them gets, numbered without gaps.

A stranger to workspace and incidents: users, sessions, channels and teams are known by their ids only.
"""
