"""What every room may use and what itself needs nothing: ids, clock, errors, paging, text."""
