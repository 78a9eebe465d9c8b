"""Reads of the ground: people, the company, mail."""
