"""What we believe about a renewal, said before the customer's answer is read."""
