"""The audit log: who did what to what, from where, before and after. Written in the work that does it."""
