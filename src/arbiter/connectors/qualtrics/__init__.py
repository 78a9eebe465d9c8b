"""Exports of Qualtrics."""
