"""The verbs: load, permit, decide, save, tell. One file for each family; no HTTP and no commit here."""
