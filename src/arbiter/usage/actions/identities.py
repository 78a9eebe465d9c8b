"""Who is who, as it is learnt: users at customers, and names of one user.

Learning is silent (the events themselves tell), may be repeated, and knows no order: of two moments the earlier stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from arbiter.foundation import bulk
from arbiter.usage.models import Alias, Membership

AT_ONCE = 2_000
LONGEST_USER, LONGEST_CUSTOMER = 255, 200
Pair = tuple[str, str]


def learn_memberships(known: Mapping[Pair, datetime]) -> None:
    """Note at which customers users were seen, and when that became known."""
    fits = {
        pair: at
        for pair, at in known.items()
        if _fits(pair[0], LONGEST_USER) and _fits(pair[1], LONGEST_CUSTOMER)
    }
    _learn(Membership, ("user_key", "customer_key"), fits)


def learn_aliases(known: Mapping[Pair, datetime]) -> None:
    """Note which two names mean the same user, and when that became known."""
    fits = {
        pair: at
        for pair, at in known.items()
        if pair[0] != pair[1] and all(_fits(name, LONGEST_USER) for name in pair)
    }
    _learn(Alias, ("user_key", "other_key"), fits)


def forget(users: Sequence[str]) -> None:
    """Forget at which customers some users were seen, and their other names."""
    for start in range(0, len(users), AT_ONCE):
        some = users[start : start + AT_ONCE]
        Membership.objects.filter(user_key__in=some).delete()
        Alias.objects.filter(user_key__in=some).delete()
        Alias.objects.filter(other_key__in=some).delete()


def _fits(name: str, longest: int) -> bool:
    # A file may hold names that no table takes: such a user is counted in the log, and belongs nowhere else.
    return bool(name) and len(name) <= longest and "\0" not in name


@transaction.atomic
def _learn(noun: type[Model], names: tuple[str, str], known: Mapping[Pair, datetime]) -> None:
    pairs = sorted(known)
    for start in range(0, len(pairs), AT_ONCE):
        some = pairs[start : start + AT_ONCE]
        _put_back(noun, names, some, known)
        bulk.insert_missing(
            noun,
            {
                names[0]: [pair[0] for pair in some],
                names[1]: [pair[1] for pair in some],
                "recorded_at": [known[pair] for pair in some],
            },
        )


def _put_back(
    noun: type[Model], names: tuple[str, str], some: Sequence[Pair], known: Mapping[Pair, datetime]
) -> None:
    """Let those that are known already have been known since the earlier moment."""
    wanted = set(some)
    there = noun._default_manager.filter(**{f"{names[0]}__in": {pair[0] for pair in some}})
    later = [
        (pk, known[one, other])
        for pk, one, other, at in there.values_list("pk", *names, "recorded_at")
        if (one, other) in wanted and known[one, other] < at
    ]
    for pk, at in later:
        noun._default_manager.filter(pk=pk).update(recorded_at=at)
