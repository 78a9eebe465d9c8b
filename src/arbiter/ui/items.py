"""Items that pages hand over: mappings or objects, as templates read both alike."""

from collections.abc import Mapping
from typing import Any


def value_of(item: Any, name: str) -> Any:
    """A value by its name, or None."""
    return item.get(name) if isinstance(item, Mapping) else getattr(item, name, None)
