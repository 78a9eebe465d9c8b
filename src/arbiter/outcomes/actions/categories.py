"""A company's own kinds of goals."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from arbiter.foundation import journal
from arbiter.foundation.permissions import must
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.outcomes.models import Category

if TYPE_CHECKING:
    from arbiter.foundation.models import Person


class CategoryExists(Refusal):
    """There is such a kind of goal."""


class CategoryUnnamed(Refusal):
    """The name holds no letter or number."""


@transaction.atomic
def add(*, label: str, by: Person, at: datetime) -> Category:
    """Add a kind of goal after those that are there.

    Raises:
        NotAllowed: the person may not change settings.
        CategoryExists: there is one of that name.
        CategoryUnnamed: the name holds no letter or number.
    """
    must(by, Permission.MANAGE_SETTINGS)
    slug = slugify(label, allow_unicode=False)[:40] or slugify(label, allow_unicode=True)[:40]
    if not slug:
        raise CategoryUnnamed("Give it a name in letters.", field="label")
    if Category.objects.filter(slug=slug).exists():
        raise CategoryExists(f"There is {label.strip()} already.", field="label")
    last = Category.objects.aggregate(last=Max("position"))["last"] or 0
    category = Category.objects.create(
        slug=slug, label=label.strip(), position=min(last + 1, 32_000)
    )
    journal.record("outcomes.category_added", subject=category, by=by, at=at)
    return category
