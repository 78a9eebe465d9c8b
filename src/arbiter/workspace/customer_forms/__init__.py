"""What is written about a customer: its name and kin, and why it bought."""
