"""Every part the pages are made of."""
