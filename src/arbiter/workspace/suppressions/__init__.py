"""Addresses that are not written to: which and why, adding one, lifting one, the list in and out."""
