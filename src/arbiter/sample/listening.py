"""What Ledgerly makes of what it hears: themes found from the words alone, and promises made upon them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from arbiter.accounts.queries import contracts
from arbiter.engagement.actions import promises
from arbiter.foundation.models import Person
from arbiter.sample import words
from arbiter.voice.actions import themes
from arbiter.voice.queries import themes as known

if TYPE_CHECKING:
    from arbiter.voice.models import Feedback, Theme
    from arbiter.voice.queries.themes import Proposal

# Proposals that somebody has looked at; the others wait for whoever looks around.
CONFIRMED = 3
MOST_OF_IT, FEWEST = 0.6, 3
PROMISED = timedelta(days=60)


class Course(NamedTuple):
    """How a promise went: in how many days from today it is due, and how many days ago it ended, if it did."""

    due: int
    kept: int | None = None
    broken: int | None = None


KEPT, OPEN, OVERDUE, BROKEN = Course(-20, kept=25), Course(21), Course(-9), Course(-30, broken=28)
COURSES = (KEPT, OPEN, OVERDUE, KEPT, OPEN, BROKEN, OVERDUE, OPEN)


def describe(*, by: Person, at: datetime) -> None:
    """Name themes as somebody would who reads what is proposed, say what became of some, and note promises."""
    for name, pieces in _read(by):
        themes.sort(theme=_theme(name, by, at), feedback=pieces, by=by, at=at)
    told = {each["theme"]: each for each in words.read("feedback")["promise"]}
    for theme in known.standing().filter(name__in=told):
        if change := told[theme.name].get("change"):
            themes.tell_change(theme=theme, change=change, by=by, at=at)
    _promise(by, at)


def forget(*, by: Person, at: datetime) -> None:
    """Put away the themes of the sample company, where nothing is left in them."""
    for theme in known.standing().filter(name__in=[each["name"] for each in _told()]):
        if not known.within(theme, by).exists():
            themes.archive(theme=theme, by=by, at=at)


def _read(by: Person) -> Iterator[tuple[str, list[Feedback]]]:
    """What a few proposals are about, and the pieces in them that are about it."""
    found = known.proposals(known.unsorted(by)[: known.LOOKED_AT])
    apt = [(name, pieces) for name, pieces in map(_about, found) if name]
    yield from apt[:CONFIRMED]


def _about(proposal: Proposal) -> tuple[str, list[Feedback]]:
    """What most of a proposal is about; nothing where it is a mixture."""
    about = {piece.pk: _theme_of(piece.text) for piece in proposal.feedback}
    telling = [name for name in about.values() if name]
    (name, count), *_ = [*Counter(telling).most_common(1), ("", 0)]
    if count < max(FEWEST, MOST_OF_IT * len(telling)):
        return "", []
    return name, [piece for piece in proposal.feedback if about[piece.pk] == name]


def _theme_of(text: str) -> str:
    about = (each["name"] for each in _told() if text in (*each["en"], *each["de"]))
    return next(about, "")


def _told() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = words.read("feedback")["theme"]
    return found


def _theme(name: str, by: Person, at: datetime) -> Theme:
    there = known.all_of_them().filter(name=name).first()
    if there is None:
        return themes.make(name=name, by=by, at=at)
    return themes.restore(theme=there, by=by, at=at) if there.archived_at else there


def _promise(by: Person, at: datetime) -> None:
    """Promise something upon what customers said who are still with us: kept, open, overdue and broken."""
    told = _upon(by, at)
    for number, course in enumerate(COURSES):
        piece, text = next(told, (None, ""))
        if piece is None:
            return
        _make(piece, text, course, by, at - timedelta(days=number))


def _upon(by: Person, at: datetime) -> Iterator[tuple[Feedback, str]]:
    """Pieces of feedback that somebody promised something upon, one at a customer, theme after theme."""
    seen: set[int] = set()
    staying = contracts.open_at(at).values("customer")
    for _ in COURSES:
        for each in words.read("feedback")["promise"]:
            theme = known.standing().filter(name=each["theme"]).first()
            if theme is None:
                continue
            early = known.within(theme, by).filter(at__lte=at - PROMISED - timedelta(days=10))
            rows = early.filter(customer__in=staying).exclude(customer__in=seen)
            piece = rows.select_related("customer__owner", "contact").order_by("-at", "pk").first()
            if piece is not None:
                seen.add(piece.customer_id)
                yield piece, each["text"]


def _make(piece: Feedback, text: str, course: Course, by: Person, at: datetime) -> None:
    owner = piece.customer.owner
    who = owner if owner is not None and owner.is_active else by
    made = promises.make(
        customer=piece.customer,
        contact=piece.contact,
        text=text,
        by=who,
        at=at - PROMISED,
        due_on=(at + timedelta(days=course.due)).date(),
        feedback_key=piece.key,
    )
    if course.kept is not None:
        promises.keep(promise=made, by=who, at=at - timedelta(days=course.kept))
    if course.broken is not None:
        promises.break_(promise=made, by=who, at=at - timedelta(days=course.broken))
