"""From the bytes of a request to the JSON within, whatever its headers say: clients label their bodies at will.

Gzip is known by its first bytes, a form by its field `data`, base64 by not being JSON. Nothing is unpacked beyond
the size that may be sent plain.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from urllib.parse import parse_qs

from msgspec import Struct

from arbiter.usage.wire.limits import MOST_BYTES
from arbiter.usage.wire.refusals import Unreadable

GZIP = b"\x1f\x8b"
_WITH_HEADER = 31
_MOST_LAYERS = 4
_BLANK = b" \t\r\n"
_BOM = b"\xef\xbb\xbf"
_FORM = re.compile(rb"(?:^|&)data=")


class Body(Struct, frozen=True):
    """The JSON of a request; and the gzip it came in, where it came as nothing else."""

    text: bytes
    packed: bytes | None = None


def opened(sent: bytes) -> Body:
    """Return what a request holds, which should be JSON.

    Raises:
        Unreadable: it is empty, cut off, damaged or too large.
    """
    text, kept = sent, None
    for _ in range(_MOST_LAYERS):
        inner = _inside(text)
        if inner is None:
            break
        kept = sent if text is sent and inner.packed else None
        text = inner.text
    bare = text.removeprefix(_BOM).strip(_BLANK)
    if not bare:
        raise Unreadable("empty", "The body is empty.")
    if len(bare) > MOST_BYTES:
        raise too_large()
    return Body(bare, kept if len(bare) == len(text) else None)


def packed(text: bytes) -> bytes:
    """Return JSON as it is kept: packed quickly, for it stays a few seconds."""
    squeeze = zlib.compressobj(1, zlib.DEFLATED, _WITH_HEADER)
    return squeeze.compress(text) + squeeze.flush()


def unpacked(gzipped: bytes) -> bytes:
    """Return what a gzip holds, read no further than a body may be long.

    Raises:
        Unreadable: it is cut off, damaged, or larger than a body may be.
    """
    found, rest = b"", gzipped
    while rest[:2] == GZIP:
        part, rest = _member(rest, most=MOST_BYTES - len(found))
        found += part
    return found


def mended(text: bytes) -> bytes:
    """Return JSON without what clients write though JSON has no such thing: NaN, half characters, stray bytes.

    Raises:
        Unreadable: it is no JSON even so.
    """
    try:
        found = json.loads(text.decode(errors="replace"), parse_constant=lambda _: None)
        return json.dumps(found, ensure_ascii=False).encode(errors="replace")
    except RecursionError as wrong:
        raise too_deep() from wrong
    except ValueError as wrong:
        raise Unreadable("not_json", f"The body is not JSON: {wrong}.") from wrong


def too_large() -> Unreadable:
    """What is said of a body that is too large; clients that can, send it again in parts."""
    return Unreadable(
        "too_large",
        f"The body is larger than {MOST_BYTES // 1024 // 1024} MiB. Send fewer events at a time.",
        status=413,
    )


def too_deep() -> Unreadable:
    """What is said of JSON within JSON within JSON, a thousand times."""
    return Unreadable("too_deep", "The JSON is nested too deep.")


def _inside(text: bytes) -> Body | None:
    """What lies one layer further in (`packed`: it was one gzip and nothing else), or nothing if this is the JSON."""
    if text[:2] == GZIP:
        found = unpacked(text)
        return Body(found, text if _ends_with_its_size(text, found) else None)
    start = text[:64].lstrip(_BLANK)
    if not start or start[:1] in b'{["' or start[:3] == _BOM:
        return None
    field = _field(text) if _FORM.search(text, 0, 4096) else text
    is_plain = field[:1] in b"{[" or field[:2] == GZIP
    return Body(field if is_plain else _from_base64(field))


def _member(gzipped: bytes, *, most: int) -> tuple[bytes, bytes]:
    """Return what the first gzip of a row holds, and what follows it."""
    unzip = zlib.decompressobj(_WITH_HEADER)
    try:
        found = unzip.decompress(gzipped, most + 1)
    except zlib.error as wrong:
        raise Unreadable("gzip_broken", f"The gzip is damaged: {wrong}.") from wrong
    if len(found) > most:
        raise too_large()
    if not unzip.eof:
        raise Unreadable("gzip_broken", "The gzip is cut off. Send the body again, whole.")
    return found, unzip.unused_data


def _ends_with_its_size(gzipped: bytes, text: bytes) -> bool:
    """Say whether the gzip ends as one does that holds just this: then it can be kept as it came."""
    return gzipped[-8:] == zlib.crc32(text).to_bytes(4, "little") + len(text).to_bytes(4, "little")


def _field(form: bytes) -> bytes:
    """Return the field `data` of a form. A plus sign of base64 that was not escaped reads as a blank."""
    found = parse_qs(form.decode("latin-1"), max_num_fields=20, encoding="latin-1")
    data = found["data"][0].encode("latin-1") if "data" in found else b""
    return data if data[:1] in b"{[" or data[:2] == GZIP else data.replace(b" ", b"+")


def _from_base64(text: bytes) -> bytes:
    try:
        return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error as wrong:
        raise Unreadable(
            "not_json", "The body is not JSON, nor a gzip, a form or base64 that holds JSON."
        ) from wrong
