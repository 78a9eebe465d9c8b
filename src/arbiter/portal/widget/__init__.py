"""Surveys in the vendor's own product: a script they put in their pages, and the frame it opens."""
