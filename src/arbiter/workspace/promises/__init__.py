"""What we promised customers: open, overdue, kept and broken."""
