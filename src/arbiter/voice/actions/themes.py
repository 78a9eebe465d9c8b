"""What several customers say the same about: named by a person, who also decides what belongs to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from arbiter.accounts import permissions as accounts
from arbiter.foundation import journal
from arbiter.foundation.journal import Line
from arbiter.foundation.permissions import must
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice.models import Feedback, Sorting, Theme
from arbiter.voice.queries import themes as reads

if TYPE_CHECKING:
    from arbiter.foundation.models import Person


class ThemeUnnamed(Refusal):
    """A theme needs a name."""


class ThemeAlreadyThere(Refusal):
    """Two themes of one name could not be told apart."""


class ThemePutAway(Refusal):
    """Nothing more is sorted into a theme that was put away."""


class NothingChanged(Refusal):
    """What we did about a theme is told in words."""


@transaction.atomic
def make(*, name: str, by: Person, at: datetime) -> Theme:
    """Name a theme.

    Raises:
        NotAllowed: the role may not.
        ThemeUnnamed, ThemeAlreadyThere: the name is empty, or another theme's.
    """
    must(by, Permission.EDIT_CUSTOMERS)
    theme = Theme.objects.create(name=_named(name), made_at=at)
    _tell("theme_made", theme, by, at)
    return theme


@transaction.atomic
def rename(*, theme: Theme, name: str, by: Person, at: datetime) -> Theme:
    """Call a theme otherwise.

    Raises:
        NotAllowed: the role may not.
        ThemeUnnamed, ThemeAlreadyThere: the name is empty, or another theme's.
    """
    must(by, Permission.EDIT_CUSTOMERS)
    theme.name = _named(name, but=theme)
    theme.save(update_fields=["name"])
    _tell("theme_renamed", theme, by, at)
    return theme


@transaction.atomic
def archive(*, theme: Theme, by: Person, at: datetime) -> Theme:
    """Put a theme away; what is in it stays in it.

    Raises:
        NotAllowed: the role may not.
    """
    must(by, Permission.EDIT_CUSTOMERS)
    theme.archived_at = at
    theme.save(update_fields=["archived_at"])
    _tell("theme_archived", theme, by, at)
    return theme


@transaction.atomic
def restore(*, theme: Theme, by: Person, at: datetime) -> Theme:
    """Take a theme out again.

    Raises:
        NotAllowed: the role may not.
    """
    must(by, Permission.EDIT_CUSTOMERS)
    theme.archived_at = None
    theme.save(update_fields=["archived_at"])
    _tell("theme_restored", theme, by, at)
    return theme


@transaction.atomic
def tell_change(*, theme: Theme, change: str, by: Person, at: datetime) -> Theme:
    """Say what we did about a theme: that is what its givers are told.

    Raises:
        NotAllowed: the role may not.
        NothingChanged: there are no words.
    """
    must(by, Permission.EDIT_CUSTOMERS)
    if not change.strip():
        raise NothingChanged("Say what was done, as the customer would see it.", field="change")
    theme.change, theme.changed_at = change.strip(), at
    theme.save(update_fields=["change", "changed_at"])
    _tell("theme_changed", theme, by, at)
    return theme


@transaction.atomic
def sort(
    *, theme: Theme, feedback: Collection[Feedback], by: Person, at: datetime
) -> list[Sorting]:
    """Put pieces of feedback into a theme: a person says so, whether or not it was suggested.

    Raises:
        NotAllowed: one of the customers is out of reach, or the role may not.
        ThemePutAway: the theme was put away.
    """
    if theme.archived_at is not None:
        raise ThemePutAway(f"{theme.name} was put away. Take it out again first.")
    return _decide(theme, feedback, by, at, is_confirmed=True)


@transaction.atomic
def unsort(
    *, theme: Theme, feedback: Collection[Feedback], by: Person, at: datetime
) -> list[Sorting]:
    """Say that pieces of feedback are not about a theme; they are not suggested for it again.

    Raises:
        NotAllowed: one of the customers is out of reach, or the role may not.
    """
    return _decide(theme, feedback, by, at, is_confirmed=False)


@transaction.atomic
def suggest(*, by: Person, at: datetime) -> int:
    """Suggest a theme for the newest feedback that has none, by what is in the themes already; return how many.

    A suggestion counts nowhere until a person confirms it.

    Raises:
        NotAllowed: the role may not.
    """
    must(by, Permission.EDIT_CUSTOMERS)
    found = reads.suggestions()
    Sorting.objects.bulk_create(
        (
            Sorting(feedback_id=feedback, theme_id=theme, suggested_at=at)
            for feedback, theme in found
        ),
        ignore_conflicts=True,
    )
    if found:
        names = {theme.pk: theme for theme in Theme.objects.filter(pk__in={pk for _, pk in found})}
        for pk, theme in names.items():
            count = sum(1 for _, suggested in found if suggested == pk)
            _tell("theme_suggested", theme, by, at, feedback=count)
    return len(found)


def _decide(
    theme: Theme, feedback: Collection[Feedback], by: Person, at: datetime, *, is_confirmed: bool
) -> list[Sorting]:
    for each in feedback:
        accounts.demand(by, Permission.EDIT_CUSTOMERS, each.customer)
    decided = {"decided_at": at, "decided_by": by, "is_confirmed": is_confirmed}
    rows = [
        Sorting.objects.update_or_create(theme=theme, feedback=each, defaults=decided)[0]
        for each in feedback
    ]
    name = "voice.feedback_sorted" if is_confirmed else "voice.feedback_unsorted"
    journal.record_many(_lines(name, theme, feedback, by, at))
    return rows


def _lines(
    name: str, theme: Theme, feedback: Iterable[Feedback], by: Person, at: datetime
) -> Iterable[Line]:
    return (
        Line(
            name=name,
            at=at,
            by_kind=by.actor_kind,
            by_id=by.pk,
            subject_kind="voice.feedback",
            subject_id=each.pk,
            customer=each.customer_id,
            details={"theme": theme.pk, "contact": each.contact_id},
        )
        for each in feedback
    )


def _named(name: str, *, but: Theme | None = None) -> str:
    name = name.strip()
    if not name:
        raise ThemeUnnamed("Give the theme a name.", field="name")
    others = Theme.objects.filter(name__iexact=name)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise ThemeAlreadyThere(f"There is a theme “{name}” already.", field="name")
    return name


def _tell(what: str, theme: Theme, by: Person, at: datetime, **details: Any) -> None:
    journal.record(f"voice.{what}", subject=theme, by=by, at=at, **details)
