"""Ways in which people keep departing from their playbook, one file for each family."""
