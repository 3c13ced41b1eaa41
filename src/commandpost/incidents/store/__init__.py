"""Tables and questions of the core: one file for each aggregate, all SQL there is."""
