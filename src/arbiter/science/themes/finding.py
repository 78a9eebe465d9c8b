"""Which themes are in a set of comments? TF-IDF and non-negative matrix factorisation, one language at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from arbiter.science.themes.factors import factorise, weigh
from arbiter.science.themes.languages import by_language
from arbiter.science.themes.terms import spellings, terms_of

FEWEST_TEXTS = 6
FEWEST_MEMBERS = 3
MOST_THEMES = 20
WORDS_SHOWN = 5
# A comment belongs to a theme that holds at least this share of what it says, and says at least so much of it.
LEAST_SHARE = 0.45
LEAST_WEIGHT = 0.02
# A term in more than this share of the comments tells none of them apart.
MOST_COMMON = 0.4
ENOUGH_TO_BE_COMMON = 20


@dataclass(frozen=True)
class FoundTheme:
    """What some comments have in common: `words` name it, `members` are the places of its comments, the clearest first.

    `weights` tell how clearly each of them speaks of it.
    """

    language: str
    words: tuple[str, ...]
    members: tuple[int, ...]
    weights: tuple[float, ...]


def find_themes(texts: Sequence[str], *, languages: Sequence[str] = ()) -> list[FoundTheme]:
    """Return what comments are about: which groups of them use the same telling words?

    The comments of each language are counted apart, since no word tells that two of different languages mean the same. Each
    is a row of X, its terms weighted by TF-IDF (`weigh`). X is taken apart into W · H, both without negative numbers, so
    that the squared error is least (`factorise`). A row of H is a theme by its
    words; a comment belongs to the theme with the largest part of its row of W, if that is at least 45 % of it. There are
    √(N / 1.6) themes to begin with, 2 to 20; one with fewer than three comments is left out, and so are its comments.

    Args:
        texts: what was said, at most some thousand. Shape (n,).
        languages: the language each was asked in, where known, "" where not. Shape (n,) or empty.

    Returns:
        The themes of all languages, the one with the most comments first. Comments about nothing in particular are in none.

    Raises:
        ValueError: languages are given, and not one for each text.

    References:
        Lee, D. D., Seung, H. S. (1999). Learning the parts of objects by non-negative matrix factorization. Nature, 401, 788-791.

    Examples:
        >>> slow = ["The import is slow", "Importing files is slow", "Imports of large files are slow", "Slow imports"]
        >>> price = ["The price is too high", "High prices", "Price went up, too high", "We pay a high price"]
        >>> sorted(theme.members for theme in find_themes([*slow, *price]))
        [(0, 1, 2, 3), (4, 5, 6, 7)]
    """
    found = [
        theme
        for language, some in by_language(texts, told=languages).items()
        if len(some) >= FEWEST_TEXTS
        for theme in _of_one_language(texts, some, language)
    ]
    return sorted(found, key=lambda theme: (-len(theme.members), theme.words))


def _of_one_language(texts: Sequence[str], places: list[int], language: str) -> list[FoundTheme]:
    own = [texts[place] for place in places]
    told = weigh(
        [terms_of(text, language=language) for text in own],
        most_common=MOST_COMMON if len(own) >= ENOUGH_TO_BE_COMMON else 1.0,
    )
    if not told.terms:
        return []
    parts, themes = factorise(told.matrix, count=_how_many(told.matrix.shape))
    shown = spellings(own, language=language)
    found = []
    for number, members in _members(parts).items():
        if len(members) < FEWEST_MEMBERS:
            continue
        words = tuple(shown[told.terms[term]] for term in _heaviest(themes[number]))
        found.append(
            FoundTheme(
                language,
                words,
                tuple(places[row] for row, _ in members),
                tuple(round(weight, 3) for _, weight in members),
            )
        )
    return found


def _how_many(shape: tuple[int, int]) -> int:
    return int(min(max(2, min(MOST_THEMES, round(sqrt(shape[0] / 1.6)))), *shape))


def _members(parts: NDArray[np.float64]) -> dict[int, list[tuple[int, float]]]:
    """Return the rows of each theme with how much of it they say, the clearest first."""
    total = parts.sum(axis=1)
    best = parts.argmax(axis=1)
    found: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for row, number in enumerate(best):
        weight = parts[row, number]
        if weight >= LEAST_WEIGHT and weight / total[row] >= LEAST_SHARE:
            found[int(number)].append((row, float(weight)))
    return {
        number: sorted(rows, key=lambda each: (-each[1], each[0])) for number, rows in found.items()
    }


def _heaviest(theme: NDArray[np.float64]) -> list[int]:
    order = np.argsort(-theme, kind="stable")[:WORDS_SHOWN]
    return [int(term) for term in order if theme[term] > 0]
