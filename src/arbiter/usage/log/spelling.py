"""How a text file is spelled: its encoding, and what stands between its cells."""

from __future__ import annotations

import codecs
import gzip
import shutil
from pathlib import Path
from typing import IO, cast

LOOKED_AT = 64 * 1024
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def delimiter(path: Path) -> str:
    """Return what stands between the cells of the first line: a comma, a semicolon or a tab."""
    with _opened(path) as file:
        header = file.readline(LOOKED_AT).decode(errors="replace")
    return max(",;\t", key=header.count)


def in_utf8(path: Path, beside: Path) -> Path:
    """Return the file, or where it is UTF-16 or Windows-1252 a copy in UTF-8."""
    with _opened(path) as file:
        start = file.read(LOOKED_AT)
    if start[:2] in _UTF16:
        encoding = "utf-16"
    elif _is_utf8(start):
        return path
    else:
        encoding = "cp1252"
    with _opened(path) as file, beside.open("w", encoding="utf-8", newline="") as copy:
        shutil.copyfileobj(codecs.getreader(encoding)(file, "replace"), copy)
    return beside


def _opened(path: Path) -> IO[bytes]:
    if path.name.lower().endswith(".gz"):
        return cast("IO[bytes]", gzip.open(path, "rb"))
    return path.open("rb")


def _is_utf8(start: bytes) -> bool:
    try:
        start.decode()
    except UnicodeDecodeError as trouble:
        # The last character may be cut in two.
        return len(start) == LOOKED_AT and trouble.start > LOOKED_AT - 4
    return True
