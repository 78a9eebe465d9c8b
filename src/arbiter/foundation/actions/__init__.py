"""Verbs of the ground: the company is set up, people come and go, mail is decided about."""
