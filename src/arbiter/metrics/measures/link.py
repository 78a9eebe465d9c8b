"""Does a confirmed outcome go with a renewal, on the company's own data?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from arbiter.metrics.measures.measure import THEIRS, Found, Measure, Part, listed_rows, with_range
from arbiter.metrics.measures.staying import due_terms
from arbiter.metrics.picture.columns import Table
from arbiter.metrics.picture.picture import Picture
from arbiter.metrics.picture.words import CONFIRMED, JUDGED, NEVER_JUDGED
from arbiter.science.estimate import Estimate
from arbiter.science.retention import renewal_rate

GROUP = "standard"
MONTHS = 24
LABELS = {
    CONFIRMED: "An outcome was confirmed",
    JUDGED: "Judged, none confirmed",
    NEVER_JUDGED: "Nobody had judged",
}


def _confirmed_renewal_rate(picture: Picture) -> Found:
    due = due_terms(picture, MONTHS)
    known = due.where(due["known"])
    groups = {state: known.where(known["before"] == state) for state in LABELS}
    rates = {state: _rate(rows) for state, rows in groups.items()}
    main = rates[CONFIRMED]
    note = f"Over the last {MONTHS} months; goals as they stood 90 days before the term ended."
    confirmed = groups[CONFIRMED]
    lost = confirmed.where(confirmed["churned"])
    return Found(
        replace(main, n=len(confirmed), note=note),
        count=_renewed(confirmed),
        details={
            "groups": [_group(LABELS[state], groups[state], rate) for state, rate in rates.items()]
        },
        behind={"lost_confirmed": listed_rows(lost, lost["amount"], len(picture))},
    )


def _rate(rows: Table) -> Estimate:
    everybody = np.ones(len(rows), bool)
    return renewal_rate(~rows["churned"], everybody, customers=rows.customer)


def _renewed(rows: Table) -> int:
    return int((~rows["churned"]).sum())


def _group(label: str, rows: Table, rate: Estimate) -> dict[str, Any]:
    return {
        "label": label,
        **with_range(rate),
        "n": len(rows),
        "count": _renewed(rows),
    }


MEASURES = (
    Measure(
        name="confirmed_renewal_rate",
        title="Renewals after a confirmed outcome",
        question="Do customers who confirmed an outcome renew more often than the others, here?",
        formula="renewed ÷ due, of contracts whose customer had confirmed an outcome 90 days before the end",
        group=GROUP,
        compute=_confirmed_renewal_rate,
        doc="renewal-rate",
        method="confirmed-renewal-rate/1",
        side=THEIRS,
        base="contracts",
        parts=(
            Part(
                "lost_confirmed",
                "Confirmed, and lost all the same",
                "learn",
                "Find out why",
                "money",
            ),
        ),
        judged_as="renewal_rate",
    ),
)
