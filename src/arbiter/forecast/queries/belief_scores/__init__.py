"""Beliefs against what happened, against what customers answered, and against the forecast."""
