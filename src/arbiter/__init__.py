"""Arbiter: customer success in which the customer is the arbiter of value."""
