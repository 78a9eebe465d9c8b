"""Everybody who was not asked, and why."""
