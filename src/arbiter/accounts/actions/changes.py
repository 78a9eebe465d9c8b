"""How a noun takes changes: only what differs is written, and the journal hears which fields."""

from __future__ import annotations

from typing import Any

from django.db import models


def apply(noun: models.Model, changes: dict[str, Any], *, allowed: frozenset[str]) -> list[str]:
    """Set the fields that differ, save those alone, and return their names in order.

    Raises:
        TypeError: a field that this verb does not change, which is a mistake in the caller.
    """
    if unknown := changes.keys() - allowed:
        raise TypeError(f"{type(noun).__name__} is not changed here in {sorted(unknown)}")
    changed = sorted(name for name, value in changes.items() if getattr(noun, name) != value)
    for name in changed:
        setattr(noun, name, changes[name])
    if changed:
        noun.save(update_fields=changed)
    return changed
