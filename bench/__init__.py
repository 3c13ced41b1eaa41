"""How fast a server that speaks these APIs is: `python -m bench --help`. Ratios, measured side by side."""
