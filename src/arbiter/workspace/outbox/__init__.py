"""The outbox: every mail, what became of it, and what a person must decide."""
