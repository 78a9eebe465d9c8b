"""All that is on file about one person, as they may ask for it (Articles 15 and 20 of the GDPR): JSON and CSV in a zip.

Every table that refers to a contact is in it, without being named here: with the columns of its workspace file where there
is one, else with its own. What opens something (hashes of links and codes) is left out.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from django.conf import settings
from django.db import models, transaction

from arbiter.connectors.workspace_files.spec import FILES
from arbiter.foundation import journal, outlet, removal
from arbiter.foundation.mail.dispatch import masked
from arbiter.foundation.permissions import must
from arbiter.foundation.queries import facts
from arbiter.foundation.queries import mail as mails
from arbiter.foundation.roles import Permission
from arbiter.outcomes.queries import results
from arbiter.usage.queries import names

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.foundation.models import Person

Row = dict[str, str]
SHAPES = {file.intake.shape.model: file.intake.shape for file in FILES.values()}
# What is of no use to anybody but us, or would open something.
LEFT_OUT = frozenset({"id", "import_id", "submission", "tokens"})
# What hangs from these is theirs, too, although they are kept without them.
THEIRS = frozenset({"voice.feedback"})
README = """Everything that is on file about you here. person.json holds all of it; each .csv file holds one part, for a spreadsheet.
facts: what was done, by whom, when. usage_events: what you did in the product. mails: what we sent you.
"""


@dataclass(frozen=True)
class Section:
    """A part of what is on file: its name and its rows. `numbers` are theirs in the table."""

    name: str
    rows: list[Row]
    kind: str = ""
    numbers: frozenset[int] = frozenset()


@transaction.atomic
def export(people: Sequence[Contact], to: BinaryIO, *, by: Person, at: datetime) -> dict[str, int]:
    """Write all about a person, who may be a contact of several customers, as a zip; return how many rows each part has.

    The journal keeps that it was taken out.

    Raises:
        NotAllowed: the role may not take data out.
    """
    must(by, Permission.EXPORT)
    found: dict[str, list[Row]] = {}
    for contact in people:
        for section in sections(contact):
            found.setdefault(section.name, []).extend(section.rows)
        journal.record(
            "connectors.contact_exported", subject=contact, by=by, at=at, customer=contact.customer_id
        )  # fmt: skip
    _write(found, to, at)
    return {name: len(rows) for name, rows in found.items()}


def sections(contact: Contact) -> list[Section]:
    """Return every part of what is on file about a contact, the empty ones too."""
    kept = [
        _section(type(contact), {contact.pk}),
        *(_section(model, ids) for model, ids in _tables(contact).items()),
    ]
    numbers = {each.kind: each.numbers for each in kept if each.numbers}
    return [
        *kept,
        Section("mails", _mails(contact)),
        Section("usage_events", [_told(event) for event in names.events_of(contact.key)]),
        Section("facts", _facts(contact, numbers)),
    ]


def _tables(contact: Contact) -> dict[type[models.Model], set[int]]:
    """The rows that are about a contact, by table: those that refer to them, and what hangs from their own."""
    found: dict[type[models.Model], set[int]] = {}
    for other in removal.hanging(type(contact)):
        model, ids = _rows_of(other, [contact.pk])
        found.setdefault(model, set()).update(ids)
        if other.goes_too or model._meta.label_lower in THEIRS:
            for further in removal.hanging(model):
                if further.goes_too:
                    beneath, deeper = _rows_of(further, list(ids))
                    found.setdefault(beneath, set()).update(deeper)
    # Who reported a result is kept as text, which no relation tells.
    reported = results.reported_by(contact)
    found.setdefault(reported.model, set()).update(reported.values_list("pk", flat=True))
    return found


def _rows_of(
    other: removal.Hanging, of: Collection[int]
) -> tuple[type[models.Model], Sequence[int]]:
    """The numbers of the rows that refer to some; of a mere pairing the rows that they are paired with."""
    rows = other.model._base_manager.filter(**{f"{other.field}__in": of})
    if not other.model._meta.auto_created:
        return other.model, list(rows.values_list("pk", flat=True))
    beside = next(
        each for each in other.model._meta.fields if each.is_relation and each.name != other.field
    )
    paired = beside.related_model
    assert isinstance(paired, type)
    return paired, list(rows.values_list(beside.attname, flat=True))


def _section(model: type[models.Model], ids: Collection[int]) -> Section:
    shape = SHAPES.get(model)
    numbers = sorted(ids)
    if shape is not None:
        rows = [
            {name: text for name, text in (each.texts | each.custom).items() if _may_leave(name)}
            for each in outlet.rows(shape, numbers)
        ]
    else:
        rows = list(_plain(model, numbers))
    return Section(name_of(model), rows, model._meta.label_lower, frozenset(numbers))


def name_of(model: type[models.Model]) -> str:
    """What the part of a table is called: as its workspace file, or as itself."""
    shape = SHAPES.get(model)
    return shape.file if shape else f"{model._meta.app_label}_{model._meta.model_name}"


def _plain(model: type[models.Model], ids: Sequence[int]) -> Iterator[Row]:
    paths = {
        each.name: _path(each) for each in model._meta.concrete_fields if _may_leave(each.name)
    }
    rows = model._base_manager.filter(pk__in=ids).order_by("pk").values(*set(paths.values()))
    for row in rows:
        yield {name: _text(row[path]) for name, path in paths.items()}


def _may_leave(name: str) -> bool:
    return name not in LEFT_OUT and not name.endswith("hash")


def _path(each: models.Field[Any, Any]) -> str:
    """Where a column is read: somebody of ours by their address, another row by its key."""
    related = each.related_model
    if not isinstance(related, type):
        return each.name
    if related._meta.label == settings.AUTH_USER_MODEL:
        return f"{each.name}__email"
    has_key = any(field.name == "key" for field in related._meta.concrete_fields)
    return f"{each.name}__key" if has_key else each.attname


def _mails(contact: Contact) -> list[Row]:
    """What was mailed to them, without what opens their links."""
    found = mails.to_address(contact.email) if contact.email else []
    return [
        {
            "at": _text(mail.at),
            "to": mail.to,
            "subject": mail.subject,
            "text": "" if mail.secret else masked(mail, mail.text),
            "status": mail.status,
            "reason": mail.reason,
            "finished_at": _text(mail.finished_at),
        }
        for mail in found
    ]


def _facts(contact: Contact, numbers: Mapping[str, Collection[int]]) -> list[Row]:
    lines = facts.about(
        contact.actor_kind,
        type(contact)._meta.label_lower,
        contact.pk,
        customer=contact.customer_id,
        rows=numbers,
    )
    return [
        {
            "at": _text(line.at),
            "recorded_at": _text(line.recorded_at),
            "name": line.name,
            "by": line.by_kind,
            "about": line.subject_kind,
            "details": line.data,
        }
        for line in lines
    ]


def _told(event: Mapping[str, Any]) -> Row:
    return {name: _text(value) for name, value in event.items()}


def _text(value: Any) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return outlet.text_of(value)


def _write(found: Mapping[str, list[Row]], to: BinaryIO, at: datetime) -> None:
    told = {"exported_at": outlet.instant_text(at), **found}
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", README)
        archive.writestr("person.json", json.dumps(told, ensure_ascii=False, indent=1))
        for name, rows in found.items():
            if rows:
                archive.writestr(f"{name}.csv", _csv(rows))


def _csv(rows: Sequence[Row]) -> str:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
