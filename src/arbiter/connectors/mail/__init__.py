"""The mailbox where replies to our mail arrive, fetched by IMAP."""
