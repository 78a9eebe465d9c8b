"""Exports of Typeform."""
