"""Taking a person's or a customer's events out of the log. Who holds the lock calls these.

The condition names nobody: the log keeps a record of its own changes, and a hash stands there instead of a key.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import md5

from django.db.models import Count

from arbiter.usage.log.table import Log, instant
from arbiter.usage.models import Membership
from arbiter.usage.queries.names import names_of

__all__ = ["erase_customer", "erase_user", "names_of", "only_at"]

MOST_AT_ONCE = 500


def only_at(customer: str) -> list[str]:
    """Return the users who were seen at a customer and at no other: what they did there without saying so is its own."""
    seen = Membership.objects.filter(customer_key=customer).values("user_key")
    counted = Membership.objects.filter(user_key__in=seen).values("user_key")
    alone = counted.annotate(customers=Count("customer_key")).filter(customers=1)
    return sorted(alone.values_list("user_key", flat=True))


def erase_user(log: Log, names: Iterable[str], *, until: datetime) -> int:
    """Erase the events of a user that came until a moment; return how many."""
    own = _among("user_id", names)
    unnamed = f"(user_id IS NULL AND {_among('anonymous_id', names)})"
    return log.erase(f"({own} OR {unnamed}) AND {_came(until)}")


def erase_customer(log: Log, customer: str, members: list[str], *, until: datetime) -> int:
    """Erase the events of a customer that came until a moment, and of members those without any; return how many."""
    count = log.erase(f"{_among('customer_id', [customer])} AND {_came(until)}")
    for start in range(0, len(members), MOST_AT_ONCE):
        some = members[start : start + MOST_AT_ONCE]
        theirs = (
            f"({_among('user_id', some)} OR (user_id IS NULL AND {_among('anonymous_id', some)}))"
        )
        count += log.erase(
            f"settled = false AND customer_id IS NULL AND {theirs} AND {_came(until)}"
        )
    return count


def _among(column: str, keys: Iterable[str]) -> str:
    hashed = ", ".join(f"'{md5(key.encode(), usedforsecurity=False).hexdigest()}'" for key in keys)
    return f"md5({column}) IN ({hashed})"


def _came(until: datetime) -> str:
    return f"received_at <= {instant(until)}"
