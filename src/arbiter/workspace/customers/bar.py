"""The filters of the list as menus of links: each choice with how many customers it would show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from arbiter.accounts.queries import customers
from arbiter.forecast.queries.facets import Facets
from arbiter.forecast.queries.standings import SEALED
from arbiter.workspace.lists.query import WINDOWS, Query
from arbiter.workspace.lists.words import ANSWERS, LISTS, SORTS
from arbiter.workspace.lists.words import SEALED as SEALED_WORDS

if TYPE_CHECKING:
    from arbiter.foundation.models import Person

Option = tuple[str, str, int | None]


def menus(
    query: Query, counted: Facets, listed: dict[str, int], here: str, *, me: Person
) -> list[dict[str, Any]]:
    """Return a menu for each filter that tells customers apart."""
    every = [
        ("answer", "Answer", "message-circle-question-mark", _answers(counted)),
        ("owner", "Owner", "user", _owners(counted, me)),
        ("days", "Renews", "calendar-clock", _windows()),
        ("segment", "Segment", "layers", _values(counted.segments.items(), "No segment")),
        ("stage", "Stage", "route", _values(counted.stages.items(), "No stage")),
        ("list", "List", "list-checks", _lists(listed)),
        ("currency", "Currency", "coins", _values(counted.currencies.items(), "")),
    ]
    return [
        _menu(key, label, icon, list(options), query, here)
        for key, label, icon, options in every
        if key not in ("segment", "stage", "currency") or len(options) > 1 or query.all(key)
    ]


def orders(query: Query, here: str) -> list[dict[str, Any]]:
    """Return the orders of the list as links."""
    return [
        {
            "label": label,
            "url": query.without("sort").toggled("sort", name).url(here),
            "current": name == query.sort,
        }
        for name, label in SORTS.items()
    ]


def _menu(
    key: str, label: str, icon: str, options: list[Option], query: Query, here: str
) -> dict[str, Any]:
    chosen = [words for value, words, _ in options if query.has(key, value)]
    if key == "days" and query.has("overdue", "1"):
        chosen.append("overdue")
    links = [
        {
            "label": words,
            "url": query.toggled(key, value).url(here),
            "count": count,
            "current": query.has(key, value),
        }
        for value, words, count in options
    ]
    if key == "days":
        links.append(
            {
                "label": "Past the end, undecided",
                "url": query.without("days").toggled("overdue", "1").url(here),
                "current": query.has("overdue", "1"),
            }
        )
    if chosen:
        links.append({"label": "Any", "url": _any(query, key).url(here)})
    value = chosen[0] if len(chosen) == 1 else f"{len(chosen)} chosen" if chosen else ""
    return {"label": label, "icon": icon, "options": links, "value": value}


def _any(query: Query, key: str) -> Query:
    return query.without(key, "overdue") if key == "days" else query.without(key)


def _answers(counted: Facets) -> list[Option]:
    words = {**ANSWERS, SEALED: SEALED_WORDS}
    return [
        (name, words[name], counted.intents[name].customers)
        for name in words
        if name != SEALED or counted.intents[SEALED].customers
    ]


def _owners(counted: Facets, me: Person) -> list[Option]:
    named = {person.pk: person.name for person in customers.colleagues_who_may_own()}
    mine = counted.owners.get(me.pk)
    others = [
        (str(pk), named.get(pk, "Somebody who left"), facet.customers)
        for pk, facet in counted.owners.items()
        if pk is not None and pk != me.pk
    ]
    nobody = counted.owners.get(None)
    return [
        *([("me", "You", mine.customers)] if mine else []),
        *sorted(others, key=lambda option: option[1].casefold()),
        *([("none", "Nobody", nobody.customers)] if nobody else []),
    ]


def _windows() -> list[Option]:
    return [(str(days), f"within {days} days", None) for days in WINDOWS]


def _values(values: Iterable[tuple[str, Any]], nothing: str) -> list[Option]:
    found = [(value, value or nothing, facet.customers) for value, facet in values]
    return sorted((each for each in found if each[0]), key=lambda option: -(option[2] or 0))


def _lists(listed: dict[str, int]) -> list[Option]:
    return [(name, words, listed[name]) for name, words in LISTS.items() if listed[name]]
