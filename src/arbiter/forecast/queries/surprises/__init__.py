"""Reads of the surprise ledger: what was lost, what was known the day before notice, what we make of it."""
