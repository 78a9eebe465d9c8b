"""What a letter shows of a goal: the customer's words, the way so far, and who judged it how."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from arbiter.outcomes.queries import attainment, results
from arbiter.outcomes.queries.choices import Helped, Judgement
from arbiter.portal import words
from arbiter.voice.queries import letters

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from arbiter.accounts.models import Contact
    from arbiter.outcomes.models import Goal, Result
    from arbiter.outcomes.queries.attainment import GoalAttainment
    from arbiter.outcomes.queries.brief import Agreed, Judged, Measured, Stated
    from arbiter.voice.queries.letters import Order

# So many goals are asked about in one letter; it must stay light and take half a minute.
MOST_ASKED = 3
MOST_DRAWN = 3

# What a choice is, and how it looks once chosen.
JUDGEMENTS = (
    (Judgement.ACHIEVED, "yes"),
    (Judgement.PARTLY, "unsure"),
    (Judgement.NOT, "no"),
    (Judgement.TOO_EARLY, "early"),
)
HELPED = (Helped.YES, Helped.PARTLY, Helped.NO)


@dataclass(frozen=True)
class Card:
    """One goal in a letter. `asks`: the letter has the choices; otherwise the goal's own page has them."""

    goal: Stated
    revision: Agreed | None
    track: dict[str, Any]
    mine: Judged | None
    others: tuple[Judged, ...]
    asks: bool
    drawn: bool
    chosen: str = ""
    """The judgement that a link of the mail has chosen."""

    @property
    def baseline(self) -> str:
        """Where it started, to be corrected in a field."""
        return _plain(self.track["baseline"])

    @property
    def target(self) -> str:
        """Where it should get to, to be corrected in a field."""
        return _plain(self.track["target"])

    @property
    def badges(self) -> list[dict[str, Any]]:
        """Who judged it how, in words: oneself first."""
        given = ([self.mine] if self.mine else []) + list(self.others)
        return [
            {"verdict": verdict.verdict, "text": _judged(verdict, verdict is self.mine)}
            for verdict in given
        ]


def judgements() -> list[tuple[Judgement, str, str]]:
    """What can be judged: the choice, how it reads, and how it looks once chosen."""
    return [(value, words.plain(f"verdict_{value}"), look) for value, look in JUDGEMENTS]


def helped() -> list[tuple[Helped, str]]:
    """Whether our product helped: the choice, and how it reads."""
    return [(value, words.plain(f"helped_{value}")) for value in HELPED]


def of(contact: Contact, *, as_of: datetime, order: Order) -> list[Card]:
    """The goals of a contact's customer: those they are asked about, their own, those to be judged, the rest."""
    found = attainment.of_customers([contact.customer_id], as_of=as_of)[contact.customer_id]
    confirmed = _confirmed(found.goals, as_of)
    ordered = sorted(found.goals, key=lambda each: _place(each, contact, order))
    asked = 0
    cards = []
    for place, each in enumerate(ordered):
        asks = asked < MOST_ASKED and (_is_open(each, contact) or _is_asked(each, contact, order))
        asked += asks
        cards.append(_card(each, contact, confirmed, as_of, asks=asks, drawn=place < MOST_DRAWN))
    return cards


def one(goal: Goal, contact: Contact, *, as_of: datetime) -> Card | None:
    """One goal of the contact's customer, with its choices; None when it no longer stands."""
    each = attainment.of_goal(goal, as_of=as_of)
    if each is None:
        return None
    return _card(each, contact, _confirmed([each], as_of), as_of, asks=True, drawn=True)


def _card(
    each: GoalAttainment,
    contact: Contact,
    confirmed: dict[int, Result],
    as_of: datetime,
    *,
    asks: bool,
    drawn: bool,
) -> Card:
    mine = _mine(each, contact)
    others = tuple(
        verdict
        for verdict in each.verdicts
        if verdict.contact_id != contact.pk and verdict.contact.left_on is None
    )
    track = _track(each.revision, each.result, confirmed.get(each.goal.pk), as_of)
    return Card(each.goal, each.revision, track, mine, others, asks=asks, drawn=drawn)


def _track(
    revision: Agreed | None, result: Measured | None, confirmed: Result | None, as_of: datetime
) -> dict[str, Any]:
    due_on = revision.due_on if revision else None
    return {
        "baseline": revision.baseline if revision else None,
        "target": revision.target if revision else None,
        "direction": (revision.direction if revision else "") or "up",
        "unit": revision.unit if revision else "",
        "name": revision.measure if revision else "",
        "value": result.value if result else None,
        "confirmed": confirmed.value if confirmed else None,
        "end": words.plain("by", date=words.short_day(due_on, as_of)) if due_on else "",
        "words": words.track(),
    }


def _confirmed(found: Iterable[GoalAttainment], as_of: datetime) -> dict[int, Result]:
    """The last value that stood when the goal was confirmed: solid reaches as far as somebody said so."""
    said_at = {each.goal.pk: each.verdict.at for each in found if each.confirmed and each.verdict}
    series = results.series(list(said_at), as_of=as_of)
    before = {
        pk: [result for result in series.get(pk, []) if result.at <= at]
        for pk, at in said_at.items()
    }
    return {pk: measured[-1] for pk, measured in before.items() if measured}


def _mine(each: GoalAttainment, contact: Contact) -> Judged | None:
    return next((verdict for verdict in each.verdicts if verdict.contact_id == contact.pk), None)


def _is_open(each: GoalAttainment, contact: Contact) -> bool:
    """Whether the letter asks this contact: nobody has judged it lately, or it is theirs and they have not."""
    if _mine(each, contact) is not None and each.fresh:
        return False
    return not each.fresh or each.goal.stated_by_id in (None, contact.pk)


def _is_asked(each: GoalAttainment, contact: Contact, order: Order) -> bool:
    """Whether this very goal was asked about, and they have not judged it since."""
    if each.goal.key not in order.goal_keys:
        return False
    mine = _mine(each, contact)
    return mine is None or order.at is None or mine.at < order.at


def _place(each: GoalAttainment, contact: Contact, order: Order) -> tuple[int, bool, bool]:
    keys = order.goal_keys
    place = keys.index(each.goal.key) if each.goal.key in keys else len(keys)
    return (place, not _is_open(each, contact), each.goal.stated_by_id != contact.pk)


def _judged(verdict: Judged, mine: bool) -> str:
    date = words.badge_day(verdict.at)
    if mine:
        return words.plain(f"you_{verdict.verdict}", date=date)
    name = letters.first_name(verdict.contact.name)
    return words.plain(f"they_{verdict.verdict}", name=name, date=date)


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"
