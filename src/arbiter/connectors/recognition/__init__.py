"""Recognises what a file is, proposes what its columns mean, and translates its rows.

The only place that knows every outside system: each brings its shapes, none knows another.
"""
