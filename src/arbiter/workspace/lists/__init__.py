"""What the pages that list customers share: their filters, their rows, the words of next steps."""
