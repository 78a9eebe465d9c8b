"""What we did with a customer."""
