"""Where a mail provider tells how our mail fared, and posts the replies to it."""
