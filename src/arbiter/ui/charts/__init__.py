"""Bars and marks as SVG, drawn by pure functions: attributes and classes only, so that a strict policy lets them through."""
