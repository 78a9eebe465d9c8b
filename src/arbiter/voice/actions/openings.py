"""That a person was seen at a page behind a link: somebody pressed or typed there, a mail scanner does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arbiter.voice.models import Ask
from arbiter.voice.queries import arrivals

if TYPE_CHECKING:
    from arbiter.voice.models import PersonalLink
    from arbiter.voice.queries.arrivals import Arrival


def note(*, link: PersonalLink, arrival: Arrival) -> bool:
    """Keep when the questions behind a link were first seen by a person; say whether that was news.

    A silent verb: nothing was said. What looks like a machine's is not kept.
    """
    if arrivals.judge(arrival):
        return False
    unseen = Ask.objects.filter(link=link, opened_at__isnull=True)
    return bool(unseen.update(opened_at=arrival.at))
