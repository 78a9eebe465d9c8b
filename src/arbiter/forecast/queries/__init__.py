"""Reads and doors of forecast."""
