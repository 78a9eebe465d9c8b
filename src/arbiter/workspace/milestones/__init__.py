"""The path to a goal."""
