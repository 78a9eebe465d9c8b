"""How workspace files become what the company is called, counts in and speaks, and who its people are."""

from __future__ import annotations

from arbiter.foundation import bulk
from arbiter.foundation.intake import Batch, Intake
from arbiter.foundation.models import Person, Team
from arbiter.foundation.queries.company_outlet import COLLEAGUES, COMPANY
from arbiter.foundation.roles import Permission


def _employ(batch: Batch) -> None:
    """Put people into their teams; whoever is new cannot sign in until somebody invites them."""
    if not batch.before:
        people = Person.objects.filter(pk__in=batch.ids)
        people.update(is_active=False, password="!")  # noqa: S106
    names = batch.column("team")
    Team.objects.bulk_create(
        [Team(name=name) for name in sorted(set(names) - {""})], ignore_conflicts=True
    )
    numbers = dict(Team.objects.filter(name__in=names).values_list("name", "pk"))
    bulk.update(Person, {"team_id": [numbers.get(name) for name in names]}, batch.ids)


INTAKES = (
    Intake(COMPANY, demands=Permission.MANAGE_SETTINGS),
    Intake(COLLEAGUES, beside=_employ, outlives=True, demands=Permission.MANAGE_PEOPLE),
)
