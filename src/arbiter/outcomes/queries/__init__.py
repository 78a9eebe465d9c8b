"""Reads and doors of outcomes."""
