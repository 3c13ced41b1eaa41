"""Incidents in archives: written, signed, brought in from elsewhere."""
