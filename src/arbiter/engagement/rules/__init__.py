"""Pure decisions of engagement: no table, no clock."""
