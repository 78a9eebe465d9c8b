"""Verbs of metrics: rates, the business model, and the measuring itself."""
