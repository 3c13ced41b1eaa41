"""Lived-through incidents from a seed, with what really held them up told beside: to judge the product by.

Written from the issue and the documented formats alone, before its author had read the analysis. Nothing here
imports the product: incidents come out as archives and go in by the same door as anybody's.
"""
