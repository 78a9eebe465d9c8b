"""Which encoding a file is written in, decided from all of its bytes.

UTF-8 proves itself: text in another encoding almost never decodes. So the whole file is tried once,
in pieces, and only what fails is read as Windows-1252, which Excel writes in western Europe.
"""

import codecs
from pathlib import Path

from arbiter.foundation.refusals import Refusal

_PIECE = 1 << 20
_SAVE_AS_UTF8 = "Save it as “CSV UTF-8” and give it again."


def detect_encoding(path: Path, name: str) -> str:
    """Name the codec that reads this file, its byte-order mark already taken care of.

    Raises:
        Refusal: the bytes are no text, with the line where that shows.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise Refusal(f"{name} is written in UTF-32. {_SAVE_AS_UTF8}")
    wide = _wide_encoding(head)
    if wide:
        return _proved(path, name, wide)
    _refuse_nul_bytes(path, name)
    marked = head.startswith(codecs.BOM_UTF8)
    if _fault(path, "utf-8") is None:
        return "utf-8-sig" if marked else "utf-8"
    if marked:
        return _proved(path, name, "utf-8-sig")
    return _proved(path, name, "cp1252")


def _wide_encoding(head: bytes) -> str:
    """UTF-16 by its mark; without one, by the empty half that Latin text has in it."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = head[: len(head) // 2 * 2]
    pairs = len(sample) // 2
    if pairs < 2:
        return ""
    low = sample[1::2].count(0) / pairs
    high = sample[0::2].count(0) / pairs
    if low > 0.4 and high < 0.1:
        return "utf-16-le"
    return "utf-16-be" if high > 0.4 and low < 0.1 else ""


def _proved(path: Path, name: str, encoding: str) -> str:
    fault = _fault(path, encoding)
    if fault is None:
        return encoding
    raise Refusal(
        f"{name}, line {fault}: the bytes there are no readable text "
        f"(tried as {encoding}). {_SAVE_AS_UTF8}"
    )


def _fault(path: Path, encoding: str) -> int | None:
    """The line on which decoding fails, or None when the whole file decodes."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            try:
                line += decoder.decode(piece).count("\n")
            except UnicodeDecodeError as fault:
                return line + fault.object[: fault.start].count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line
    return None


def _refuse_nul_bytes(path: Path, name: str) -> None:
    line = 1
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            at = piece.find(b"\x00")
            if at >= 0:
                line += piece[:at].count(b"\n")
                raise Refusal(
                    f"{name}, line {line}: there is a NUL byte, so the file is damaged or not text. "
                    f"Export it again. {_SAVE_AS_UTF8}"
                )
            line += piece.count(b"\n")
