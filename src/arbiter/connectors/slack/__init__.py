"""Slack: an incoming webhook takes the digest as blocks."""
