"""What was measured, and telling it to those whose goal it is."""
