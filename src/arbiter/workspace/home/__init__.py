"""The home screen: what we believe, what customers told us, and where a word is missing."""
