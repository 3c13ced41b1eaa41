"""The vendors' own client libraries, led out by the guarded way.

Only the threads in which they work import these modules: who uses no such tool does not carry its library.
"""
