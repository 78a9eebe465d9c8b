"""One folder per outside system, each to be added or removed whole."""
