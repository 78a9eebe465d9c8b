"""Keep a view of the customers page under a name, and forget it. A matter of taste: the journal hears nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from arbiter.foundation.refusals import Refusal
from arbiter.workspace.lists.query import Query
from arbiter.workspace.models import SavedView

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from arbiter.foundation.models import Person

MOST = 20


class TooManyViews(Refusal):
    """One more would make the list of views unreadable."""


def of(person: Person) -> QuerySet[SavedView]:
    """Return the views a person kept, by name."""
    return SavedView.objects.filter(person=person).order_by("name", "pk")


@transaction.atomic
def keep(*, name: str, query: Query, by: Person) -> SavedView:
    """Keep a view under a name; one that has the name already is replaced.

    Raises:
        TooManyViews: there are twenty already.
    """
    if of(by).exclude(name=name).count() >= MOST:
        raise TooManyViews(f"You keep {MOST} views already: forget one first.", field="name")
    view, _ = SavedView.objects.update_or_create(
        person=by, name=name, defaults={"query": query.text()}
    )
    return view


@transaction.atomic
def forget(*, view: SavedView) -> None:
    """Forget a view."""
    view.delete()
