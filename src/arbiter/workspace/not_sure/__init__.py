"""Who is not sure: a queue to work on, and what became of those who were not."""
