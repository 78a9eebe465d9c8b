"""How workspace files become the names of features and the sets of behaviours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from arbiter.foundation import bulk
from arbiter.foundation.intake import Batch, Intake
from arbiter.foundation.journal import Line
from arbiter.usage.actions import wanted
from arbiter.usage.models import BehaviourSet
from arbiter.usage.queries.outlet import BEHAVIOUR_SETS, FEATURES
from arbiter.usage.rules import behaviours


def fault_of_rule(rule: Mapping[str, Any]) -> str:
    """Return why a set of behaviours cannot be looked for, in a sentence; empty when it can."""
    return behaviours.problem_of(rule)


def _join_lines(batch: Batch) -> None:
    """Put the versions of a set together under the first of them; one that names none is the first itself."""
    firsts = [told or key for told, key in zip(batch.column("first_version_id"), batch.column("behaviour_set_id"), strict=True)]  # fmt: skip
    known = dict(BehaviourSet.objects.filter(key__in=set(firsts)).values_list("key", "pk"))
    lines = [known.get(first, pk) for first, pk in zip(firsts, batch.ids, strict=True)]
    bulk.update(BehaviourSet, {"line": lines}, batch.ids)


def _features(batch: Batch) -> Iterator[Line]:
    """What is called otherwise now, or known by other events; usage is to be counted anew."""
    wanted.mark(at=batch.at)
    what = "usage.feature_described" if batch.before else "usage.feature_named"
    for place in range(len(batch)):
        yield batch.line(place, what, "usage.feature", at=batch.at)


def _sets(batch: Batch) -> Iterator[Line]:
    if batch.before:
        return
    wanted.mark(at=batch.at)
    for place, version in enumerate(batch.column("version")):
        what = "usage.set_revised" if version != "1" else "usage.set_defined"
        yield batch.line(
            place, what, "usage.behaviourset", at=batch.at, told={"version": int(version)}
        )


INTAKES = (
    Intake(FEATURES, facts=_features),
    Intake(
        BEHAVIOUR_SETS,
        frozen=frozenset(BEHAVIOUR_SETS.columns) - {"made_at", "by_email", "retired_at"},
        beside=_join_lines,
        facts=_sets,
    ),
)
