"""Stages of a customer's life, and what success means in each."""
