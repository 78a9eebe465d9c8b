"""How good our beliefs were, by person and by team."""
