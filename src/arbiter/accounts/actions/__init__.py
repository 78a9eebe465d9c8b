"""Verbs of accounts."""
