"""All signals at all leads, with the luck that comes of testing many taken into account."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from arbiter.science.audit.findings import Finding, finding
from arbiter.science.audit.leaks import leaks
from arbiter.science.audit.looks import Look
from arbiter.science.discrimination.placements import placements
from arbiter.science.multiplicity import benjamini_hochberg

MAIN_LEAD = 90


@dataclass(frozen=True, slots=True)
class Audited:
    """One signal at every lead.

    Attributes:
        name: the signal.
        findings: what it said, the longest lead first.
        main: what it said at the lead that the page leads with.
        useful_lead_days: the longest lead from which on, to the decision, its lower end stays above
            0.5; None where it never does.
        leaks: why it may have been written after the decision; empty where nothing is suspect.
    """

    name: str
    findings: tuple[Finding, ...]
    main: Finding
    useful_lead_days: int | None
    leaks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """Every signal, the best first, and how many tests it took.

    Attributes:
        signals: leaks last, then by the lower end of the AUC at the main lead, unknown after known.
        tested: how many pairs of signal and lead had enough losses to be tested.
        lead_days: the main lead.
        decided: decided renewals at the main lead.
        lost: of those, how many left.
    """

    signals: tuple[Audited, ...]
    tested: int
    lead_days: int
    decided: int
    lost: int


def audit(
    looks: Sequence[Look],
    *,
    main_lead_days: int = MAIN_LEAD,
    lower_renews: Collection[str] = (),
    higher_renews: Collection[str] = (),
) -> Audit:
    """Return what each signal said before the renewals: which of them ever predicted anything?

    Each signal is tested at each lead; p-values are adjusted over all of them by Benjamini and
    Hochberg. The direction of a signal nobody told is the one in which it stands above 0.5 over all leads,
    the main one twice; its p-value is two-sided, so that choosing costs nothing.

    Args:
        looks: the same decided renewals at several leads; each lead once, at least one of them.
        main_lead_days: the lead that decides how signals are ordered and what is said of them.
        lower_renews: signals of which a lower value speaks for renewal, such as open tickets.
        higher_renews: signals of which a higher value does.

    Raises:
        ValueError: no look has the main lead, a lead occurs twice, or looks know different signals.

    References:
        Benjamini, Y. and Hochberg, Y. (1995); see `arbiter.science.multiplicity`.

    Examples:
        >>> lost = [1] * 40 + [0] * 160
        >>> noise = list(range(200))
        >>> look = Look.of(90, lost=lost, signals={"health": [40] * 30 + [75] * 170})
        >>> told = audit([look])
        >>> told.signals[0].main.says, told.tested
        (<Says.PREDICTS: 'predicts'>, 1)
    """
    by_lead = {look.lead_days: look for look in looks}
    if main_lead_days not in by_lead or len(by_lead) != len(looks):
        raise ValueError("Every lead occurs once, and the main lead is one of them.")
    main = by_lead[main_lead_days]
    if any(set(look.signals) != set(main.signals) for look in looks):
        raise ValueError("Every look needs the same signals.")
    known = _directions([main, *looks], frozenset(lower_renews), frozenset(higher_renews))
    leads = sorted(by_lead, reverse=True)
    found = [finding(by_lead[lead], name, higher_renews=up) for name, up in known for lead in leads]
    told = list(_adjusted(found))
    step = len(leads)
    signals = [_audited(told[start : start + step], main) for start in range(0, len(told), step)]
    return Audit(
        signals=tuple(sorted(signals, key=_rank)),
        tested=sum(each.p is not None for each in told),
        lead_days=main_lead_days,
        decided=len(main),
        lost=int(main.lost.sum()),
    )


def _directions(
    looks: Sequence[Look], lower: frozenset[str], higher: frozenset[str]
) -> list[tuple[str, bool]]:
    return [
        (name, name not in lower and (name in higher or _is_up(looks, name)))
        for name in looks[0].signals
    ]


def _is_up(looks: Sequence[Look], name: str) -> bool:
    """Whether, over all leads, those who stayed stand above those who left."""
    return sum(_lean(look, name) for look in looks) >= 0


def _lean(look: Look, name: str) -> float:
    values = look.signals[name]
    here = ~np.isnan(values)
    stayed = ~look.lost[here]
    if stayed.all() or not stayed.any():
        return 0.0
    return placements(values[here], stayed).area - 0.5


def _adjusted(found: Sequence[Finding]) -> Iterator[Finding]:
    tested = [each.p for each in found if each.p is not None]
    adjusted = iter(benjamini_hochberg(tested).tolist())
    for each in found:
        yield each.adjusted(None if each.p is None else next(adjusted))


def _audited(found: Sequence[Finding], main: Look) -> Audited:
    name = found[0].name
    return Audited(
        name=name,
        findings=tuple(found),
        main=next(each for each in found if each.lead_days == main.lead_days),
        useful_lead_days=_useful(found),
        leaks=leaks(main.signals[name], main.lost, found),
    )


def _useful(found: Sequence[Finding]) -> int | None:
    """The longest lead whose lower end, and that of every shorter lead, lies above 0.5."""
    useful: int | None = None
    for each in reversed(found):
        if each.auc is None or each.auc.low <= 0.5:
            break
        useful = each.lead_days
    return useful


def _rank(audited: Audited) -> tuple[bool, bool, float, str]:
    found = audited.main.auc
    return (bool(audited.leaks), found is None, -(found.low if found else 0.0), audited.name)
