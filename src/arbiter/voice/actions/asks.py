"""Questions put to contacts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from arbiter.foundation import journal
from arbiter.voice import permissions
from arbiter.voice.models import Ask

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.foundation.journal import Told
    from arbiter.foundation.models import Person
    from arbiter.voice.models import PersonalLink, SurveyVersion

# What a mail is about that holds a personal link: `voice.letter:12`.
LETTERS = frozenset({"voice.letter", "voice.survey"})


@transaction.atomic
def put(
    *,
    contact: Contact,
    kind: str,
    channel: str,
    by: Person,
    at: datetime,
    recorded_at: datetime | None = None,
    goal_key: str = "",
    contract_key: str = "",
    link: PersonalLink | None = None,
    version: SurveyVersion | None = None,
    rule_key: str = "",
    language: str = "",
    closes_at: datetime | None = None,
) -> Ask:
    """Put a question to a contact.

    Raises:
        NotAllowed: the person may not ask this contact.
        HasLeft: the contact has left the customer.
    """
    permissions.demand_asking(by, contact, at)
    ask = Ask.objects.create(
        contact=contact,
        kind=kind,
        channel=channel,
        by=by,
        at=at,
        recorded_at=recorded_at or at,
        goal_key=goal_key,
        contract_key=contract_key,
        link=link,
        version=version,
        rule_key=rule_key,
        language=language,
        closes_at=closes_at,
    )
    journal.record(
        "voice.asked",
        subject=ask,
        by=by,
        at=at,
        recorded_at=recorded_at,
        customer=contact.customer_id,
        contact=contact.pk,
        kind=kind,
        channel=channel,
    )
    return ask


def note_delivery(facts: Sequence[Told]) -> None:
    """Keep when a letter or a survey was handed over, as the mail tells by its fact (a listener of the journal).

    A silent verb: the mail's own fact tells it.
    """
    for fact in facts:
        if fact.name == "foundation.mail_sent":
            kind, _, link_id = str(fact.details.get("about", "")).partition(":")
            if kind in LETTERS:
                unknown = Ask.objects.filter(link_id=int(link_id), delivered_at__isnull=True)
                unknown.update(delivered_at=fact.at)
