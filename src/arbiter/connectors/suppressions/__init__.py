"""The list of addresses that are not written to, as a file."""
