"""Signing in: by password or mailed code, by invitation, and by one press into the demo."""
