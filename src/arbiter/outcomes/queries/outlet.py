"""How outcomes leave as workspace files."""

from collections.abc import Iterator, Sequence

from arbiter.foundation.outlet import Shape, instant_text
from arbiter.outcomes.models import (
    Awareness,
    Category,
    Goal,
    Investment,
    Milestone,
    Result,
    Revision,
    Stage,
    Verdict,
)

GOALS = Shape(
    file="goals",
    model=Goal,
    columns={
        "goal_id": "key",
        "customer_id": "customer__key",
        "statement": "statement",
        "whose_words": "whose_words",
        "category": "category",
        "stated_by": "stated_by__key",
        "at": "at",
        "recorded_at": "recorded_at",
        "priority": "priority",
        "contract_id": "contract__key",
        "stage": "stage",
        "retired_at": "retired_at",
        "retired_reason": "retired_reason",
        "pain": "pain",
        "constraints": "constraints",
    },
    identity=("goal_id",),
    customer="customer_id",
    optional=frozenset({"pain", "constraints"}),
)

REVISIONS = Shape(
    file="revisions",
    model=Revision,
    columns={
        "revision_id": "key",
        "goal_id": "goal__key",
        "at": "at",
        "recorded_at": "recorded_at",
        "measure": "measure",
        "unit": "unit",
        "direction": "direction",
        "baseline": "baseline",
        "target": "target",
        "due_on": "due_on",
        "reason": "reason",
        "agreed_by": "agreed_by__key",
        "guard_measure": "guard_measure",
        "guard_limit": "guard_limit",
        "money_per_unit": "money_per_unit",
        "currency": "currency",
        "baseline_on": "baseline_on",
        "source": "source",
        "measured_by": "measured_by",
        "cadence": "cadence",
        "stage": "stage",
    },
    identity=("revision_id",),
    customer="goal__customer_id",
    optional=frozenset({"baseline_on", "source", "measured_by", "cadence", "stage"}),
)

RESULTS = Shape(
    file="results",
    model=Result,
    columns={
        "goal_id": "goal__key",
        "at": "at",
        "recorded_at": "recorded_at",
        "value": "value",
        "measure": "measure",
        "provenance": "provenance",
        "reported_by": "reported_by",
        "evidence": "evidence",
    },
    identity=("goal_id", "measure", "at", "recorded_at"),
    customer="goal__customer_id",
)

VERDICTS = Shape(
    file="verdicts",
    model=Verdict,
    columns={
        "verdict_id": "key",
        "goal_id": "goal__key",
        "contact_id": "contact__key",
        "at": "at",
        "recorded_at": "recorded_at",
        "verdict": "verdict",
        "helped": "helped",
        "comment": "comment",
        "on_behalf_by": "on_behalf_by__email",
        "evidence": "evidence",
        "flagged": "flagged",
        "flag_reason": "flag_reason",
    },
    identity=("verdict_id",),
    customer="goal__customer_id",
    optional=frozenset({"flagged", "flag_reason"}),
)

AWARENESS = Shape(
    file="awareness",
    model=Awareness,
    columns={
        "goal_id": "goal__key",
        "contact_id": "contact__key",
        "at": "at",
        "recorded_at": "recorded_at",
        "state": "state",
    },
    identity=("goal_id", "contact_id", "at", "state"),
    customer="goal__customer_id",
)

MILESTONES = Shape(
    file="milestones",
    model=Milestone,
    columns={
        "milestone_id": "key",
        "customer_id": "customer__key",
        "goal_id": "goal__key",
        "title": "title",
        "side": "side",
        "due_on": "due_on",
        "done_at": "done_at",
        "position": "position",
        "behaviour_set_id": "evidence__key",
        "measured_at": "measured_at",
        "reopened_at": "reopened_at",
    },
    identity=("milestone_id",),
    customer="customer_id",
    optional=frozenset({"behaviour_set_id", "measured_at", "reopened_at"}),
)

INVESTMENTS = Shape(
    file="investments",
    model=Investment,
    columns={
        "investment_id": "key",
        "customer_id": "customer__key",
        "goal_id": "goal__key",
        "at": "at",
        "recorded_at": "recorded_at",
        "amount": "amount",
        "currency": "currency",
        "assumptions": "assumptions",
        "stated_by": "stated_by__key",
    },
    identity=("investment_id",),
    customer="customer_id",
)

STAGES = Shape(
    file="stages",
    model=Stage,
    columns={
        "stage_id": "key",
        "name": "name",
        "segment": "segment",
        "product": "product",
        "position": "position",
        "starts_after_days": "starts_after_days",
        "success_within_days": "success_within_days",
        "meaning": "meaning",
        "made_at": "made_at",
        "archived_at": "archived_at",
    },
    identity=("stage_id",),
    optional=frozenset({"archived_at"}),
)

SHAPES = (STAGES, GOALS, REVISIONS, RESULTS, VERDICTS, AWARENESS, MILESTONES, INVESTMENTS)


def categories() -> list[tuple[str, str]]:
    """Return slug and label of every category, in the order people see them."""
    return list(Category.objects.order_by("position", "slug").values_list("slug", "label"))


def measures(goal_keys: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield goal key, when it was agreed, when that became known, and the measure, of every agreement."""
    named = Revision.objects.filter(goal__key__in=goal_keys).exclude(measure="")
    for goal, at, known, name in named.values_list("goal__key", "at", "recorded_at", "measure"):
        yield goal, instant_text(at), instant_text(known), name
