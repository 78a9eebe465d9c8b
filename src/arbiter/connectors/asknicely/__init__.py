"""Exports of AskNicely."""
