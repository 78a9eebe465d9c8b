"""What makes a row the same row, where a file has no key of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from arbiter.connectors.workspace_files.chunk import Chunk
from arbiter.connectors.workspace_files.spec import File

Identity = tuple[str, ...]


def identities(file: File, chunk: Chunk) -> list[Identity]:
    """Return what tells the rows apart, with the stand-in where a column is empty."""
    columns = [filled(file, chunk, name) for name in file.identity]
    return list(zip(*columns, strict=True)) if columns else [()] * len(chunk)


def digest(identity: Identity) -> bytes:
    """Return an identity in a few bytes, to remember a million of them by."""
    return hashlib.blake2b("\x1f".join(identity).encode(), digest_size=16).digest()


def filled(file: File, chunk: Chunk, name: str) -> Sequence[str]:
    """Return a column's cells, with what stands in for those that are empty."""
    texts = chunk.texts[name]
    stand_in = file.intake.fill.get(name)
    if stand_in is None:
        return texts
    return [text or other for text, other in zip(texts, chunk.texts[stand_in], strict=True)]
