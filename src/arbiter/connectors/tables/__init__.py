"""Reads any delimited file as a table, and turns its rows into rows of the workspace files.

What every outside system shares lives here: encodings, quoting, dates, money, keys, the shape of a
mapping. It knows no outside system by name.
"""
