"""Names of one user, however they were linked: each name gets the one user it means."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

Link = tuple[str, str, datetime]
"""A user's key, another name of the same user, and when that was learnt."""


def resolved(links: Iterable[Link]) -> list[Link]:
    """Return each linked name with the one user it means.

    Links hold either way round and through others: where *ana* is *x1* and *x1* is *x2*, all three are *ana*.
    Of several users the one counts that is nobody's other name, and of several of those the smallest. The order
    of the links changes nothing. A user's own key is among the names. Each name was learnt when the last link of its
    user was.

    Args:
        links: user key, other name, and when the link was learnt.

    Examples:
        >>> from datetime import UTC, datetime
        >>> at = datetime(2026, 6, 1, tzinfo=UTC)
        >>> [(user, name) for user, name, _ in resolved([("ana", "x1", at), ("x1", "x2", at)])]
        [('ana', 'ana'), ('ana', 'x1'), ('ana', 'x2')]
    """
    told = list(links)
    chiefs: dict[str, str] = {}
    for user, other, _ in told:
        one, another = (_chief(chiefs, chiefs.setdefault(name, name)) for name in (user, other))
        chiefs[another] = one
    meant: dict[str, str] = {}
    others = {other for _, other, _ in told}
    for user in sorted({user for user, _, _ in told}, key=lambda name: (name in others, name)):
        meant.setdefault(_chief(chiefs, user), user)
    learnt: dict[str, datetime] = {}
    for user, _, at in told:
        chief = _chief(chiefs, user)
        learnt[chief] = max(at, learnt.get(chief, at))
    names = [(_chief(chiefs, name), name) for name in list(chiefs)]
    return sorted((meant[chief], name, learnt[chief]) for chief, name in names)


def _chief(chiefs: dict[str, str], name: str) -> str:
    """The name that stands for all that are linked with this one; the way there is made shorter."""
    while chiefs[name] != name:
        chiefs[name] = chiefs[chiefs[name]]
        name = chiefs[name]
    return name
