"""`python -m commandpost`."""

from commandpost.cli import main

main()
