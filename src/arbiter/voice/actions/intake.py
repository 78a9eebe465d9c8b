"""How workspace files become surveys, asks and answers."""

from __future__ import annotations

from collections.abc import Iterator

from arbiter.foundation.intake import Batch, Intake, moment
from arbiter.foundation.journal import Line
from arbiter.foundation.roles import Permission
from arbiter.voice.actions import feedback_intake
from arbiter.voice.queries.outlet import (
    ANSWERS,
    ASKING_LIMITS,
    ASKS,
    FOLLOW_UPS,
    SURVEY_VERSIONS,
    SURVEYS,
    WORDINGS,
)
from arbiter.voice.queries.replies_outlet import FEEDBACK_REPLIES
from arbiter.voice.rules.surveys import fault_of_parts

RECORDED = {"recorded_at": "at"}

__all__ = ["INTAKES", "fault_of_parts"]


def _asks(batch: Batch) -> Iterator[Line]:
    if batch.before:
        return
    contacts, kinds, channels = batch.ref("contact_id"), batch.column("kind"), batch.column("channel")  # fmt: skip
    for place in range(len(batch)):
        at, recorded_at = batch.moments(place)
        yield batch.line(
            place, "voice.asked", "voice.ask", at=at, recorded_at=recorded_at,
            told={"contact": contacts[place], "kind": kinds[place], "channel": channels[place]},
        )  # fmt: skip


def _answers(batch: Batch) -> Iterator[Line]:
    if batch.before:
        return
    contacts, on_behalf = batch.ref("contact_id"), batch.ref("on_behalf_by")
    kinds, flagged = batch.column("kind"), batch.column("flagged")
    for place in range(len(batch)):
        at, recorded_at = batch.moments(place)
        yield batch.line(
            place, "voice.answer_given", "voice.answer", at=at, recorded_at=recorded_at,
            author=None if on_behalf[place] else contacts[place],
            told={
                "contact": contacts[place],
                "kind": kinds[place],
                "flagged": flagged[place] == "true",
                "on_behalf": on_behalf[place] is not None,
            },
        )  # fmt: skip


def _follow_ups(batch: Batch) -> Iterator[Line]:
    answers, owners = batch.ref("answer_id"), batch.ref("owner_email")
    set_at, closed_at = batch.column("set_at"), batch.column("closed_at")
    for place in range(len(batch)):
        told = {"answer": answers[place]}
        if not batch.before:
            due_on = batch.column("due_on")[place]
            yield batch.line(
                place, "voice.follow_up_set", "voice.followup",
                at=moment(set_at[place]), told={"owner": owners[place], "due_on": due_on, **told},
            )  # fmt: skip
        if batch.is_news(place, "closed_at"):
            yield batch.line(
                place,
                "voice.follow_up_closed",
                "voice.followup",
                at=moment(closed_at[place]),
                told=told,
            )


INTAKES = (
    Intake(SURVEYS, frozen=frozenset({"kind"})),
    Intake(SURVEY_VERSIONS, frozen=frozenset(SURVEY_VERSIONS.columns) - {"made_at", "by_email"}),
    Intake(WORDINGS, frozen=frozenset(WORDINGS.columns) - {"made_at", "by_email"}),
    Intake(
        ASKS,
        frozen=frozenset(ASKS.columns) - {"delivered_at", "opened_at"},
        fill=RECORDED,
        facts=_asks,
    ),
    Intake(
        ANSWERS,
        frozen=frozenset(ANSWERS.columns)
        - {"flagged", "flag_reason", "reviewed_at", "reviewed_by"},
        fill=RECORDED,
        facts=_answers,
    ),
    Intake(FOLLOW_UPS, frozen=frozenset({"answer_id", "set_at"}), facts=_follow_ups),
    Intake(ASKING_LIMITS, demands=Permission.MANAGE_SETTINGS),
    *feedback_intake.INTAKES,
    Intake(FEEDBACK_REPLIES, frozen=frozenset(FEEDBACK_REPLIES.columns)),
)
