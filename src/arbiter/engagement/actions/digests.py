"""Who hears each day what changed: ordered, stopped, and told once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.db import transaction

from arbiter.engagement.models import DigestOrder
from arbiter.foundation import journal, sealing
from arbiter.foundation.permissions import must
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission

if TYPE_CHECKING:
    from arbiter.foundation.models import Person

CHANNELS = ("slack", "teams")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class NoSuchHour(Refusal):
    """A day has the hours 0 to 23."""


class NoSuchChannel(Refusal):
    """The digest goes to Slack or to Teams."""


class NotAnAddress(Refusal):
    """A channel is reached by an https address of its own."""


class AlreadyStopped(Refusal):
    """The order was stopped before."""


@transaction.atomic
def order_mail(*, by: Person, hour: int, at: datetime) -> DigestOrder:
    """Have the digest of one's own customers mailed every day at an hour; ordered anew, the hour changes.

    Raises:
        NoSuchHour: the hour is not one of a day.
    """
    _demand_hour(hour)
    order = DigestOrder.objects.filter(kind="mail", person=by, stopped_at=None).first()
    if order is None:
        order = DigestOrder.objects.create(kind="mail", person=by, hour=hour, made_at=at)
    else:
        order.hour = hour
        order.save(update_fields=["hour"])
    _tell("digest_ordered", order, by, at)
    return order


@transaction.atomic
def order_channel(
    *, kind: str, name: str, address: str, hour: int, by: Person, at: datetime
) -> DigestOrder:
    """Have the digest of every customer posted to a channel. The address is a secret, and sealed.

    Raises:
        NotAllowed: the role may not change settings.
        NoSuchChannel, NotAnAddress, NoSuchHour: what was given is not understood.
    """
    must(by, Permission.MANAGE_SETTINGS)
    if kind not in CHANNELS:
        raise NoSuchChannel("Choose Slack or Teams.", field="kind")
    _demand_hour(hour)
    order = DigestOrder.objects.create(
        kind=kind,
        name=name.strip(),
        sealed_address=sealing.seal(_checked(address)),
        hour=hour,
        made_at=at,
    )
    _tell("digest_ordered", order, by, at)
    return order


@transaction.atomic
def stop(*, order: DigestOrder, by: Person, at: datetime) -> DigestOrder:
    """Tell no more: one's own mail, or a channel for whoever may change settings.

    Raises:
        NotAllowed: it is somebody else's.
        AlreadyStopped: it was stopped before.
    """
    if order.person_id != by.pk:
        must(by, Permission.MANAGE_SETTINGS)
    if not DigestOrder.objects.filter(pk=order.pk, stopped_at=None).update(stopped_at=at):
        raise AlreadyStopped("This digest was stopped before.")
    order.stopped_at = at
    _tell("digest_stopped", order, by, at)
    return order


def claim(*, order: DigestOrder, until: datetime) -> bool:
    """Take it on to tell an order up to a moment; False when somebody else has. A silent verb: nothing is told yet."""
    same = DigestOrder.objects.filter(pk=order.pk, stopped_at=None, told_until=order.told_until)
    return bool(same.update(told_until=until, trouble=""))


def give_back(*, order: DigestOrder, until: datetime, trouble: str, again: bool) -> None:
    """Keep what went wrong; where another try may help, the same time is told again. A silent verb."""
    told_until = order.told_until if again else until
    same = DigestOrder.objects.filter(pk=order.pk, told_until=until)
    same.update(told_until=told_until, trouble=trouble[:300])


def _demand_hour(hour: int) -> None:
    if not 0 <= hour <= 23:
        raise NoSuchHour("Choose an hour from 0 to 23.", field="hour")


def _checked(address: str) -> str:
    """Only what is encrypted on its way, for the address is the key; this machine itself is no way."""
    address = address.strip()
    parts = urlsplit(address)
    ours = parts.scheme == "http" and parts.hostname in LOOPBACK
    if not parts.hostname or not (parts.scheme == "https" or ours):
        raise NotAnAddress("Paste the whole address, beginning with https://.", field="address")
    return address


def _tell(what: str, order: DigestOrder, by: Person, at: datetime) -> None:
    journal.record(
        f"engagement.{what}", subject=order, by=by, at=at, kind=order.kind, hour=order.hour
    )
