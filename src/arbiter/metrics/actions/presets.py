"""The business model is chosen."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from arbiter.foundation import journal
from arbiter.foundation.models import Person
from arbiter.foundation.refusals import Refusal
from arbiter.metrics import permissions
from arbiter.metrics.models import Preset
from arbiter.metrics.rules import BusinessModel


class UnknownBusinessModel(Refusal):
    """There is no such business model."""


@transaction.atomic
def choose(*, business_model: str, by: Person, at: datetime) -> Preset:
    """Choose how the company does business; the measures that apply follow from it.

    Raises:
        NotAllowed: the person may not change settings.
        UnknownBusinessModel: it is none of the three.
    """
    permissions.demand_manage(by)
    if business_model not in set(BusinessModel):
        raise UnknownBusinessModel(
            "Choose contracts, monthly subscriptions or orders.", field="business_model"
        )
    preset = Preset.objects.create(business_model=business_model, at=at, by=by)
    journal.record(
        "metrics.business_model_chosen",
        subject=preset,
        by=by,
        at=at,
        business_model=business_model,
    )
    return preset
