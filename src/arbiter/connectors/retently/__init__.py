"""Exports of Retently."""
