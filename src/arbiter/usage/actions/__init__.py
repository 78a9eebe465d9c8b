"""Verbs of usage."""
