"""Reading in bulk without the cyclic collector."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kept() -> Iterator[None]:
    """Let the cyclic garbage collector rest while a great many rows are read.

    A bulk read makes a million objects that live until its end and hold no cycles; the collector would walk
    over them again and again, a third of the time it all takes.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
