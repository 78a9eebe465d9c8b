"""What an answer to a survey changes about goals: said in discovery, it is one; still right, it is agreed anew."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from arbiter.outcomes.actions import discovery

if TYPE_CHECKING:
    from arbiter.portal.sittings import Sitting
    from arbiter.voice.models import Answer


def follow(sitting: Sitting, answer: Answer) -> None:
    """Let a goal follow from what its customer said; from what a machine may have said follows nothing."""
    if answer.flagged:
        return
    discovery.follow(
        survey_key=sitting.version.survey.key,
        value=answer.value,
        said=json.loads(answer.details or "{}"),
        contact=sitting.contact,
        goal_key=sitting.ask.goal_key if sitting.ask else "",
        by=sitting.contact,
        at=sitting.at,
    )
