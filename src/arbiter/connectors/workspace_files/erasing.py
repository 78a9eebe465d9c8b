"""A contact is erased: what imports remember of their rows goes, so that undoing one brings none of it back.

A listener of the journal, in the transaction of `accounts.contact_erased`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from arbiter.connectors.models import Before
from arbiter.connectors.workspace_files.spec import FILES
from arbiter.foundation import removal

if TYPE_CHECKING:
    from arbiter.foundation.journal import Told


def hear(facts: Sequence[Told]) -> None:
    """Forget what rows of whoever was erased said before an import changed them."""
    for fact in facts:
        if fact.name == "accounts.contact_erased" and fact.subject_id is not None:
            Before.objects.filter(file="contacts", row=fact.subject_id).delete()
            _forget_rows(fact.subject_id)


def _forget_rows(contact_id: int) -> None:
    hanging = list(removal.hanging(FILES["contacts"].intake.shape.model))
    for name, file in FILES.items():
        model = file.intake.shape.model
        for field in (other.field for other in hanging if other.model is model):
            ids = model._base_manager.filter(**{field: contact_id}).values_list("pk", flat=True)
            Before.objects.filter(file=name, row__in=list(ids)).delete()
