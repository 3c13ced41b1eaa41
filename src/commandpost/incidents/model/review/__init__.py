"""What one incident teaches: its course, its gaps and why they were. Pure functions of a `Story`."""
