"""What a customer's row is computed from, day by day, so that another night needs no look at the log."""

from django.db import models


class Pulse(models.Model):
    """What a customer's people did on each of the last days up to `until`, as long as nothing new is learnt of it.

    As the days go by, windows move over it: what they then hold follows from it alone. `counts` are whole numbers
    (see `usage.rules.pulse`), `people` is when each person was first seen, under a hash. Customers
    without any event have no row. May be made anew.
    """

    customer = models.OneToOneField(
        "accounts.Customer", models.CASCADE, primary_key=True, related_name="+"
    )
    until = models.DateField()
    began_on = models.DateField()
    last_on = models.DateField(db_index=True)
    total = models.PositiveIntegerField()
    counts = models.BinaryField()
    people = models.BinaryField()
