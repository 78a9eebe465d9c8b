"""The calendar of a simulated vendor: days count from 0, terms last a year, the inner life moves by months."""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

FIRST_DAY = date(2019, 1, 1)
MONTH_DAYS = 30.4375
TERM_DAYS = 365
PANEL_DAYS = 2191
"""Six years: five of history and the one in which the renewals fall due that are forecast."""
TODAY = PANEL_DAYS - TERM_DAYS
"""The day that parts history from what is to be forecast."""
TERMS = 6
MONTHS = 74
"""Months of a customer's own life, counted from its start."""
NEVER = 1 << 14
"""A day that does not come."""


def on(day: int) -> date:
    """Return the date of a day."""
    return FIRST_DAY + timedelta(days=int(day))


def month_of(start: Ints, day: Ints) -> Ints:
    """Return the month of its own life in which a customer is on a day."""
    month = np.floor((day - start) / MONTH_DAYS).astype(np.int64)
    return np.clip(month, 0, MONTHS - 1)


def day_of(start: Ints, month: Ints) -> Ints:
    """Return the first day of a month of a customer's own life."""
    return np.asarray(start + np.ceil(month * MONTH_DAYS).astype(np.int64))
