"""Learning: what the company's own renewals make of the starting beliefs."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from scipy.special import logit

from arbiter.science.renewal import challenger, checking
from arbiter.science.renewal.base_rate import BaseRate
from arbiter.science.renewal.cases import Cases, History, cases, joined
from arbiter.science.renewal.challenger import Challenger
from arbiter.science.renewal.known import Known
from arbiter.science.renewal.layout import layout_of, rows
from arbiter.science.renewal.learnt import Learnt
from arbiter.science.renewal.model import STRANGERS, Model, anchored, from_cases
from arbiter.science.renewal.posterior import fitted

METHOD: Final = "anchored-learning/1"


def learn(
    past: History,
    *,
    base_rate: BaseRate,
    open_contracts: Cases | Sequence[Known],
    strangers: float = STRANGERS,
    boosting: bool = True,
) -> Model:
    """Return what to believe after these renewals: the model of the first day, moved by what happened.

    η = a + κ Σ m x + Σ δ x + segment + lead + κ' t Σ m x + Σ γ signal, with the beliefs of the first day
    about a, κ and δ, and N(0, 0.35²), N(0, 0.2²), N(0, 0.1²) and N(0, 0.25²) about the rest. a is anchored
    on the open contracts as on the first day. Each renewal weighs 1 in total over its rows, half of it for
    every 24 months since its decision. From a hundred renewals on a challenger is trained and has as much
    say as it earned on customers neither had seen. Without renewals it is the model of the first day.

    Args:
        past: decided renewals. Length n >= 0.
        base_rate: the share of due contracts that renews, as told or as is usual.
        open_contracts: everything known of every contract that is open.
        strangers: how many contracts of which nothing is known are added to them, at least 0.
        boosting: whether a challenger may be trained.

    Raises:
        ValueError: strangers is below 0.

    References:
        docs/method/learning.md.

    Examples:
        >>> from arbiter.science.renewal.cases import history
        >>> past = history([Known()] * 8, renewed=[1, 1, 1, 0] * 2, renewal=range(8), customer=range(8),
        ...     age_months=[0] * 8)
        >>> model = learn(past, base_rate=BaseRate(renewed=9, due=10), open_contracts=[])
        >>> model.method, model.learnt.churns
        ('anchored-learning/1', 2)
    """
    seen = open_contracts if isinstance(open_contracts, Cases) else cases(open_contracts)
    start = anchored(seen.x, base_rate=base_rate, strangers=strangers)
    if not len(past):
        return start
    past = in_order(past)
    layout = layout_of(past)
    everybody = joined([seen, cases([Known()])])
    share = np.append(np.ones(len(seen)), max(strangers, 0 if len(seen) else 1))
    share /= share.sum()
    start = replace(
        start, method=METHOD, layout=layout, reference=share @ rows(everybody, layout)[:, 2:]
    )
    model, degrees = fitted(past, start)
    checked = checking.check(past, start, boosting=boosting)
    if not checked.challenger_note:
        average = challenger.average(checked.forest, everybody, share, layout)
        forest = Challenger(checked.forest, average)
        model = replace(model, challenger=forest, weight=checked.weight)
    model = replace(
        model,
        kept=checked.kept,
        level=float(logit(checking.rate(past, base_rate))),
        learnt=_learnt(past, start, degrees, checked),
    )
    seen_again = logit(from_cases(past.cases, model).probability)
    return replace(model, misfit=checking.misfit(seen_again, past.weight))


def _learnt(past: History, start: Model, degrees: float, checked: checking.Checked) -> Learnt:
    return Learnt(
        renewals=past.renewals,
        churns=past.churns,
        customers=past.customers,
        snapshots=len(past),
        effective_renewals=float(past.weight.sum()),
        effective_degrees=degrees,
        intercept=float(start.mean[0]),
        challenger_note=checked.challenger_note,
        scores=checked.scores,
    )


def in_order(past: History) -> History:
    """Return the same rows in an order of their own, so that the given one leaves no trace in the last digit.

    Args:
        past: decided renewals, no two rows of one renewal with the same lead.

    References:
        docs/method/learning.md.

    Examples:
        >>> from arbiter.science.renewal.cases import history
        >>> past = history([Known()] * 2, renewed=[0, 1], renewal=["b", "a"], customer=[1, 2], age_months=[1, 2])
        >>> in_order(past).renewed.tolist()
        [1.0, 0.0]
    """
    return past.take(np.lexsort((past.cases.lead_days, past.renewal)))
