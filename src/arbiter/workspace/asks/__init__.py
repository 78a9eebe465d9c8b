"""Asking customers: whom, what we believe first, by letter or link or voice, and what came of it."""
