"""Exports of Delighted."""
