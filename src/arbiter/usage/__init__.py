"""Usage: what people did in the product, as evidence beside a goal, never as success by itself.

Its nouns: an event, the source it came from, the parcel it came in, the log that keeps it; a feature, a behaviour set.
"""
