"""What v4 sends: one explicit class for each thing, made from a domain value."""
