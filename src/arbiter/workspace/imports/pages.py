"""One import: what it would do, what it is doing, what it did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from arbiter.connectors.recognition import opening
from arbiter.connectors.recognition.identities import SAME_NAME
from arbiter.connectors.workspace_files import imports, undoing
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.imports import tables
from arbiter.workspace.imports.doors import import_or_404
from arbiter.workspace.imports.progress import said
from arbiter.workspace.imports.words import (
    COUNTS,
    STATES,
    UNDER_WAY,
    counts_by_file,
    label_of,
    state_of,
    total,
)

if TYPE_CHECKING:
    from arbiter.connectors.models import Import
    from arbiter.workspace.imports.words import FileCounts

_SHOWN = 100
_OPENED = 3
_NAMED = ("customers", "contacts", "contracts", "goals")
_CHANGED = ("updated", "conflict")


@open_to_colleagues("GET", needs=Permission.IMPORT)
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    record = import_or_404(pk)
    state = state_of(record)
    is_mapped = bool(opening.drafts_of(record))
    if state == "draft" and is_mapped:
        return redirect("workspace:import-mapping", pk)
    context: dict[str, Any] = {
        "record": record,
        "state": state,
        "state_words": STATES[state],
        "now": timezone.now(),
        "crumbs": crumbs(record),
    }
    if state in UNDER_WAY:
        return render(request, "workspace/imports/under_way.html", {**context, **said(record)})
    context["mapping_url"] = reverse("workspace:import-mapping", args=[pk]) if is_mapped else ""
    context["may_discard"] = state not in ("stored", "undone")
    context.update(_report(record, state))
    if state == "stored":
        context["built_on"] = undoing.built_on(record)
    return render(request, "workspace/imports/report.html", context)


def crumbs(record: Import) -> list[dict[str, str]]:
    return [{"label": "Imports", "url": reverse("workspace:imports")}, {"label": record.source}]


def _report(record: Import, state: str) -> dict[str, Any]:
    report = imports.report(record)
    # What came by the command line, or as the sample, leaves its counts behind and no files.
    counts = counts_by_file(report.counts if report else record.counts)
    sums = {name: total(counts, name) for name in COUNTS}
    counted = {
        **sums,
        "counts": counts,
        "counts_title": "What it did" if state in ("stored", "undone") else "What it would do",
        "count_columns": tables.COUNTS,
        "is_storable": bool(sums["created"] + sums["updated"]),
        "rejected_title": _rows(sums["rejected"], "cannot be taken."),
    }
    return counted | (_found(record, report, counts, sums) if report else {"report": None})


def _found(
    record: Import, report: imports.SavedReport, counts: list[FileCounts], sums: dict[str, int]
) -> dict[str, Any]:
    changed = [change for change in report.changes if change.state in _CHANGED][:_SHOWN]
    created = [
        change for change in report.changes if change.state == "created" and change.file in _NAMED
    ][:_SHOWN]
    return {
        "report": report,
        "problems": report.problems[:_SHOWN],
        "problems_sub": _first_of(report.problem_count),
        "problem_columns": tables.PROBLEMS,
        "changes": [_change(change, number) for number, change in enumerate(changed)],
        "changes_sub": _first_of(sums["updated"] + sums["conflict"]),
        "new_rows": [(label_of(change.file), change.line, change.key) for change in created],
        "new_row_columns": tables.NEW_ROWS,
        "fault": "" if counts or not report.problems else report.problems[0].reason,
        "same_names": next((note for note in report.notes if SAME_NAME in note), ""),
        "downloads": _downloads(record),
    }


def _rows(count: int, what: str) -> str:
    return f"{count:,} {'row' if count == 1 else 'rows'} {what}"


def _first_of(count: int) -> str:
    return f"The first {_SHOWN} of {count:,}" if count > _SHOWN else ""


def _downloads(record: Import) -> list[dict[str, str]]:
    files = imports.rejected_files(record)
    return [
        {
            "url": reverse("workspace:import-rejected", args=[record.pk, number]),
            "label": "Rejected rows" if len(files) == 1 else path.name,
        }
        for number, path in enumerate(files)
    ]


def _change(change: Any, number: int) -> dict[str, Any]:
    fields = [
        {"name": name.replace("_", " "), "before": before, "after": after}
        for name, (before, after) in change.fields.items()
    ]
    return {
        "title": f"Line {change.line} · {label_of(change.file)} · {change.key} · {change.state}",
        "fields": fields,
        "is_open": number < _OPENED,
    }
