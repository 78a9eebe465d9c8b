"""What the pages behind a link say, in six languages. One file per language, the same keys in each.

Django's active language chooses: the door of the portal sets it for each reader (see `access.py`). What customers wrote
and what a survey asks is not in here; it is shown in the words it has.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from django.utils import formats, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from arbiter.portal.words import ar, de, en, es, fr, ja
from arbiter.ui import wording
from arbiter.ui.charts.goal_track import TrackWords
from arbiter.ui.wording import Number
from arbiter.voice.queries import speech
from arbiter.voice.queries.speech import USUAL, local, spoken, whole_day

__all__ = [
    "CATALOGUES",
    "badge_day",
    "direction",
    "language",
    "measured",
    "number",
    "plain",
    "say",
    "short_day",
    "spoken",
    "track",
    "whole_day",
]

OURS = {
    "en": en.WORDS,
    "de": de.WORDS,
    "fr": fr.WORDS,
    "es": es.WORDS,
    "ja": ja.WORDS,
    "ar": ar.WORDS,
}
# What a mail asks, the page behind it asks in the same words.
CATALOGUES = {code: speech.words_of(code) | said for code, said in OURS.items()}
DIGITS = re.compile(r"\d[\d,.]*")


def language() -> str:
    """Return the language in which this page speaks, by its two letters."""
    base = (translation.get_language() or USUAL).split("-")[0]
    return base if base in CATALOGUES else USUAL


def direction(code: str = "") -> str:
    """Return in which direction a language is read (that of this page unless given): `ltr` or `rtl`."""
    return speech.direction_of(code or language())


def say(key: str, **values: object) -> SafeString:
    """Return what a key says in the language of this page, fit for HTML: the values are escaped."""
    words = CATALOGUES[language()][key]
    return format_html(words, **values) if values else SafeString(words)


def plain(key: str, **values: object) -> str:
    """Return what a key without markup says, as text: whoever draws it escapes it."""
    return CATALOGUES[language()][key].format(**values)


def short_day(moment: date, as_of: datetime) -> str:
    """Return a day; its year only where it is needed."""
    if language() == USUAL:
        return wording.day(moment, as_of)
    near = abs((_date(moment) - as_of.date()).days) < 183 or _date(moment).year == as_of.year
    return formats.date_format(local(moment), "MONTH_DAY_FORMAT" if near else "DATE_FORMAT")


def badge_day(moment: date) -> str:
    """Return a day as it stands in a badge."""
    return formats.date_format(local(moment), "j M Y" if language() == USUAL else "DATE_FORMAT")


def number(value: Number | None) -> str:
    """Return a number with the separators of this language."""
    return DIGITS.sub(_separated, wording.number(value), count=1)


def measured(value: Number, unit: str) -> str:
    """Return a value with its unit, its number as this language writes it."""
    return DIGITS.sub(_separated, wording.measured(value, unit), count=1)


def _separated(digits: re.Match[str]) -> str:
    point = str(formats.get_format("DECIMAL_SEPARATOR"))
    thousands = str(formats.get_format("THOUSAND_SEPARATOR"))
    return digits[0].translate({ord(","): thousands, ord("."): point})


def track() -> TrackWords:
    """Return the words in which the way of a goal is told."""
    return TrackWords(
        no_baseline=plain("track_no_baseline"),
        not_measured=plain("track_not_measured"),
        no_target=plain("track_no_target"),
        start=_words("track_from"),
        past=_words("track_past"),
        today=_words("track_today"),
        end=_words("track_to"),
        way=_words("track_way"),
        share=_words("track_share"),
        confirmed=_words("track_confirmed"),
        unconfirmed=_words("track_unconfirmed"),
        unknown=_words("track_unknown"),
        number=number,
        measured=measured,
    )


def _words(key: str) -> str:
    return CATALOGUES[language()][key]


def _date(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
