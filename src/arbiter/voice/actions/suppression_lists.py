"""Whole lists of addresses that are not to be written to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from arbiter.foundation import journal
from arbiter.voice.models import Suppression
from arbiter.voice.permissions import demand_suppressing
from arbiter.voice.queries.suppressions import hash_of, hashes_of

if TYPE_CHECKING:
    from arbiter.accounts.permissions import Actor
    from arbiter.voice.rules.listed import Listed

AT_ONCE = 400


@transaction.atomic
def take_in(*, listed: Sequence[Listed], by: Actor, at: datetime) -> int:
    """Write to the addresses of a list no more, and return how many of its lines were news.

    What holds already stays as it is, and a line that was taken in before changes nothing, also where its address is
    written to again by now.

    Args:
        listed: the lines, read.
        by: who brings the list.
        at: when.

    Raises:
        MayNotSuppress: the person may not decide whom we write to.
    """
    demand_suppressing(by)
    count = 0
    for start in range(0, len(listed), AT_ONCE):
        count += _take_in(listed[start : start + AT_ONCE], at)
    if count:
        journal.record("voice.suppressions_imported", subject=by, by=by, at=at, count=count)
    return count


def _take_in(listed: Sequence[Listed], at: datetime) -> int:
    hashes = [hashes_of(each.address) if each.address else [each.address_hash] for each in listed]
    on_file: dict[str, list[Suppression]] = defaultdict(list)
    wanted = {one for some in hashes for one in some}
    for kept in Suppression.objects.filter(address_hash__in=wanted):
        on_file[kept.address_hash].append(kept)
    new = []
    for line, some in zip(listed, hashes, strict=True):
        if any(_says_it(kept, line) for one in some for kept in on_file[one]):
            continue
        made = _made(line, at)
        on_file[made.address_hash].append(made)
        new.append(made)
    Suppression.objects.bulk_create(new)
    return len(new)


def _says_it(kept: Suppression, line: Listed) -> bool:
    """Say whether what is on file says what a line says: the very same, or as much and still."""
    same = (kept.scope, kept.cause, kept.at) == (line.scope, line.cause, line.at)
    holds = kept.lifted_at is None and line.lifted_at is None and kept.scope in (line.scope, "all")
    return same or holds


def _made(line: Listed, at: datetime) -> Suppression:
    return Suppression(
        address_hash=hash_of(line.address) if line.address else line.address_hash,
        address=line.address,
        scope=line.scope,
        cause=line.cause,
        detail=line.detail,
        at=line.at,
        recorded_at=at,
        lifted_at=line.lifted_at,
    )
