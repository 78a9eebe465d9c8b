"""Published data: the customers of the record shop CDNOW, and the two cohorts of a subscription."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import polars as pl

from arbiter.science.lifetime import of_days

REGULAR = (1000, 631, 468, 382, 326, 289, 262, 241, 223, 207, 194, 183, 173)
HIGH_END = (1000, 869, 743, 653, 593, 551, 517, 491, 468, 445, 427, 409, 394)
"""Survivors of 1,000 customers, year by year: Fader and Hardie (2007), table 1."""

DATASETS = Path(find_spec("lifetimes").submodule_search_locations[0]) / "datasets"


def summary():
    """2,357 customers as published: frequency, recency and T in weeks of two decimals, mean amount."""
    return pl.read_csv(DATASETS / "cdnow_customers_summary_with_transactions.csv")


def histories():
    rows = summary()
    return of_days(rows["x"], rows["t_x"].to_numpy() * 7, rows["T"].to_numpy() * 7)


def orders():
    """The single orders behind the summary: customer, day and amount."""
    parts = [line.split() for line in (DATASETS / "CDNOW_sample.txt").read_text().splitlines()]
    days = [f"{day[:4]}-{day[4:6]}-{day[6:]}" for _, _, day, _, _ in parts]
    return (
        np.array([int(customer) for _, customer, *_ in parts]),
        np.array(days, dtype="datetime64[D]"),
        np.array([float(amount) for *_, amount in parts]),
    )
