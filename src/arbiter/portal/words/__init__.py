"""What the pages behind a link say, in six languages. One file per language, the same keys in each.

Django's active language chooses: the door of the portal sets it for each reader (see `access.py`). What customers wrote
and what a survey asks is not in here; it is shown in the words it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from django.utils import formats, timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from arbiter.portal.words import ar, de, en, es, fr, ja
from arbiter.ui import wording
from arbiter.ui.charts.goal_track import TrackWords
from arbiter.ui.wording import Number

CATALOGUES = {
    "en": en.WORDS,
    "de": de.WORDS,
    "fr": fr.WORDS,
    "es": es.WORDS,
    "ja": ja.WORDS,
    "ar": ar.WORDS,
}
USUAL = "en"
# Days and months in British order, as everywhere else in here; who says `en-us` gets theirs.
ENGLISH = "en-gb"
DIGITS = re.compile(r"\d[\d,.]*")
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


def spoken(codes: Iterable[str]) -> str:
    """Return the first of these languages that we speak, as Django calls it; English when there is none."""
    for code in codes:
        base = code.lower().replace("_", "-").split("-")[0]
        if base in CATALOGUES:
            return ENGLISH if code.lower() == USUAL else _known_to_django(code.lower(), base)
    return ENGLISH


def _known_to_django(code: str, base: str) -> str:
    try:
        return translation.get_supported_language_variant(code.replace("_", "-"))
    except LookupError:
        return base


def language() -> str:
    """Return the language in which this page speaks, by its two letters."""
    base = (translation.get_language() or USUAL).split("-")[0]
    return base if base in CATALOGUES else USUAL


def direction(code: str = "") -> str:
    """Return in which direction a language is read (that of this page unless given): `ltr` or `rtl`."""
    return "rtl" if (code or language()).split("-")[0] in RIGHT_TO_LEFT else "ltr"


def say(key: str, **values: object) -> SafeString:
    """Return what a key says in the language of this page, fit for HTML: the values are escaped."""
    words = CATALOGUES[language()][key]
    return format_html(words, **values) if values else SafeString(words)


def plain(key: str, **values: object) -> str:
    """Return what a key without markup says, as text: whoever draws it escapes it."""
    return CATALOGUES[language()][key].format(**values)


def whole_day(moment: date) -> str:
    """Return a day with its year, as this language writes it."""
    british = translation.get_language() == ENGLISH
    return formats.date_format(_local(moment), "j F Y" if british else "DATE_FORMAT")


def short_day(moment: date, as_of: datetime) -> str:
    """Return a day; its year only where it is needed."""
    if language() == USUAL:
        return wording.day(moment, as_of)
    near = abs((_date(moment) - as_of.date()).days) < 183 or _date(moment).year == as_of.year
    return formats.date_format(_local(moment), "MONTH_DAY_FORMAT" if near else "DATE_FORMAT")


def badge_day(moment: date) -> str:
    """Return a day as it stands in a badge."""
    return formats.date_format(_local(moment), "j M Y" if language() == USUAL else "DATE_FORMAT")


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


def _local(moment: date) -> date:
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment)
    return moment


def _date(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
