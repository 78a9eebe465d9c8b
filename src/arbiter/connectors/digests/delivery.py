"""Telling everyone whose hour has come what changed since they were last told, each once."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.template.loader import render_to_string

from arbiter.connectors.digests import posting, wording
from arbiter.connectors.digests.posting import NotTaken
from arbiter.connectors.sections import Section
from arbiter.connectors.slack import messages as slack
from arbiter.connectors.teams import cards as teams
from arbiter.engagement.actions import digests as verbs
from arbiter.engagement.queries import digests
from arbiter.engagement.queries.choices import Change
from arbiter.foundation import sealing
from arbiter.foundation.mail import outbox
from arbiter.foundation.refusals import Refusal

if TYPE_CHECKING:
    from arbiter.engagement.models import DigestOrder
    from arbiter.foundation.models import Person

__all__ = ["NotTaken", "preview", "send_due", "send_test"]

MESSAGES = {"slack": slack.message, "teams": teams.message}
# After a longer silence (a machine that was off) only this much is told.
LONGEST = timedelta(days=7)
logger = logging.getLogger(__name__)


def send_due(at: datetime) -> int:
    """Tell every order that is due, and return how many were told something. What fails is tried again, and shown."""
    told = 0
    found: dict[datetime, list[Change]] = {}
    for order in digests.due(at):
        since = max(order.told_until or order.made_at, at - LONGEST)
        if since not in found:
            found[since] = wording.sealed(digests.changes(since, at), as_of=at)
        own = digests.within_reach(found[since], order.person)
        told += _tell(order, own, at)
    return told


def preview(person: Person, *, since: datetime, at: datetime) -> tuple[list[Section], int]:
    """Return what a person's digest would tell of a time, and how many changes it would leave out."""
    found = digests.within_reach(digests.changes(since, at), person)
    return wording.sections_of(wording.sealed(found, as_of=at))


def send_test(order: DigestOrder) -> None:
    """Post a message that tells only that it arrives.

    Raises:
        NotTaken: nobody answered, or the answer was no.
        Unopenable: the address was sealed with another key.
    """
    message = MESSAGES[order.kind]("Arbiter reaches this channel.", [], more=0, url=wording.home())
    posting.post(sealing.unseal(order.sealed_address), message)


def _tell(order: DigestOrder, changes: list[Change], at: datetime) -> bool:
    """Tell one order; where nothing changed it hears nothing."""
    if not changes:
        verbs.claim(order=order, until=at)
        return False
    if order.kind == "mail":
        return _mail(order, changes, at)
    return _post(order, changes, at)


@transaction.atomic
def _mail(order: DigestOrder, changes: list[Change], at: datetime) -> bool:
    """The mail and that it was told stand or fall together."""
    person = order.person
    if not verbs.claim(order=order, until=at) or person is None or not person.is_active:
        return False
    sections, more = wording.sections_of(changes)
    title = wording.title_of(len(changes))
    context = {
        "title": title,
        "sections": sections,
        "more": more,
        "home": wording.home(),
        "settings_url": wording.orders(),
    }
    key = f"connectors.digest:{order.pk}:{at.isoformat()}"
    outbox.put(
        dedupe_key=key,
        about=f"connectors.digest:{order.pk}",
        to=person.email,
        subject=f"{title}: {', '.join(section.title.lower() for section in sections)}",
        text=render_to_string("connectors/digest.txt", context),
        html=render_to_string("connectors/digest.html", context),
        at=at,
        by=person,
    )
    return True


def _post(order: DigestOrder, changes: list[Change], at: datetime) -> bool:
    """Claimed before it is posted: two workers never tell the same. What is refused is given back."""
    if not verbs.claim(order=order, until=at):
        return False
    sections, more = wording.sections_of(changes)
    message = MESSAGES[order.kind](
        wording.title_of(len(changes)), sections, more=more, url=wording.home()
    )
    try:
        posting.post(sealing.unseal(order.sealed_address), message)
    except NotTaken as no:
        logger.warning("Digest %s was not told: %s", order.pk, no)
        verbs.give_back(order=order, until=at, trouble=str(no), again=no.again)
        return False
    except Refusal as no:
        verbs.give_back(order=order, until=at, trouble=str(no), again=False)
        return False
    return True
