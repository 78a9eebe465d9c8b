"""Terms, and how they ended."""
