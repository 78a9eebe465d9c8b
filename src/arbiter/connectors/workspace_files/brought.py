"""Which rows an import made: they say so themselves, or it is written down beside the import."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model, QuerySet

from arbiter.connectors.models import Brought, Import
from arbiter.connectors.workspace_files.spec import FILES, File


def note(file: File, ids: Sequence[int], import_id: int) -> None:
    """Write down the new rows of a file, where they do not say by which import they came."""
    if not (_says(file.intake.shape.model) or file.intake.outlives):
        made = (Brought(import_record_id=import_id, file=file.name, row=pk) for pk in ids)
        Brought.objects.bulk_create(made, batch_size=1_000)


def rows(file: File, record: Import) -> QuerySet[Any]:
    """Return the rows of a file that an import made."""
    found = file.intake.shape.rows
    if _says(file.intake.shape.model):
        return found.filter(import_id=record.pk)
    return found.filter(pk__in=record.brought.filter(file=file.name).values("row"))


def forget(record: Import) -> None:
    """Forget which rows it made: they are gone, and their numbers may come again."""
    record.brought.all().delete()


def others(found: QuerySet[Any], record: Import) -> QuerySet[Any]:
    """Return those among some rows that did not come by an import."""
    if _says(found.model):
        return found.exclude(import_id=record.pk)
    file = next((each for each in FILES.values() if each.intake.shape.model is found.model), None)
    return found.exclude(pk__in=rows(file, record).values("pk")) if file else found


def _says(model: type[Model]) -> bool:
    return any(each.name == "import_id" for each in model._meta.fields)
