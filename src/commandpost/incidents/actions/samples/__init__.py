"""Test data: incidents that look lived through, drawn from a seed. Values only; nothing is saved here."""
