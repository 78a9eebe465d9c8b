"""Measures of usage as expressions: a table of events in, a table of results out. Nothing is run here."""
