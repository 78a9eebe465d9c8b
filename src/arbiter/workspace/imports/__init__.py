"""Bringing files in: upload, mapping, questions, dry run, storing, undoing."""
