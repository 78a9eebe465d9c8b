"""The whole company in columns: what is on file, and what of it was known at a moment.

`columns` holds rows as arrays, `terms` tells from contracts who was a customer on a day and for how much,
`on_file` is everything that was read, and `picture` what stood at one moment, of all customers or of some.
Nothing here knows the database or the clock.
"""
