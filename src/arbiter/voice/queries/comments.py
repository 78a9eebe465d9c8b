"""What customers said in their own words, beside what they answered and in replies to what was asked; found by a word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet, prefetch_related_objects

from arbiter.voice.models import Answer, AskKind, Feedback, FeedbackSource
from arbiter.voice.queries.places import Found, Place, newest_first
from arbiter.voice.queries.responses import Window

if TYPE_CHECKING:
    from datetime import datetime

    from arbiter.foundation.models import Person

SIZE = 50
COLUMNS = (
    *(
        "at",
        "kind",
        "value",
        "scale",
        "comment",
        "would_make_it_yes",
        "may_quote",
        "on_behalf_by",
        "details",
        "version",
        "ask",
    ),
    *("contact__name", "contact__role", "contact__customer__name"),
)
"""What a row tells: a page of answers would else bring every column of its customers along."""
MOST_WORDS = 100
"""Letters that are searched for at most."""
# Answers on the 0-10 scale by band; values are kept as text.
BANDS = {
    "promoter": ("9", "10"),
    "passive": ("7", "8"),
    "detractor": tuple(map(str, range(7))),
}


@dataclass(frozen=True)
class Filters:
    """Which answers: with words, in a reply to the mail as well, unless `silent_too`; a band is of the 0-10 question."""

    words: str = ""
    kind: str = ""
    value: str = ""
    band: str = ""
    role: str = ""
    silent_too: bool = False


def visible(
    person: Person, window: Window, filters: Filters, *, up_to: datetime | None = None
) -> QuerySet[Answer]:
    """Every answer that counts and fits, with who gave it; those given after a moment may be left out."""
    found = Answer.objects.filter(window.known(up_to), window.within(person), flagged=False)
    told = {"kind": filters.kind, "value": filters.value, "contact__role": filters.role}
    found = found.filter(**{name: value for name, value in told.items() if value})
    if filters.band in BANDS:
        found = found.filter(kind=AskKind.NPS, value__in=BANDS[filters.band])
    if not filters.silent_too:
        found = found.filter(~Q(comment="") | ~Q(would_make_it_yes="") | _written_back())
    if filters.words:
        words = filters.words[:MOST_WORDS]
        said = Q(comment__icontains=words) | Q(would_make_it_yes__icontains=words)
        found = found.filter(said | _written_back(text__icontains=words))
    return found.select_related("contact__customer").only(*COLUMNS)


def page(found: QuerySet[Answer], *, after: Place | None = None, size: int = SIZE) -> Found[Answer]:
    """Return a page of answers, the newest first: one query, and one for who recorded and what survey where any did."""
    page_ = newest_first(found, after=after, size=size)
    # Few answers name a survey of ours or were recorded by us: those are looked up where there are any.
    told = {"on_behalf_by": "on_behalf_by_id", "version__survey": "version_id"}
    for path, column in told.items():
        if naming := [answer for answer in page_.rows if getattr(answer, column)]:
            prefetch_related_objects(naming, path)
    return page_


def replies_to(answers: Iterable[Answer]) -> dict[int, list[Feedback]]:
    """What was written back to the mails that asked for these answers, by answer: one query at most.

    Whoever changed their mind answered one mail several times: the reply stands beside the newest answer given.
    """
    newest = {each.ask_id: each.pk for each in sorted(answers, key=lambda each: (each.at, each.pk))}
    newest.pop(None, None)
    found: dict[int, list[Feedback]] = defaultdict(list)
    if newest:
        rows = _replies().filter(ask__in=newest).order_by("at", "pk")
        for row in rows:
            found[newest[row.ask_id]].append(row)
    return found


def _written_back(**more: str) -> Q:
    return Q(ask__in=_replies().filter(**more).values("ask"))


def _replies() -> QuerySet[Feedback]:
    """Replies to mails that asked something, by whoever was asked."""
    # Beyond 0, not “some ask”: that alone SQLite searches its index by, and few pieces of many name one.
    told = Feedback.objects.filter(source=FeedbackSource.REPLY, ask__gt=0).exclude(text="")
    return told.filter(contact=F("ask__contact"))
