"""Rehearsals: what is replayed when, and how the practice compares with the original."""
