"""What customers say when asked: asks, personal links, answers and the intent to continue."""
