"""What a team's incidents say together: times by playbook and month, and when people are at work."""
