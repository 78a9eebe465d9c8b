"""In which language is a comment written?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from arbiter.science.themes.stop_words import BY_LANGUAGE

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
KANA = re.compile(r"[\u3040-\u30ff]")
HAN = re.compile(r"[\u4e00-\u9fff]")
ARABIC = re.compile(r"[\u0600-\u06ff]")
# Languages that write words without spaces between them.
WITHOUT_SPACES = frozenset({"ja", "zh"})


def language_of(text: str, *, told: str = "") -> str:
    """Return the language of a text: which list of small words explains most of its words?

    The share of words that stand in the list of a language is counted, and the language with the largest wins:

        argmax over languages of |words ∩ small words| / |words|

    Scripts that belong to one language decide before any word is counted. What somebody told beforehand (the language a
    question was shown in) counts where the words decide nothing.

    Args:
        text: what was said. Any length.
        told: the language it is thought to be in, as a tag such as "de-AT"; "" when nobody knows.

    Returns:
        "en", "de", "fr", "es", "ja", "zh" or "ar"; else what was told, without its region; "" when nothing is known.

    Raises:
        Nothing: every text has an answer, if only "".

    References:
        Grefenstette, G. (1995). Comparing two language identification schemes. Proceedings of the 3rd International
        Conference on Statistical Analysis of Textual Data, 263-268.

    Examples:
        >>> language_of("The import takes far too long for us.")
        'en'
        >>> language_of("Der Import dauert für uns viel zu lange.")
        'de'
        >>> language_of("Export?", told="fr-CA")
        'fr'
    """
    by_script = _by_script(text)
    if by_script:
        return by_script
    words = {word.lower() for word in WORD.findall(text)}
    found = {language: len(words & small) for language, small in BY_LANGUAGE.items()}
    known = told.lower().replace("_", "-").split("-")[0]
    best = max(found.values(), default=0)
    if not best:
        return known
    first = [language for language, count in found.items() if count == best]
    return known if known in first else first[0]


def by_language(texts: Sequence[str], *, told: Sequence[str] = ()) -> dict[str, list[int]]:
    """Return the places of texts by their language: which of them can be counted together?

    A text whose language nothing tells ("Slow imports!") is counted with the language that most of the others are in.

    Args:
        texts: what was said. Shape (n,).
        told: the language each is thought to be in, "" where nobody knows. Shape (n,) or empty.

    Returns:
        The places in their order, by language; every place once.

    Raises:
        ValueError: languages are told, and not one for each text.

    References:
        Arbiter's own; a rule, not a model.

    Examples:
        >>> by_language(["The import is slow", "Der Import ist langsam", "It is too slow", "Slow!"])
        {'en': [0, 2, 3], 'de': [1]}
    """
    if told and len(told) != len(texts):
        raise ValueError("Give a language for each text, or none.")
    found: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        found[language_of(text, told=told[place] if told else "")].append(place)
    unknown = found.pop("", [])
    if unknown:
        usual = max(found, key=lambda language: len(found[language]), default="")
        found[usual] = sorted(found[usual] + unknown)
    return dict(found)


def _by_script(text: str) -> str:
    if KANA.search(text):
        return "ja"
    if HAN.search(text):
        return "zh"
    return "ar" if ARABIC.search(text) else ""
