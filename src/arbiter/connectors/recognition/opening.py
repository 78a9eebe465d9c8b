"""Opens an import of recognised files as a source of workspace rows."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from arbiter.connectors.recognition import known
from arbiter.connectors.recognition.drafts import Draft
from arbiter.connectors.recognition.identities import JOIN, SAME_NAME_ANSWER
from arbiter.connectors.recognition.translation import Batch, translate
from arbiter.connectors.workspace_files import imports, sources

if TYPE_CHECKING:
    from arbiter.connectors.models import Import

OPENER = "recognition"


def register() -> None:
    """Tell the importer how to open what recognition has prepared."""
    imports.register_opener(OPENER, open_recognised)


def drafts_of(record: Import) -> list[Draft]:
    return [Draft.from_json(data) for data in record.options.get("drafts", [])]


def keep(record: Import, drafts: list[Draft], *, today: date) -> None:
    """Remember how the files of an import are to be read, and the day on which that was decided."""
    imports.remember(
        record,
        opener=OPENER,
        drafts=[draft.to_json() for draft in drafts],
        today=today.isoformat(),
    )


def join_names(record: Import) -> None:
    """Take customers of one name for one, though the file gives them an id of its own."""
    drafts = [
        draft.corrected(draft.mapping, {**draft.answers, SAME_NAME_ANSWER: JOIN})
        for draft in drafts_of(record)
    ]
    keep(record, drafts, today=day_of(record))


def day_of(record: Import) -> date:
    """The day on which the files were received, so that dry run and import read them alike."""
    return date.fromisoformat(record.options["today"])


def open_recognised(record: Import, at: datetime) -> sources.Source:
    """Translate the files of an import, together.

    Raises:
        Refusal: a file cannot be read, or a question stands open.
    """
    folder = imports.folder(record) / "files"
    directory = known.everybody()
    tables = {draft.name: draft.table(folder) for draft in drafts_of(record)}
    translations = tuple(
        translate(
            tables[draft.name],
            draft.mapping,
            draft.answers,
            today=day_of(record),
            directory=directory,
        )
        for draft in drafts_of(record)
    )
    batch = Batch(translations, directory)
    return sources.Recognised(
        name=record.source, items=lambda: iter(batch), tables=tables, notes=lambda: batch.notes
    )
