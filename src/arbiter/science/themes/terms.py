"""What a comment is counted by: its words without their endings, or pieces of it where words are not apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from arbiter.science.themes.languages import WITHOUT_SPACES, WORD
from arbiter.science.themes.stop_words import BY_LANGUAGE, ENDINGS

SHORTEST = 3
SHORTEST_STEM = 4


def terms_of(text: str, *, language: str) -> list[str]:
    """Return the terms of a text: what of it says what it is about?

    Words of three letters or more, in lower case, without the small words of the language, each cut back by its longest known
    ending so that at least four letters stay. A language without spaces is cut into every two neighbouring letters; of one
    we have no list for, every word stays.

    Args:
        text: what was said. Any length.
        language: as `language_of` tells it.

    Returns:
        The terms in their order, each as often as it is there.

    Raises:
        Nothing: a text without terms has an empty list.

    References:
        Porter, M. F. (1980). An algorithm for suffix stripping. Program, 14(3), 130-137 (ours is its first step alone).

    Examples:
        >>> terms_of("The imports are failing again", language="en")
        ['import', 'fail']
        >>> terms_of("請求書の出力", language="ja")
        ['請求', '求書', '書の', 'の出', '出力']
    """
    if language in WITHOUT_SPACES:
        return _pieces(text)
    return [stem(word, language=language) for word in _words(text, language)]


def stem(word: str, *, language: str) -> str:
    """Return a word without its ending: which words count as the same one?

    The longest ending of the language's list goes, as long as four letters stay.

    Args:
        word: in lower case, of any length.
        language: as `language_of` tells it.

    Raises:
        Nothing: a word of a language without a list stays as it is.

    References:
        Porter, M. F. (1980). An algorithm for suffix stripping. Program, 14(3), 130-137.

    Examples:
        >>> stem("reports", language="en"), stem("Rechnungen".lower(), language="de")
        ('report', 'rechn')
    """
    for ending in ENDINGS.get(language, ()):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def spellings(texts: Iterable[str], *, language: str) -> dict[str, str]:
    """Return how each term is mostly written: by which word is a theme shown?

    Args:
        texts: what was said.
        language: of all of them.

    Returns:
        The most frequent word by its term; the first in the alphabet of equally frequent ones.

    Raises:
        Nothing: no texts have no spellings.

    References:
        Arbiter's own; a count, not a model.

    Examples:
        >>> spellings(["Imports fail", "imports again", "one import"], language="en")["import"]
        'imports'
    """
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        if language in WITHOUT_SPACES:
            for piece in _pieces(text):
                seen[piece][piece] += 1
        else:
            for word in _words(text, language):
                seen[stem(word, language=language)][word] += 1
    return {term: min(words, key=lambda word: (-words[word], word)) for term, words in seen.items()}


def _words(text: str, language: str) -> list[str]:
    small = BY_LANGUAGE.get(language, frozenset())
    # Of "l'export" and "doesn't" the longer part says what it is about.
    parts = (word.lower().replace("’", "'").split("'") for word in WORD.findall(text))
    found = (max(each, key=len) for each in parts)
    return [word for word in found if len(word) >= SHORTEST and word not in small]


def _pieces(text: str) -> list[str]:
    runs = (run for run in WORD.findall(text) if len(run) > 1)
    return [run[place : place + 2] for run in runs for place in range(len(run) - 1)]
