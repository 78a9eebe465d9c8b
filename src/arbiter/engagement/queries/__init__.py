"""Reads and doors of engagement."""
