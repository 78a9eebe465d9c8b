"""Verbs of outcomes."""
