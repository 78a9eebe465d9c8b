"""Removing rows and all that hangs from them, set by set, however many there are.

Django's own cascade fetches every row it deletes. Here each table is emptied of what hangs from the removed
rows by one statement, deepest first, by the same rules (`CASCADE`, `SET_NULL`) that the models declare.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Model, QuerySet


@dataclass(frozen=True, slots=True)
class Hanging:
    """A table whose rows refer to another's, and what becomes of them when that row goes."""

    model: type[Model]
    field: str
    goes_too: bool

    def of(self, found: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows that hang from some rows."""
        return self.model._base_manager.filter(**{f"{self.field}__in": found.values("pk")})


def hanging(model: type[Model]) -> Iterator[Hanging]:
    """Yield every table that refers to a model, those without a name for it among them."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        yield Hanging(
            relation.related_model,
            relation.field.name,
            relation.on_delete is models.CASCADE,
        )


def remove(found: QuerySet[Any]) -> None:
    """Remove rows and what hangs from them; what merely mentions them, forgets them."""
    for other in hanging(found.model):
        if other.goes_too:
            remove(other.of(found))
        else:
            other.of(found).update(**{other.field: None})
    found.model._base_manager.filter(pk__in=found.values("pk"))._raw_delete(found.db)
