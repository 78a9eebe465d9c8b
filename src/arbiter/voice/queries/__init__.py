"""Reads of voice: what was asked, what was said, and what it means as of a day."""
