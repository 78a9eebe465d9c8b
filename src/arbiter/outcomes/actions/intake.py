"""How workspace files become outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from arbiter.foundation.intake import Batch, Intake, moment
from arbiter.foundation.journal import Line
from arbiter.outcomes.actions import usage_intake
from arbiter.outcomes.actions.revisions import STILL_RIGHT
from arbiter.outcomes.models import Category, Goal, Knows
from arbiter.outcomes.queries.outlet import (
    AWARENESS,
    GOALS,
    INVESTMENTS,
    MILESTONES,
    RESULTS,
    REVISIONS,
    STAGES,
    VERDICTS,
)

RECORDED = {"recorded_at": "at"}
GOAL = "outcomes.goal"


def add_categories(labels: Mapping[str, str]) -> list[str]:
    """Add the company's own categories that are not there yet; return which were new.

    A silent verb: the import that brings them is told as one fact.
    """
    there = set(Category.objects.values_list("slug", flat=True))
    new = [Category(slug=slug, label=label) for slug, label in labels.items() if slug not in there]
    Category.objects.bulk_create(new)
    return [category.slug for category in new]


def remove_categories(slugs: Sequence[str]) -> None:
    """Remove categories that no goal has. Silent, as adding them."""
    used = Goal.objects.filter(category__in=slugs).values("category")
    Category.objects.filter(slug__in=slugs).exclude(slug__in=used).delete()


def _goals(batch: Batch) -> Iterator[Line]:
    stated_by, words = batch.ref("stated_by"), batch.column("whose_words")
    categories, retired = batch.column("category"), batch.column("retired_at")
    for place in range(len(batch)):
        if not batch.before:
            at, recorded_at = batch.moments(place)
            yield batch.line(
                place, "outcomes.goal_stated", GOAL, at=at, recorded_at=recorded_at,
                told={"contact": stated_by[place], "whose_words": words[place], "category": categories[place]},
            )  # fmt: skip
        if batch.is_news(place, "retired_at"):
            yield batch.line(place, "outcomes.goal_retired", GOAL, at=moment(retired[place]))


def _revisions(batch: Batch) -> Iterator[Line]:
    agreed_by, reasons = batch.ref("agreed_by"), batch.column("reason")
    for place in _new(batch):
        told: dict[str, Any] = {"contact": agreed_by[place]}
        name = "goal_reconfirmed"
        if reasons[place] != STILL_RIGHT:
            name = "goal_revised"
            told |= _said(batch, place, "baseline", "target", "due_on")
        yield _of_goal(batch, place, name, told)


def _results(batch: Batch) -> Iterator[Line]:
    measures, provenance = batch.column("measure"), batch.column("provenance")
    for place in _new(batch):
        told = {
            **_said(batch, place, "value"),
            "of": "other" if measures[place] else "own",
            "provenance": provenance[place],
        }
        yield _of_goal(batch, place, "result_reported", told)


def _verdicts(batch: Batch) -> Iterator[Line]:
    contacts, on_behalf = batch.ref("contact_id"), batch.ref("on_behalf_by")
    flagged = batch.column("flagged")
    for place in _new(batch):
        told = {
            "contact": contacts[place],
            **_said(batch, place, "verdict", "helped"),
            "on_behalf": on_behalf[place] is not None,
            "flagged": flagged[place] == "true",
        }
        author = None if on_behalf[place] else contacts[place]
        yield _of_goal(batch, place, "verdict_given", told, author=author)


def _awareness(batch: Batch) -> Iterator[Line]:
    contacts, states = batch.ref("contact_id"), batch.column("state")
    for place in _new(batch):
        if states[place] == Knows.TOLD:
            yield _of_goal(batch, place, "awareness_told", {"contacts": [contacts[place]]})
        elif states[place] == Knows.SEEN:
            told = {"contact": contacts[place]}
            yield _of_goal(batch, place, "awareness_seen", told, author=contacts[place])


def _milestones(batch: Batch) -> Iterator[Line]:
    goals, sides = batch.ref("goal_id"), batch.column("side")
    for place in range(len(batch)):
        if batch.is_news(place, "done_at"):
            at = moment(batch.column("done_at")[place])
            told = {"goal": goals[place], "side": sides[place]}
            yield batch.line(
                place, "outcomes.milestone_reached", "outcomes.milestone", at=at, told=told
            )


def _investments(batch: Batch) -> Iterator[Line]:
    goals, stated_by = batch.ref("goal_id"), batch.ref("stated_by")
    for place in _new(batch):
        at, recorded_at = batch.moments(place)
        told = {"goal": goals[place], **_said(batch, place, "amount", "currency")}
        yield batch.line(
            place, "outcomes.investment_stated", "outcomes.investment",
            at=at, recorded_at=recorded_at, told={"contact": stated_by[place], **told},
        )  # fmt: skip


def _new(batch: Batch) -> range:
    """Places of rows that are facts of their own: a correction by a file is told by the import's line."""
    return range(0) if batch.before else range(len(batch))


def _said(batch: Batch, place: int, *columns: str) -> dict[str, str | None]:
    return {name: batch.column(name)[place] or None for name in columns}


def _of_goal(
    batch: Batch, place: int, name: str, told: Mapping[str, Any], *, author: int | None = None
) -> Line:
    at, recorded_at = batch.moments(place)
    goal = batch.ref("goal_id")[place]
    return batch.line(
        place, f"outcomes.{name}", GOAL,
        at=at, recorded_at=recorded_at, subject=goal, author=author, told=told,
    )  # fmt: skip


INTAKES = (
    Intake(STAGES),
    Intake(GOALS, frozen=frozenset({"customer_id"}), fill=RECORDED, facts=_goals),
    Intake(REVISIONS, frozen=frozenset(REVISIONS.columns), fill=RECORDED, facts=_revisions),
    Intake(RESULTS, frozen=frozenset({"goal_id"}), fill=RECORDED, facts=_results),
    Intake(
        VERDICTS,
        frozen=frozenset(VERDICTS.columns) - {"flagged", "flag_reason"},
        fill=RECORDED,
        facts=_verdicts,
    ),
    Intake(AWARENESS, frozen=frozenset(AWARENESS.columns), fill=RECORDED, facts=_awareness),
    Intake(MILESTONES, frozen=frozenset({"customer_id"}), facts=_milestones),
    Intake(INVESTMENTS, frozen=frozenset({"customer_id"}), fill=RECORDED, facts=_investments),
    *usage_intake.INTAKES,
)
