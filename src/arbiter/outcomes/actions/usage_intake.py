"""How workspace files become what usage has to do with goals."""

from __future__ import annotations

from collections.abc import Iterator

from arbiter.foundation.intake import Batch, Intake, moment
from arbiter.foundation.journal import Line
from arbiter.outcomes.queries.usage_outlet import FEEDS, GOAL_FEATURES


def _feeds(batch: Batch) -> Iterator[Line]:
    goals, kinds = batch.ref("goal_id"), batch.column("kind")
    for what, column in (("feed_connected", "at"), ("feed_disconnected", "disconnected_at")):
        for place, at in enumerate(batch.column(column)):
            if batch.is_news(place, column):
                yield batch.line(
                    place, f"outcomes.{what}", "outcomes.goal",
                    at=moment(at), subject=goals[place], told={"kind": kinds[place]},
                )  # fmt: skip


INTAKES = (
    Intake(GOAL_FEATURES, frozen=frozenset(GOAL_FEATURES.columns)),
    Intake(FEEDS, frozen=frozenset(FEEDS.columns) - {"disconnected_at"}, facts=_feeds),
)
