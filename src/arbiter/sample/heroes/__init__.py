"""Two dozen customers told by hand, one file each. Days are counted from `today`."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def told() -> tuple[dict[str, Any], ...]:
    """Return the customers told by hand, in the order of their file names."""
    files = sorted(
        (file for file in resources.files(__name__).iterdir() if file.name.endswith(".toml")),
        key=lambda file: file.name,
    )
    return tuple(tomllib.loads(file.read_text(encoding="utf-8")) for file in files)
