"""The lines of the journal that are about somebody."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Q, QuerySet

from arbiter.foundation.models import Fact


def about(
    actor: str, subject: str, pk: int, *, customer: int, rows: Mapping[str, Collection[int]]
) -> QuerySet[Fact]:
    """Return what somebody did, what was done to them, and what happened to rows of theirs, the oldest first.

    Args:
        actor: the kind of actor they are.
        subject: the kind of subject they are.
        pk: their number.
        customer: the number of the customer on whose timeline lines name them in their details.
        rows: the numbers of their rows, by the kind of subject.
    """
    theirs = Q(by_kind=actor, by_id=pk) | Q(subject_kind=subject, subject_id=pk)
    for ending in (",", "}"):
        theirs |= Q(customer_id=customer, data__contains=f'"contact":{pk}{ending}')
    for kind, numbers in rows.items():
        theirs |= Q(subject_kind=kind, subject_id__in=list(numbers))
    return Fact.objects.filter(theirs).order_by("pk")
