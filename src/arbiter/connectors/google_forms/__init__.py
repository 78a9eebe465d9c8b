"""Exports of Google Forms."""
