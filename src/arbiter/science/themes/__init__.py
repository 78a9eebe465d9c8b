"""Themes of short texts: what are many comments about? Counted from their words, on this machine."""
