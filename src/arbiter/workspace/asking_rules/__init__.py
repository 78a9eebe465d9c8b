"""Rules of asking: when to ask whom, whom they would ask tomorrow, and how often anybody is asked at all."""
