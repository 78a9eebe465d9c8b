"""Views of the customers page that a colleague keeps under a name."""
