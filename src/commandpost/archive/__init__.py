"""The file of an archived incident, described in docs/api/archive.md: written, signed, verified, read.

Knows nothing of the database, so that `commandpost archive verify` works anywhere.
"""
