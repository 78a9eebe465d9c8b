"""The surprise ledger: what was lost, what was known the day before notice, and what we make of it."""
