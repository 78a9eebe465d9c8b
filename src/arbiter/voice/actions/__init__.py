"""Verbs of voice: ask, link, answer, follow up."""
