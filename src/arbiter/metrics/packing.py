"""Lists of customers with a number each, packed into few bytes: in blocks, so that a page unpacks one of them.

A list begins with a mark and with where each of its blocks ends. A block holds the ids and then the values of
its customers, compressed. A list without the mark was packed in one piece, as lists were before.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEVEL = 6
BLOCKS = 64
LEAST = 256
"""Customers that are worth a block of their own."""
MARK = b"\x01"
HEAD = len(MARK) + 4 * BLOCKS
"""Bytes before the first block."""
BYTES_EACH = 12


@dataclass(frozen=True)
class Stretch:
    """Some blocks of a list: the bytes that hold them (to the end where no length is told), and their first place."""

    start: int
    length: int | None
    first: int


def packed(ids: NDArray[np.int64], values: NDArray[np.float64]) -> bytes:
    """Return ids and values, in order, as bytes."""
    size = _size(len(ids))
    blocks = [
        zlib.compress(_told(ids[at : at + size], values[at : at + size]), LEVEL)
        for at in range(0, len(ids), size)
    ]
    ends = np.zeros(BLOCKS, dtype="<u4")
    ends[: len(blocks)] = np.cumsum([len(block) for block in blocks])
    return MARK + ends.tobytes() + b"".join(blocks)


def whole(head: bytes) -> Stretch:
    """Return the stretch of all customers of a list, by its first bytes."""
    return Stretch(HEAD if head.startswith(MARK) else 0, None, 0)


def stretch(head: bytes, customers: int, first: int, last: int) -> Stretch:
    """Return the blocks that hold two places of a list and those between, by its first bytes."""
    if not head.startswith(MARK):
        return whole(head)
    ends = [0, *np.frombuffer(head, dtype="<u4", offset=len(MARK), count=BLOCKS).tolist()]
    size = _size(customers)
    start, end = ends[first // size], ends[last // size + 1]
    return Stretch(HEAD + start, end - start, first // size * size)


def unpacked(blocks: bytes) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the ids and values of one or more blocks."""
    ids: list[NDArray[np.int64]] = [np.array([], dtype="<i8")]
    values: list[NDArray[np.float32]] = [np.array([], dtype="<f4")]
    while blocks:
        block = zlib.decompressobj()
        told = block.decompress(blocks)
        blocks = block.unused_data
        count = len(told) // BYTES_EACH
        ids.append(np.frombuffer(told, dtype="<i8", count=count))
        values.append(np.frombuffer(told, dtype="<f4", offset=8 * count, count=count))
    return np.concatenate(ids), np.concatenate(values)


def _told(ids: NDArray[np.int64], values: NDArray[np.float64]) -> bytes:
    return ids.astype("<i8").tobytes() + values.astype("<f4").tobytes()


def _size(customers: int) -> int:
    """How many customers a block of a list holds."""
    return max(LEAST, -(-customers // BLOCKS))
