"""The face for machines: the door through which events come, and what programs may ask."""
