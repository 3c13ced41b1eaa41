"""Verbs of integrations: set up, tested, run."""
