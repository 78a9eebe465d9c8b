"""What was known of decided renewals some days before each of them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Look:
    """Every decided renewal, as it looked `lead_days` before: one column per signal, and what came of it.

    Build it with `Look.of`, which checks and codes the columns.

    Attributes:
        lead_days: days between the look and the decision, at least 0.
        lost: whether the customer left. Shape (n,).
        customer: code of the customer of each row. Shape (n,).
        block: code of quarter and segment of each row; chance is judged within blocks. Shape (n,).
        signals: name → value known then, NaN where there was none. Each of shape (n,).
    """

    lead_days: int
    lost: Flags
    customer: Codes
    block: Codes
    signals: Mapping[str, Floats]

    @classmethod
    def of(
        cls,
        lead_days: int,
        *,
        lost: ArrayLike,
        signals: Mapping[str, ArrayLike],
        customer: ArrayLike | None = None,
        block: ArrayLike | None = None,
    ) -> "Look":
        """Return a look from columns of any kind.

        Args:
            lead_days: days before the decision, at least 0.
            lost: 1 where the customer left, 0 where it stayed. Shape (n,).
            signals: name → values, NaN where nothing was known. Each of shape (n,).
            customer: any label of the customer. Shape (n,). Without, each row is another customer's.
            block: any label, such as quarter and segment. Shape (n,). Without, all rows are alike.

        Raises:
            ValueError: columns of different length, a negative lead, an outcome other than 0 and 1, or
                an infinite value.
        """
        outcome = np.asarray(lost, dtype=float)
        if lead_days < 0 or outcome.ndim != 1 or not np.all((outcome == 0) | (outcome == 1)):
            raise ValueError("A look needs a lead of at least 0 days and outcomes of 0 and 1.")
        n = len(outcome)
        columns = {name: np.asarray(values, dtype=float) for name, values in signals.items()}
        for name, values in columns.items():
            if values.shape != (n,) or np.isinf(values).any():
                raise ValueError(f"{name} needs one finite value, or NaN, for each outcome.")
        return cls(
            lead_days=lead_days,
            lost=outcome == 1,
            customer=_codes(customer, n, alone=True),
            block=_codes(block, n, alone=False),
            signals=columns,
        )

    def __len__(self) -> int:
        return len(self.lost)


def _codes(labels: ArrayLike | None, n: int, *, alone: bool) -> Codes:
    if labels is None:
        return np.arange(n, dtype=np.intp) if alone else np.zeros(n, dtype=np.intp)
    given = np.asarray(labels)
    if given.shape != (n,):
        raise ValueError("Customers and blocks need one label for each outcome.")
    return np.unique(given, return_inverse=True)[1].astype(np.intp)
