"""Everything a server keeps, in one file, and a server made from it again."""
