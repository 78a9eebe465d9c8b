"""The first run: the company, its owner, one number, and the way to the first data."""
