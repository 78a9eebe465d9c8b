"""The list of customers, grouped by their own answers."""
