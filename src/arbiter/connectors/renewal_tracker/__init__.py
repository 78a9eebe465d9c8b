"""The sheet in which a team tracks its renewals: a name, an amount, a renewal date, in any words."""
