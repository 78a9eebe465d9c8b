"""Folders that go when what they belong to is no longer held."""

import shutil
import tempfile
import weakref
from pathlib import Path


def passing(owner: object, prefix: str) -> Path:
    """Return a new folder, removed once nothing holds its owner any more, or the process ends."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    weakref.finalize(owner, shutil.rmtree, folder, ignore_errors=True)
    return folder
