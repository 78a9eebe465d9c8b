"""Pure statistics: arrays in, numbers out. No framework, no I/O, no clock."""
