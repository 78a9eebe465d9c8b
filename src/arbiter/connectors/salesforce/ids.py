"""Salesforce ids: 15 characters where capitals matter, or 18 where three more make them safe."""

import re

_ID = re.compile(r"[A-Za-z0-9]{15}(?:[A-Z0-5a-z]{3})?")
_SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def unified(identifier: str) -> str:
    """The 18-character form of an id; anything else is returned as it is.

    A longer form whose capitals a spreadsheet has changed is put right from its last three
    characters, which say where the capitals belong.

    >>> unified("0015g00000Nc7yK")
    '0015g00000Nc7yKAAR'
    >>> unified("0015G00000NC7YKAAR")
    '0015g00000Nc7yKAAR'
    """
    if not _ID.fullmatch(identifier):
        return identifier
    if len(identifier) == 18:
        identifier = _restored(identifier[:15], identifier[15:].upper())
    return identifier + "".join(_check(identifier[at : at + 5]) for at in (0, 5, 10))


def _check(part: str) -> str:
    capitals = sum(1 << place for place, letter in enumerate(part) if letter.isupper())
    return _SUFFIX[capitals]


def _restored(short: str, suffix: str) -> str:
    letters = []
    for at, letter in enumerate(short):
        capital = _SUFFIX.index(suffix[at // 5]) >> (at % 5) & 1
        letters.append(letter.upper() if capital else letter.lower())
    return "".join(letters)
