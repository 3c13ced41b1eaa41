"""The door for alerts: each route speaks the format of one monitoring system, errors included."""
