"""In which of our six languages somebody is spoken to, how it writes days, and what we say around what we ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import formats, timezone, translation

from arbiter.voice import library
from arbiter.voice.queries import surveys

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact

USUAL = "en"
# Days and months in British order, as everywhere else in here; who says `en-us` gets theirs.
ENGLISH = "en-gb"
LANGUAGES = library.LANGUAGES
RIGHT_TO_LEFT = library.RIGHT_TO_LEFT


@dataclass(frozen=True, slots=True)
class Said:
    """What a mail says around what it asks, with the names filled in. `language` has two letters."""

    language: str
    direction: str
    words: dict[str, str]


def spoken(codes: Iterable[str]) -> str:
    """Return the first of these languages that we speak, as Django calls it; English when there is none."""
    for code in codes:
        base = base_of(code.lower().replace("_", "-"))
        if base in LANGUAGES:
            return ENGLISH if code.lower() == USUAL else _known_to_django(code.lower(), base)
    return ENGLISH


def language_of(contact: Contact) -> str:
    """Return the language in which a contact is written to, by its two letters."""
    return base_of(spoken(surveys.languages_of(contact)))


def base_of(code: str) -> str:
    """Return a language without its country."""
    return code.split("-")[0]


def direction_of(code: str) -> str:
    """Return in which direction a language is read: `ltr` or `rtl`."""
    return "rtl" if base_of(code) in RIGHT_TO_LEFT else "ltr"


def around(
    contact: Contact, *, languages: Sequence[str] = (), day: date | None = None, **names: str
) -> Said:
    """Return what a mail to a contact says around what it asks, in the first of their languages that we speak.

    Args:
        contact: who is written to.
        languages: wanted before their own, the best first.
        day: the date that is spoken of, written as that language writes it.
        names: what else is filled in.
    """
    code = spoken([*languages, *surveys.languages_of(contact)])
    language = base_of(code)
    if day is not None:
        with translation.override(code):
            names["date"] = whole_day(day)
    words = surveys.filled(library.letter(language), contact, **names)
    return Said(language, direction_of(language), words)


def words_of(language: str) -> dict[str, str]:
    """Return what mails say in a language, and the pages behind them as well; the names are still open."""
    return library.letter(language)


def whole_day(moment: date) -> str:
    """Return a day with its year, as the language that is spoken now writes it."""
    british = translation.get_language() == ENGLISH
    return formats.date_format(local(moment), "j F Y" if british else "DATE_FORMAT")


def local(moment: date) -> date:
    """Return a moment as the clocks here show it; a day is the same everywhere."""
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment)
    return moment


def _known_to_django(code: str, base: str) -> str:
    try:
        return translation.get_supported_language_variant(code.replace("_", "-"))
    except LookupError:
        return base
