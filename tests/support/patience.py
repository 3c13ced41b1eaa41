"""How long a test waits for what has to come.

Only a run that fails pays for patience: machines stand still for seconds, and no test is about that. Where a
limit of the product's own is the matter, it is made small there, or its clock is turned by hand.
"""

PATIENCE_S = 60
