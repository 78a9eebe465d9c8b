"""A contact is erased: what they wrote of goals and results goes; what they judged, measured and agreed stays.

A listener of the journal, in the transaction of `accounts.contact_erased`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from arbiter.accounts.queries import contacts
from arbiter.foundation.erasing import MARK
from arbiter.outcomes.models import Awareness, Goal, Investment, Revision, Verdict
from arbiter.outcomes.models.goal import WhoseWords
from arbiter.outcomes.queries import results

if TYPE_CHECKING:
    from arbiter.foundation.journal import Told

WORDLESS = "A goal whose words were erased"


def hear(facts: Sequence[Told]) -> None:
    """Erase what outcomes hold of whoever was erased."""
    for fact in facts:
        if fact.name == "accounts.contact_erased" and fact.subject_id is not None:
            contact = contacts.one(fact.subject_id)
            erase_words(Verdict.objects.filter(contact=contact))
            Awareness.objects.filter(contact=contact).update(custom={})
            Revision.objects.filter(agreed_by=contact).update(reason="", custom={})
            Investment.objects.filter(stated_by=contact).update(assumptions="", custom={})
            reported = results.reported_by(contact)
            reported.update(reported_by="", evidence="", custom={})
            _forget_statements(Goal.objects.filter(stated_by=contact))


def erase_words(verdicts: QuerySet[Verdict]) -> int:
    """Erase the words of some verdicts; the judgements stay. Return how many."""
    verdicts.exclude(on_behalf_by=None).update(evidence=MARK)
    verdicts.filter(on_behalf_by=None).update(evidence="")
    return verdicts.update(comment="", custom={})


def _forget_statements(goals: QuerySet[Goal]) -> None:
    """A goal stays as its measure and target: those are agreed, and more than one person's."""
    goals.update(pain="", constraints="", custom={})
    for goal in goals.exclude(whose_words=WhoseWords.VENDOR):
        latest = goal.revisions.exclude(measure="").order_by("-at", "-pk").first()
        goal.statement = latest.measure if latest else WORDLESS
        goal.whose_words = WhoseWords.VENDOR
        goal.save(update_fields=["statement", "whose_words"])
