"""Taking somebody's words out of every table: what they said, and wherever else it or their name is repeated.

The journal is left alone: it never held a word. A table added later is looked through like the others, without being told.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from arbiter.foundation import guards, removal
from arbiter.foundation.models import Fact

MARK = "[erased]"
# Shorter ones others say, too ("Thank you!"), and would lose.
SHORTEST_SENTENCE = 12
DEEPEST = 3
AT_ONCE = 500
MOST_CONDITIONS = 500
_WORDS = ("CharField", "EmailField", "TextField", "JSONField")


@dataclass(frozen=True)
class Somebody:
    """Whoever is erased: their row and that of their customer, and all by which they are known.

    `name_is_theirs_alone` says that nobody else here has the name, so that it means them wherever it stands.
    """

    person: Model
    customer: Model
    name: str
    addresses: frozenset[str]
    sentences: frozenset[str] = frozenset()
    name_is_theirs_alone: bool = True

    @cached_property
    def phrases(self) -> tuple[str, ...]:
        """All that may be said of them where they are known: the longest first, so that no part of one is left."""
        said = {each for each in self.sentences if len(each) >= SHORTEST_SENTENCE}
        return tuple(sorted({self.name, *self.addresses, *said}, key=len, reverse=True))


def said_by(person: Model) -> set[str]:
    """Return every text in the rows that hang from a person's: their words, and ours about them."""
    found: set[str] = set()
    for other in removal.hanging(type(person)):
        names = [each.name for each in _fields(other.model)]
        rows = other.model._base_manager.filter(**{other.field: person.pk}).values_list(*names)
        for row in rows.iterator(chunk_size=AT_ONCE) if names else ():
            found.update(text for value in row for text in texts(value))
    return {each.strip() for each in found} - {""}


def texts(value: Any) -> Iterator[str]:
    """Yield every text in a value: itself, or those in a list, an object, or the JSON that it is."""
    if isinstance(value, str):
        yield value
        if value.startswith(("{", "[")):
            yield from _texts_of_json(value)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, dict):
        yield from texts([*value, *value.values()])


def sweep(who: Somebody) -> int:
    """Put a mark in place of somebody's name, addresses and sentences wherever they stand; return in how many rows.

    At their customer's all of it goes; elsewhere their addresses and sentences, and a name that is theirs alone. What
    another person said is theirs, and loses the name only.
    """
    return sum(_sweep(model, who) for model in apps.get_models() if _is_ours(model))


def _sweep(model: type[Model], who: Somebody) -> int:
    rows, phrases = _within(model, who), who.phrases
    if rows is not None:
        found = _read_through(rows, phrases)
    else:
        if not who.name_is_theirs_alone:
            phrases = tuple(each for each in phrases if each != who.name)
        found = _searched(model._base_manager.all(), phrases)
    if not found:
        return 0
    # All were found before any is written: a table that is being read does not let its guard be opened.
    theirs = _pattern(phrases)
    others = _pattern(tuple(each for each in phrases if each not in who.sentences))
    count = 0
    with guards.opened(model._meta.db_table):
        for start in range(0, len(found), AT_ONCE):
            for row in model._base_manager.filter(pk__in=found[start : start + AT_ONCE]):
                count += _rewrite(row, theirs if _may_say(row, who) else others)
    return count


def _rewrite(row: Model, pattern: re.Pattern[str]) -> bool:
    changes: dict[str, Any] = {}
    for each in _fields(type(row)):
        before = getattr(row, each.attname)
        after = _without(before, pattern)
        if after == before:
            continue
        if each.unique:
            after = f"erased-{row.pk}"
        changes[each.name] = after[: each.max_length] if isinstance(after, str) else after
    if changes:
        type(row)._base_manager.filter(pk=row.pk).update(**changes)
    return bool(changes)


