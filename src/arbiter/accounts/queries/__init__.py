"""Reads and doors of accounts."""
