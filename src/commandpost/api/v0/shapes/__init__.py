"""What v0 takes and sends. Bodies take null for anything: the original's clients may send it."""
