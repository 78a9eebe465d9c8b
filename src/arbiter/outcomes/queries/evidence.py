"""Of whom anything is on file that may be a result."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from arbiter.outcomes.models import Goal, Result, Verdict


def customers_with_any() -> QuerySet[Goal, int]:
    """The customers of whose standing goals anything was measured or judged, for another query to narrow by."""
    own = {"goal": OuterRef("pk")}
    goals = Goal.objects.filter(retired_at=None)
    told = goals.filter(
        Exists(Result.objects.filter(measure="", **own)) | Exists(Verdict.objects.filter(**own))
    )
    return told.order_by().values_list("customer_id", flat=True)
