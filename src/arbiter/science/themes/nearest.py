"""To which of the known themes does a comment belong?"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from arbiter.science.themes.factors import weigh
from arbiter.science.themes.languages import by_language
from arbiter.science.themes.terms import terms_of

Key = TypeVar("Key", bound=Hashable)

# A comment that shares less with a theme says nothing about it; one that is nearly as near to another is left open.
LEAST_LIKENESS = 0.25
LEAST_LEAD = 0.05


class Suggestion(NamedTuple):
    """That a comment may belong to a theme, and how alike they are, in (0, 1]."""

    theme: object
    likeness: float


def nearest_themes(
    texts: Sequence[str],
    known: Mapping[Key, Sequence[str]],
    *,
    languages: Sequence[str] = (),
) -> list[Suggestion | None]:
    """Return the theme that each comment is most like: does it use the words of those that are in it already?

    All comments of one language are weighted together by TF-IDF (`weigh`). A theme is the mean of its comments, c; the
    likeness of a comment x is the cosine of the angle between them, x·c / (|x| |c|). The nearest theme is suggested from
    0.25 on, where it leads the second by 0.05.

    Args:
        texts: what was said. Shape (n,).
        known: what persons have put into each theme.
        languages: the language each of the texts was asked in, where known, "" where not. Shape (n,) or empty.

    Returns:
        For each text the nearest theme, or None where none is near. Shape (n,).

    Raises:
        ValueError: languages are given, and not one for each text.

    References:
        Rocchio, J. J. (1971). Relevance feedback in information retrieval. In: The SMART Retrieval System, 313-323.

    Examples:
        >>> known = {"import": ["The import fails", "imports are slow"], "price": ["Too high a price", "the price went up"]}
        >>> [found and found.theme for found in nearest_themes(["Import is slow again", "Hello there"], known)]
        ['import', None]
    """
    found: list[Suggestion | None] = [None] * len(texts)
    held = [(key, text) for key, members in known.items() for text in members]
    there = by_language([text for _, text in held])
    for language, places in by_language(texts, told=languages).items():
        members = [held[place] for place in there.get(language, ())]
        if members:
            told = _nearest([texts[place] for place in places], members, language)
            for place, suggestion in zip(places, told, strict=True):
                found[place] = suggestion
    return found


def _nearest(
    texts: list[str], held: list[tuple[Key, str]], language: str
) -> list[Suggestion | None]:
    everything = [*texts, *(text for _, text in held)]
    told = weigh([terms_of(text, language=language) for text in everything]).matrix
    keys = list(dict.fromkeys(key for key, _ in held))
    belongs = np.zeros((len(keys), len(held)))
    for place, (key, _) in enumerate(held):
        belongs[keys.index(key), place] = 1.0
    means = belongs @ told[len(texts) :].toarray()
    length = np.linalg.norm(means, axis=1)
    length[length == 0] = 1.0
    likeness = told[: len(texts)] @ (means / length[:, None]).T
    return [_best(keys, row) for row in np.asarray(likeness)]


def _best(keys: list[Key], likeness: NDArray[np.float64]) -> Suggestion | None:
    order = np.argsort(-likeness, kind="stable")
    best = float(likeness[order[0]])
    second = float(likeness[order[1]]) if len(order) > 1 else 0.0
    if best < LEAST_LIKENESS or best - second < LEAST_LEAD:
        return None
    return Suggestion(keys[int(order[0])], round(best, 3))
