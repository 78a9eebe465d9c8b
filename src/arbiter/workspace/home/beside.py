"""What stands beside the rows: short lists, each with one thing to do."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from arbiter.forecast.queries import outlooks, standings
from arbiter.forecast.queries.headline import Headline
from arbiter.ui import wording
from arbiter.workspace.lists import short, steps
from arbiter.workspace.lists.short import Item, List
from arbiter.workspace.lists.words import LISTS

if TYPE_CHECKING:
    from arbiter.forecast.models import Outlook, Standing
    from arbiter.foundation.models import Person
    from arbiter.workspace.renewals.choice import Choice

SHOWN = 3


# name of the list: icon, what it means, the step that ends it.
_SHORT = {
    "achieved_not_known": ("megaphone", "The result is there; nobody there knows.", "tell_them"),
    "active_no_result": ("search", "They use it. Nothing they wanted has moved.", "find_out"),
    "stale_goals": ("history", "Agreed in another stage, or over a year ago.", "re_ask_goal"),
    "only_friendly": ("handshake", "Who decides has not been heard.", "ask_decision_maker"),
    "to_celebrate": ("party-popper", "They said so themselves, lately.", "celebrate"),
}


def lists(person: Person, choice: Choice, seen: Headline, *, now: datetime) -> list[List]:
    """Return the lists that hold anybody: what is late first, then what was never asked, then the rest."""
    owner = choice.owner(person)
    found = standings.short_lists(person, most=SHOWN, owner=owner)
    every = [
        _overdue(person, choice, owner, now),
        _never_asked(choice, seen),
        *(_short(each, choice, now) for each in found),
    ]
    return [each for each in every if each.count]


def _short(found: standings.ShortList, choice: Choice, now: datetime) -> List:
    icon, meaning, code = _SHORT[found.name]
    more = "&owner=me" if choice.mine else ""
    return List(
        title=LISTS[found.name],
        icon=icon,
        help=meaning,
        count=found.count,
        url=f"{reverse('workspace:customers')}?list={found.name}{more}&sort=urgency",
        items=[short.item(row, code, now=now, about=_about(row, code)) for row in found.rows],
    )


def _about(row: Standing, code: str) -> dict[str, object]:
    """Whom a step is about when it is not the very next one: a goal that stands alone, or nobody."""
    if code == "tell_them" and row.goals == 1 and row.lead_goal:
        return {"goal": row.lead_goal["id"], "statement": row.lead_goal["statement"]}
    return {}


def _overdue(person: Person, choice: Choice, owner: int | None, now: datetime) -> List:
    count = outlooks.count_overdue(person, as_of=now, owner=owner)
    rows = outlooks.overdue(person, as_of=now, owner=owner)[:SHOWN] if count else []
    return List(
        title="Past the end, no decision",
        icon="calendar-clock",
        help="Did they renew?",
        count=count,
        url=f"{reverse('workspace:renewals')}{choice.url()}#overdue",
        items=[_undecided(row, now) for row in rows],
    )


def _undecided(row: Outlook, now: datetime) -> Item:
    return Item(
        title=row.customer_name,
        detail=short.detail(row.arr, row.currency, row.ends_on, now=now, ended=True),
        url=steps.customer_url(row.customer_id),
        verb="Decide",
        verb_url=reverse("workspace:decision", args=[row.contract_id]),
    )


def _never_asked(choice: Choice, seen: Headline) -> List:
    state = seen.states["never_asked"]
    worth = f"{wording.money(state.arr, seen.currency)} of it. " if state.arr else ""
    item = Item(
        title=f"Due in the next {choice.days} days",
        detail=f"{worth}Nobody asked any of their people.",
        url="",
        verb="Ask them",
        verb_url=f"{reverse('workspace:asks-new')}?state=never_asked&days={choice.days}",
    )
    return List(
        title="Never asked",
        icon="circle-dashed",
        help="",
        count=state.customers,
        url=reverse("workspace:asks"),
        items=[item],
    )
