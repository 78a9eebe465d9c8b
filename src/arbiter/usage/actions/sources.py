"""What is done to sources: made, changed, revoked, given a new key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from arbiter.foundation import journal, sealing
from arbiter.foundation.models import Person
from arbiter.foundation.refusals import Refusal
from arbiter.usage import permissions
from arbiter.usage.models import Kind, Source
from arbiter.usage.rules import keys, traits

CHANGEABLE = frozenset(
    {"name", "group_type", "users_are_customers", "origins", "traits", "keep_days"}
)


class SourceUnnamed(Refusal):
    """A source without a name cannot be told from another."""


class UnknownKind(Refusal):
    """A key is held by a server, a browser or a webhook."""


class GroupTypeMissing(Refusal):
    """Without it nobody knows which group of PostHog is the customer."""


class NoOrigin(Refusal):
    """An origin is a scheme and a host, and a port where there is one."""


class TraitNotAllowed(Refusal):
    """A trait that no source of this kind may write."""


class TooManySignals(Refusal):
    """More numbers than anyone reads."""


class KeepsNothing(Refusal):
    """Events are kept for a day or more."""


class AlreadyRevoked(Refusal):
    """The source's key is worth nothing already."""


@transaction.atomic
def make(
    *,
    name: str,
    kind: str,
    by: Person,
    at: datetime,
    group_type: str = "company",
    origins: Sequence[str] = (),
    traits: Sequence[str] = (),
    keep_days: int | None = None,
    users_are_customers: bool = False,
) -> tuple[Source, str]:
    """Make a source and return it with its key.

    Args:
        name: what sends: "Web app".
        kind: who holds the key: "server", "browser" or "webhook".
        by: who sets it up.
        at: when.
        group_type: which of PostHog's groups is the customer.
        origins: the pages that a browser may send from, as https://app.example.com; none for any.
        traits: what its events may write, as codes of `rules.traits`; nothing unless ticked.
        keep_days: how long its events are kept; None for good.
        users_are_customers: people buy for themselves, so that each user is a customer of the same key.

    Raises:
        NotAllowed: their role may not change settings.
        SourceUnnamed, UnknownKind, GroupTypeMissing, NoOrigin, TraitNotAllowed, TooManySignals, KeepsNothing: what was
            given cannot be.
    """
    permissions.demand_managing(by)
    if kind not in Kind.values:
        raise UnknownKind("Say what holds the key: a server, a browser or a webhook.", field="kind")
    key = keys.new()
    source = Source(
        kind=kind,
        key_hash=keys.hash_of(key),
        sealed_key=sealing.seal(key),
        made_at=at,
        made_by=by,
        **_checked(
            kind,
            name=name,
            group_type=group_type,
            origins=origins,
            traits=traits,
            keep_days=keep_days,
            users_are_customers=users_are_customers,
        ),
    )
    source.save(force_insert=True)
    journal.record("usage.source_made", subject=source, by=by, at=at, kind=kind)
    return source, key


@transaction.atomic
def change(*, source: Source, by: Person, at: datetime, **changes: Any) -> Source:
    """Change name, group type, who the customers are, origins, traits or days of keeping. Without a difference nothing happens.

    Raises:
        NotAllowed: their role may not change settings.
        SourceUnnamed, GroupTypeMissing, NoOrigin, TraitNotAllowed, TooManySignals, KeepsNothing: what was given
            cannot be.
    """
    permissions.demand_managing(by)
    if unknown := changes.keys() - CHANGEABLE:
        raise TypeError(f"A source is not changed here in {sorted(unknown)}")
    checked = _checked(source.kind, **changes)
    changed = sorted(name for name, value in checked.items() if getattr(source, name) != value)
    if changed:
        _write(source, **{name: checked[name] for name in changed})
        journal.record("usage.source_changed", subject=source, by=by, at=at, fields=changed)
    return source


@transaction.atomic
def revoke(*, source: Source, by: Person, at: datetime) -> Source:
    """Take nothing more from a source. What it sent stays; `renew_key` lets it send again, with another key.

    Raises:
        NotAllowed: their role may not change settings.
        AlreadyRevoked: it may not send already.
    """
    permissions.demand_managing(by)
    if source.revoked_at is not None:
        raise AlreadyRevoked(f"The key of {source.name} is revoked already.")
    _write(source, revoked_at=at)
    journal.record("usage.source_revoked", subject=source, by=by, at=at)
    return source


@transaction.atomic
def renew_key(*, source: Source, by: Person, at: datetime) -> tuple[Source, str]:
    """Give a source another key, at once the only one, and return both. A revoked source may send again with it.

    Raises:
        NotAllowed: their role may not change settings.
    """
    permissions.demand_managing(by)
    key = keys.new()
    _write(source, key_hash=keys.hash_of(key), sealed_key=sealing.seal(key), revoked_at=None)
    journal.record("usage.source_key_renewed", subject=source, by=by, at=at)
    return source, key


def _write(source: Source, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(source, name, value)
    source.save(update_fields=list(fields))


def _checked(kind: str, **fields: Any) -> dict[str, Any]:
    return {name: _CHECKS[name](value, kind) for name, value in fields.items()}


def _named(name: str, kind: str) -> str:
    if not name.strip():
        raise SourceUnnamed("Give it a name: what sends?", field="name")
    return name.strip()


def _grouped(group_type: str, kind: str) -> str:
    if not group_type.strip():
        raise GroupTypeMissing("Say which group type is the customer: company?", field="group_type")
    return group_type.strip()


def _either(said: bool, kind: str) -> bool:
    return bool(said)


def _from(origins: Sequence[str], kind: str) -> list[str]:
    return sorted({_origin(each) for each in origins if each.strip()})


def _origin(said: str) -> str:
    """Return an origin as browsers tell it: lower case, no slash, no port that goes without saying."""
    parts = urlsplit(said.strip().rstrip("/").lower())
    refusal = NoOrigin(
        f"{said.strip()} is no origin: give https://app.example.com.", field="origins"
    )
    try:
        port = parts.port
    except ValueError as wrong:
        raise refusal from wrong
    plain = not (parts.path or parts.query or parts.fragment or parts.username)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not plain:
        raise refusal
    usual = {"http": 80, "https": 443}[parts.scheme]
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{port}" if port not in {None, usual} else "")


def _ticked(codes: Sequence[str], kind: str) -> list[str]:
    public = kind == Kind.BROWSER
    for code in codes:
        if not traits.may_be_ticked(code, public=public):
            raise TraitNotAllowed(
                f"{Kind(kind).label.capitalize()} may not write: {traits.label(code)}.",
                field="traits",
            )
    if len(traits.signals(set(codes))) > traits.MOST_SIGNALS:
        raise TooManySignals(f"Name at most {traits.MOST_SIGNALS} signals.", field="signals")
    return sorted(set(codes))


def _kept(days: int | None, kind: str) -> int | None:
    if days is not None and days < 1:
        raise KeepsNothing("Keep events for a day at least, or leave it empty.", field="keep_days")
    return days


_CHECKS: dict[str, Any] = {
    "name": _named,
    "group_type": _grouped,
    "origins": _from,
    "traits": _ticked,
    "keep_days": _kept,
    "users_are_customers": _either,
}
