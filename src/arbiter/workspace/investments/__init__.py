"""What the customer put in, for an honest return and for respect of their effort."""
