"""Answers that look like a machine's, looked at by a person."""
