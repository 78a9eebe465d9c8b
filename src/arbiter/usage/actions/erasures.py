"""Erasing events on request: a person's or a customer's, from the log, from what waits for it and from the disk.

There is no undoing it. The journal keeps that it was done, when and by whom, and how many events there were; of a
person nothing that names them.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from arbiter.accounts.queries import customers
from arbiter.foundation import journal
from arbiter.foundation.models import Person
from arbiter.foundation.permissions import must
from arbiter.foundation.roles import Permission
from arbiter.usage.actions import erasing, flushes, identities, wanted
from arbiter.usage.log import lock
from arbiter.usage.log.table import open_log
from arbiter.usage.models import Membership

PATIENCE = 60.0


def erase_user(*, user: str, by: Person, at: datetime) -> int:
    """Erase all that a user did, under every name of theirs, and where they belong; return how many events.

    Raises:
        NotAllowed: their role may not.
        Busy: the log is being written to; nothing was erased.
    """
    must(by, Permission.MANAGE_SETTINGS)
    with lock.writing(wait=PATIENCE):
        flushes.drain_locked(at=at)
        log, names = open_log(), erasing.names_of(user)
        count = erasing.erase_user(log, names, until=at)
        log.vacuum(hours=0)
        _forget_user(names, count, by=by, at=at)
    return count


def erase_customer(*, key: str, by: Person, at: datetime) -> int:
    """Erase all that was done at a customer, and who was seen there; return how many events.

    Raises:
        NotAllowed: their role may not.
        Busy: the log is being written to; nothing was erased.
    """
    must(by, Permission.MANAGE_SETTINGS)
    with lock.writing(wait=PATIENCE):
        flushes.drain_locked(at=at)
        log = open_log()
        count = erasing.erase_customer(log, key, erasing.only_at(key), until=at)
        log.vacuum(hours=0)
        _forget_customer(key, count, by=by, at=at)
    return count


@transaction.atomic
def _forget_user(names: list[str], count: int, *, by: Person, at: datetime) -> None:
    identities.forget(names)
    journal.record("usage.user_erased", subject=by, by=by, at=at, events=count)
    wanted.mark(at=at)


@transaction.atomic
def _forget_customer(key: str, count: int, *, by: Person, at: datetime) -> None:
    Membership.objects.filter(customer_key=key).delete()
    on_file = customers.by_keys([key]).first()
    journal.record(
        "usage.customer_erased",
        subject=on_file or by,
        by=by,
        at=at,
        customer=on_file.pk if on_file else None,
        events=count,
    )
    wanted.mark(at=at)
