"""The embedded chat: users, sessions, teams, channels, posts. A stranger to incidents."""
