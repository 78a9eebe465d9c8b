"""Verbs of engagement."""