def _read_through(rows: QuerySet[Any], phrases: tuple[str, ...]) -> list[Any]:
    """The rows of one customer in which a phrase stands: few, and quicker read than asked for so many phrases."""
    forms = [form.casefold() for each in phrases for form in _spellings(each)]
    found = []
    model: type[Model] = rows.model
    names = [each.attname for each in _fields(model)]
    for pk, *values in rows.values_list("pk", *names).iterator(chunk_size=AT_ONCE):
        text = "\n".join(said for value in values for said in texts(value)).casefold()
        if any(form in text for form in forms):
            found.append(pk)
    return found


def _searched(rows: QuerySet[Any], phrases: tuple[str, ...]) -> list[Any]:
    """The rows of a table of everybody's in which a phrase stands as it is, or as JSON or HTML writes it."""
    model: type[Model] = rows.model
    names = []
    for each in _fields(model):
        name = each.name
        if isinstance(each, models.JSONField):
            name = f"{each.name}_as_text"
            rows = rows.annotate(**{name: Cast(F(each.name), TextField())})
        names.append(name)
    if not rows.exists():
        return []
    spelled = sorted({form for each in phrases for form in _spellings(each)})
    # SQLite takes no condition of more than a thousand parts.
    size = max(1, MOST_CONDITIONS // len(names))
    found: set[Any] = set()
    for start in range(0, len(spelled), size):
        holds = Q()
        for form in spelled[start : start + size]:
            for name in names:
                holds |= Q(**{f"{name}__icontains": form})
        found.update(rows.filter(holds).values_list("pk", flat=True))
    return sorted(found)


def _spellings(phrase: str) -> set[str]:
    escaped = html.escape(phrase)
    written = {phrase, escaped}
    return written | {
        json.dumps(each, ensure_ascii=plain)[1:-1] for each in written for plain in (True, False)
    }


def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    spelled = dict.fromkeys(one for each in phrases for one in (each, html.escape(each)))
    whole = "|".join(re.escape(each) for each in spelled) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{whole})(?!\w)", re.IGNORECASE)


def _without(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(MARK, value)
    if isinstance(value, list):
        return [_without(each, pattern) for each in value]
    if isinstance(value, dict):
        return {_without(name, pattern): _without(each, pattern) for name, each in value.items()}
    return value


def _texts_of_json(text: str) -> Iterator[str]:
    try:
        held = json.loads(text)
    except ValueError:  # words may begin with a bracket, too
        return
    yield from texts(held)


def _within(model: type[Model], who: Somebody) -> QuerySet[Any] | None:
    """The rows that belong to somebody's customer; None where rows belong to no customer."""
    path = _path(model, type(who.customer))
    if path is None:
        return None
    return model._base_manager.filter(**{path or "pk": who.customer.pk})


def _may_say(row: Model, who: Somebody) -> bool:
    """Whether a row may hold somebody's sentences: it is no other person's."""
    for each in row._meta.concrete_fields:
        if each.related_model is type(who.person):
            return getattr(row, each.attname) in (None, who.person.pk)
    return True


@cache
def _path(model: type[Model], to: type[Model]) -> str | None:
    """The shortest way along foreign keys from one noun to another: empty for itself, None where there is none."""
    ways: list[tuple[str, Any]] = [("", model)]
    for _ in range(DEEPEST + 1):
        for way, noun in ways:
            if noun is to:
                return way
        ways = [
            (f"{way}__{each.name}".removeprefix("__"), each.related_model)
            for way, noun in ways
            for each in noun._meta.concrete_fields
            if each.is_relation and each.related_model is not noun
        ]
    return None


@cache
def _fields(model: type[Model]) -> list[models.Field[Any, Any]]:
    """The columns that may hold somebody's words: not those that hold one word of a few, or a hash."""
    return [
        each
        for each in model._meta.concrete_fields
        if each.get_internal_type() in _WORDS
        and not each.choices
        and not each.is_relation
        and not each.primary_key
        and not each.name.endswith("hash")
    ]


def _is_ours(model: type[Model]) -> bool:
    """Whether a table may hold customers' words: one of ours, and neither the journal nor our own colleagues'."""
    return (
        model.__module__.startswith("arbiter.")
        and model is not Fact
        and model._meta.label != settings.AUTH_USER_MODEL
        and bool(_fields(model))
    )
