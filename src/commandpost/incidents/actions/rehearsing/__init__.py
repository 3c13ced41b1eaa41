"""Rehearsals: begun, and replayed step by step."""
