"""Mail: an outbox in the database, and the way from there to a mail server."""
