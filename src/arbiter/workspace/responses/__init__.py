"""The reading of answers: who was asked and who answered, scores by month, comments, and one customer's voice."""
