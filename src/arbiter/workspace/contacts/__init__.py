"""The people at a customer."""
