"""Databases, a clock and a closed network for tests. Builders live with their aggregate's tests, not here."""
