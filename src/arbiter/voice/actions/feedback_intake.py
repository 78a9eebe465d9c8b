"""How workspace files become feedback sorted by theme, and addresses that are not written to."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from arbiter.foundation import bulk
from arbiter.foundation.intake import Batch, Intake
from arbiter.foundation.journal import Line
from arbiter.foundation.outlet import instant_text
from arbiter.voice.models import CLOSED, Feedback, Sorting, Suppression, Theme
from arbiter.voice.queries.feedback_outlet import FEEDBACK, SUPPRESSIONS, THEMES
from arbiter.voice.queries.suppressions import hash_of

RECORDED = {"recorded_at": "at"}
_CLOSED_AT = Feedback._meta.get_field("closed_at")


def names_of(cell: str) -> list[str]:
    """Return the names of themes in a cell, parted by `;`.

    >>> names_of('price;"slow; and late"')
    ['price', 'slow; and late']
    """
    found = next(csv.reader([cell], delimiter=";"), []) if cell else []
    return sorted({name.strip() for name in found if name.strip()})


def _beside(batch: Batch) -> None:
    """Sort what says another theme, and date the end of what is done."""
    if not batch.before or batch.column("theme") != batch.before["theme"]:
        _sort(batch)
    ends = [_closed_at(batch, place) for place in range(len(batch))]
    bulk.update(Feedback, {"closed_at": bulk.stored(_CLOSED_AT, ends)}, batch.ids)


def _closed_at(batch: Batch, place: int) -> str:
    """Since when a piece is done: as its file says; of one that comes done, when it was replied to or told; of one that was
    not done before, since now, for nobody knows it better."""
    if batch.column("status")[place] not in CLOSED:
        return ""
    if said := batch.column("closed_at")[place]:
        return said
    if batch.before and batch.before["status"][place] not in CLOSED:
        return instant_text(batch.at)
    return batch.column("replied_at")[place] or batch.column("at")[place]


def _open_again(row: dict[str, str]) -> None:
    """What is not done any more has no end."""
    if row["status"] not in CLOSED:
        row["closed_at"] = ""


def _sort(batch: Batch) -> None:
    """Sort feedback into the themes it names, as a person's word; what is named no more, is taken out."""
    named = [names_of(cell) for cell in batch.column("theme")]
    themes = _themes({name for names in named for name in names}, batch)
    if batch.before:
        confirmed = Sorting.objects.filter(feedback__in=batch.ids, is_confirmed=True)
        confirmed.delete()
    pairs = [
        (feedback, themes[name])
        for feedback, names in zip(batch.ids, named, strict=True)
        for name in names
    ]
    suggested = Sorting.objects.filter(feedback__in=batch.ids, is_confirmed=False)
    suggested.filter(theme__in=themes.values()).delete()
    Sorting.objects.bulk_create(
        (
            Sorting(
                feedback_id=feedback, theme_id=theme, decided_at=batch.at, is_confirmed=True,
                import_id=batch.import_id,
            )
            for feedback, theme in pairs
        ),
        batch_size=1_000,
    )  # fmt: skip


def _themes(names: set[str], batch: Batch) -> dict[str, int]:
    """The themes of these names by name; those nobody has named yet are named now."""
    there = Theme.objects.filter(name__in=names).order_by("-pk")
    found = dict(there.values_list("name", "pk"))
    for name in sorted(names - found.keys()):
        key = f"theme:{name}"[:200]
        theme, _ = Theme.objects.get_or_create(
            key=key, defaults={"name": name, "made_at": batch.at, "import_id": batch.import_id}
        )
        found[name] = theme.pk
    return found


def _make_way(keys: Sequence[str], import_id: int) -> None:
    """Let go of what the answers of this import have become by themselves."""
    Feedback.objects.filter(key__in=keys, import_id=import_id, answer__import_id=import_id).delete()


def _feedback(batch: Batch) -> Iterator[Line]:
    if batch.before:
        return
    contacts, sources = batch.ref("contact_id"), batch.column("source")
    answers = batch.ref("answer_id")
    for place in range(len(batch)):
        if answers[place]:
            continue  # the answer's own fact tells it
        at, recorded_at = batch.moments(place)
        yield batch.line(
            place, "voice.feedback_received", "voice.feedback", at=at, recorded_at=recorded_at,
            told={"contact": contacts[place], "source": sources[place] or "other"},
        )  # fmt: skip


def _hash(batch: Batch) -> None:
    """Keep what an address is found by: worked out where it stands there, as it is where it was erased."""
    kept = [
        hash_of(address) if address else told
        for address, told in zip(batch.column("address"), batch.column("address_hash"), strict=True)
    ]
    bulk.update(Suppression, {"address_hash": kept}, batch.ids)


def _suppressions(batch: Batch) -> Iterator[Line]:
    if batch.before:
        return
    contacts, scopes, causes = _told(batch)
    for place in range(len(batch)):
        at, recorded_at = batch.moments(place)
        yield batch.line(
            place, "voice.address_suppressed", "voice.suppression", at=at, recorded_at=recorded_at,
            told={"contact": contacts[place], "scope": scopes[place], "cause": causes[place]},
        )  # fmt: skip


def _told(batch: Batch) -> tuple[Sequence[int | None], Sequence[str], Sequence[str]]:
    return batch.ref("contact_id"), batch.column("scope"), batch.column("cause")


INTAKES = (
    Intake(THEMES),
    Intake(
        FEEDBACK,
        frozen=frozenset(
            {
                *("customer_id", "contact_id", "at", "recorded_at", "text", "source"),
                *("answer_id", "ask_id"),
            }
        ),
        fill=RECORDED,
        beside=_beside,
        beside_of=frozenset({"status"}),
        merged=_open_again,
        facts=_feedback,
        makes_way=_make_way,
    ),
    Intake(
        SUPPRESSIONS,
        frozen=frozenset({"address", "address_hash", "scope", "cause", "at"}),
        fill=RECORDED,
        beside=_hash,
        facts=_suppressions,
    ),
)
