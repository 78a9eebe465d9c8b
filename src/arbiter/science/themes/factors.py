"""Terms weighted by how much they tell, and what they are made of: the two steps by which themes are found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import svds

FEWEST_TEXTS_OF_TERM = 2
ROUNDS = 200
# A round that betters the error by less than this share of the first betterment is the last.
ENOUGH = 1e-4
TINY = 1e-12


@dataclass(frozen=True)
class Weighted:
    """Comments by terms: how much each term tells of each comment. Rows have length 1, or 0 where no term is left."""

    matrix: csr_matrix
    terms: tuple[str, ...]


def weigh(texts: Sequence[Sequence[str]], *, most_common: float = 1.0) -> Weighted:
    """Return the terms of texts by TF-IDF: which of its terms tell a text from the others?

    With N texts, of which N(t) hold the term t, and n(t, d) the times it stands in d,

        tf-idf(t, d) = (1 + ln n(t, d)) · (1 + ln((1 + N) / (1 + N(t)))),

    and each row is divided by its length. Terms of a single text, and of more than a share of all, are left out.

    Args:
        texts: the terms of each text. Shape (n,) of any lengths.
        most_common: the largest share of texts that may hold a term, in (0, 1].

    Raises:
        ValueError: `most_common` lies outside (0, 1].

    References:
        Spärck Jones, K. (1972). A statistical interpretation of term specificity and its application in retrieval. Journal
        of Documentation, 28(1), 11-21.

    Examples:
        >>> told = weigh([["slow", "import"], ["slow", "report"], ["import"]])
        >>> told.terms
        ('import', 'slow')
        >>> [round(float(weight), 3) for weight in told.matrix.toarray()[0]]
        [0.707, 0.707]
    """
    if not 0 < most_common <= 1:
        raise ValueError("The share of the texts must lie above 0, and not above 1.")
    holding = Counter(term for text in texts for term in set(text))
    most = most_common * len(texts)
    terms = tuple(sorted(t for t, n in holding.items() if FEWEST_TEXTS_OF_TERM <= n <= most))
    place = {term: column for column, term in enumerate(terms)}
    rarity = [1 + np.log((1 + len(texts)) / (1 + holding[term])) for term in terms]
    rows: list[int] = []
    columns: list[int] = []
    weights: list[float] = []
    for row, text in enumerate(texts):
        own = {place[term]: count for term, count in Counter(text).items() if term in place}
        weight = {column: (1 + np.log(count)) * rarity[column] for column, count in own.items()}
        length = np.sqrt(sum(each * each for each in weight.values()))
        rows += [row] * len(weight)
        columns += weight
        weights += [each / length for each in weight.values()]
    shape = (len(texts), len(terms))
    return Weighted(csr_matrix((weights, (rows, columns)), shape=shape, dtype=float), terms)


def factorise(matrix: csr_matrix, *, count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return W and H with X ≈ W · H and nothing negative: of which few parts are the rows made?

    The squared error ‖X − W · H‖² is lowered by one part after the other (hierarchical alternating least squares):

        h_k ← max(0, h_k + (wₖᵀX − wₖᵀW · H) / wₖᵀwₖ), and the same for each column of W,

    beginning from the singular vectors of X (NNDSVD), so that the same X always comes apart in the same way.

    Args:
        matrix: X, without negative numbers. Shape (n, m), n and m >= 1.
        count: how many parts, 1 to min(n, m).

    Returns:
        W of shape (n, count), and H of shape (count, m) whose rows have length 1 (0 for a part nothing is made of).

    Raises:
        ValueError: there are fewer rows or columns than parts, or no part is wanted.

    References:
        Cichocki, A., Phan, A.-H. (2009). Fast local algorithms for large scale nonnegative matrix and tensor factorizations.
        IEICE Transactions on Fundamentals, E92-A(3), 708-721.
        Boutsidis, C., Gallopoulos, E. (2008). SVD based initialization. Pattern Recognition, 41(4), 1350-1362.

    Examples:
        >>> w, h = factorise(csr_matrix([[2.0, 0, 0], [4, 0, 0], [0, 3, 4]]), count=2)
        >>> np.round(w @ h, 3).tolist()
        [[2.0, 0.0, 0.0], [4.0, 0.0, 0.0], [0.0, 3.0, 4.0]]
    """
    if not 1 <= count <= min(matrix.shape):
        raise ValueError("There must be a row and a column for each part.")
    w, h = _beginning(matrix, count)
    first = before = 0.0
    for number in range(ROUNDS):
        moved = _improve(w, matrix @ h.T, h @ h.T)
        ht = h.T.copy()
        moved += _improve(ht, matrix.T @ w, w.T @ w)
        h = ht.T
        if number == 0:
            first = moved
        before = moved
        if before <= ENOUGH * first:
            break
    length = np.linalg.norm(h, axis=1)
    length[length <= TINY] = 1.0
    return w * length, h / length[:, None]


def _improve(
    half: NDArray[np.float64], cross: NDArray[np.float64], own: NDArray[np.float64]
) -> float:
    """Better one half, part by part, in place; return how far it moved."""
    moved = 0.0
    for part in range(half.shape[1]):
        step = (cross[:, part] - half @ own[:, part]) / max(own[part, part], TINY)
        bettered = np.maximum(half[:, part] + step, 0.0)
        moved += float(np.abs(bettered - half[:, part]).sum())
        half[:, part] = bettered
    return moved


def _beginning(matrix: csr_matrix, count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return W and H to begin with: the positive or the negative side of each singular vector, whichever is larger."""
    u, s, vt = _singular(matrix, count)
    w, h = np.zeros((matrix.shape[0], count)), np.zeros((count, matrix.shape[1]))
    for part in range(count):
        x, y = u[:, part], vt[part]
        sides = [(np.maximum(sign * x, 0), np.maximum(sign * y, 0)) for sign in (1, -1)]
        x, y = max(sides, key=lambda side: float(np.linalg.norm(side[0]) * np.linalg.norm(side[1])))
        size = float(np.linalg.norm(x) * np.linalg.norm(y))
        if size > TINY:
            scale = np.sqrt(s[part] * size)
            w[:, part], h[part] = scale * x / np.linalg.norm(x), scale * y / np.linalg.norm(y)
    # A zero never moves away from zero where its partner is one, too.
    mean = float(matrix.mean()) or TINY
    w[w == 0], h[h == 0] = mean, mean
    return w, h


def _singular(
    matrix: csr_matrix, count: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    if count < min(matrix.shape):
        u, sizes, vt = svds(matrix, k=count, v0=np.ones(min(matrix.shape)))
        order = np.argsort(-sizes, kind="stable")
        return u[:, order], np.asarray(sizes[order], dtype=np.float64), vt[order]
    u, sizes, vt = np.linalg.svd(matrix.toarray(), full_matrices=False)
    return u[:, :count], np.asarray(sizes[:count], dtype=np.float64), vt[:count]
