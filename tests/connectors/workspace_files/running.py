"""Imports and exports in a line, for tests."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps

from arbiter.connectors.workspace_files import exporting, importing, sources
from arbiter.connectors.workspace_files.report import Report
from arbiter.foundation.models import Person
from tests.connectors.workspace_files.company import NOON, contents, write_file


def store(path: Path, **terms) -> Report:
    """Import as the system, at noon."""
    return importing.store(sources.open_source(path), by=Person.objects.system(), at=NOON, **terms)


def again(folder: Path, file: str, rows: list[dict[str, str]], **terms) -> Report:
    """Import one file alone."""
    return store(write_file(folder / f"{file}.csv", rows), **terms)


def check(path: Path, **terms) -> Report:
    """Only say what an import would do."""
    return importing.check(sources.open_source(path), **terms)


def exported(folder: Path) -> dict[str, bytes]:
    """Everything there is, as the bytes of an export."""
    exporting.export(folder)
    return contents(folder)


def rows_of_every_table() -> dict[str, int]:
    """How many rows each table has, people and the journal among them."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def outcome(report: Report) -> dict[str, tuple[int, int, int, int]]:
    """Created, updated, unchanged and rejected by file; files without rows left out."""
    found = {
        name: (counts.created, counts.updated, counts.unchanged, counts.rejected)
        for name, counts in report.counts.items()
    }
    return {name: counts for name, counts in found.items() if any(counts)}
