"""Pure decisions of usage: no table, no clock."""
