"""Rules that look for causes: each judges any interval, gap or not, and claims one cause or nothing."""
