"""What is measured of the whole company: the overview, one measure, the page for the board, exchange rates."""
