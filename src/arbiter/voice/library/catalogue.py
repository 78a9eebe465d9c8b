"""The words of the library, found by survey and language."""

from typing import Any

from arbiter.voice.library import ar, de, en, es, fr, ja
from arbiter.voice.library.definitions import BUILT_IN, Definition

_SURVEYS: dict[str, dict[str, dict[str, Any]]] = {
    "en": en.SURVEYS,
    "de": de.SURVEYS,
    "fr": fr.SURVEYS,
    "es": es.SURVEYS,
    "ja": ja.SURVEYS,
    "ar": ar.SURVEYS,
}
_LETTERS: dict[str, dict[str, str]] = {
    "en": en.LETTER,
    "de": de.LETTER,
    "fr": fr.LETTER,
    "es": es.LETTER,
    "ja": ja.LETTER,
    "ar": ar.LETTER,
}
LANGUAGES = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "ja": "日本語",
    "ar": "العربية",
}
RIGHT_TO_LEFT = frozenset({"ar", "he", "fa", "ur"})
_BY_KEY = {each.key: each for each in BUILT_IN}


def definition(key: str) -> Definition | None:
    """Return what the library knows of a survey; None when it is not of the library."""
    return _BY_KEY.get(key)


def words(key: str, language: str) -> dict[str, Any]:
    """Return the words of a survey of the library in one of `LANGUAGES`."""
    return _SURVEYS[language][key]


def letter(language: str) -> dict[str, str]:
    """Return the words around a question in a mail; English where the language is not one of `LANGUAGES`."""
    return _LETTERS.get(language) or _LETTERS.get(language.split("-")[0]) or en.LETTER
