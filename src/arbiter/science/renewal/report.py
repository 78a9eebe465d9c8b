"""What a model rests on: how much is data, how much is prior, and what became of each starting belief."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from arbiter.science.interval import normal_quantile
from arbiter.science.renewal.layout import MISSING
from arbiter.science.renewal.learnt import Learnt, Scores
from arbiter.science.renewal.model import LEVEL, Model
from arbiter.science.renewal.terms import DEVIATION, TEMPERATURE, TEMPERATURE_SD, TERMS
from arbiter.science.renewal.wording import COLUMN_LABELS, label_of


@dataclass(frozen=True, slots=True)
class Effect:
    """What was believed of one effect, in log-odds per unit, and what is believed now."""

    name: str
    part: str
    """The entry of `Model.parts` it belongs to."""
    label: str
    prior: float
    prior_sd: float
    mean: float
    sd: float

    @property
    def low(self) -> float:
        """Lower end of the 90 % range."""
        return self.mean - normal_quantile(LEVEL) * self.sd

    @property
    def high(self) -> float:
        """Upper end of the 90 % range."""
        return self.mean + normal_quantile(LEVEL) * self.sd

    @property
    def share_of_data(self) -> float:
        """How much of the first doubt the data has removed: 1 − variance now / variance then, in [0, 1]."""
        return max(0.0, 1 - (self.sd / self.prior_sd) ** 2)


@dataclass(frozen=True)
class Report:
    """What a model rests on. Counts are 0 on the first day."""

    renewals: int
    churns: int
    customers: int
    snapshots: int
    effective_renewals: float
    """After forgetting."""
    effective_degrees: float
    """How many of the coefficients the data decided."""
    coefficients: int
    temperature: Effect
    """κ: how much of the starting beliefs the data supports."""
    terms: tuple[Effect, ...]
    """The lines of the table, then segments, leads and the company's own signals."""
    weight: float
    """How much say the challenger has, in [0, 1]."""
    kept: float
    """How much of what the model says beyond the base rate has held, in [0, 1]."""
    challenger_note: str
    """Why there is no challenger; empty where there is one."""
    misfit: float
    scores: Scores | None
    sentences: tuple[str, ...]
    """All of it in plain words."""

    @property
    def share_of_data(self) -> float:
        """Effective degrees of freedom over coefficients: 0 is prior alone, 1 data alone."""
        return self.effective_degrees / self.coefficients


def report(model: Model) -> Report:
    """Return what a model rests on: trained on how many, how much is prior, what became of each belief.

    The effective degrees of freedom tr(H⁻¹ZᵀWZ) say how many of the coefficients the data decided; of one
    effect, 1 − variance now / variance then says how much of the first doubt is gone.

    Args:
        model: any model, of the first day or learnt.

    References:
        Spiegelhalter, D. J. et al. (2002). Bayesian measures of model complexity and fit. Journal of the
        Royal Statistical Society B, 64(4), 583-639.

    Examples:
        >>> from arbiter.science.renewal import UNTOLD, day_one
        >>> told = report(day_one([], base_rate=UNTOLD))
        >>> told.renewals, told.temperature.mean, told.terms[0].label
        (0, 0.55, 'The decision maker says yes')
        >>> told.sentences[0]
        'Nothing was learnt yet: these are the beliefs of the first day.'
    """
    learnt = model.learnt
    temperature = _temperature(model)
    return Report(
        renewals=learnt.renewals if learnt else 0,
        churns=learnt.churns if learnt else 0,
        customers=learnt.customers if learnt else 0,
        snapshots=learnt.snapshots if learnt else 0,
        effective_renewals=learnt.effective_renewals if learnt else 0.0,
        effective_degrees=learnt.effective_degrees if learnt else 0.0,
        coefficients=len(model.mean),
        temperature=temperature,
        terms=(*_table(model), *_beside(model)),
        weight=model.weight,
        kept=model.kept,
        challenger_note=learnt.challenger_note if learnt else "",
        misfit=model.misfit,
        scores=learnt.scores if learnt else None,
        sentences=tuple(_sentences(model, temperature)),
    )


def _temperature(model: Model) -> Effect:
    return Effect(
        name="temperature",
        part="",
        label="How much of our starting beliefs your renewals support",
        prior=TEMPERATURE,
        prior_sd=TEMPERATURE_SD,
        mean=float(model.mean[1]),
        sd=float(np.sqrt(model.covariance[1, 1])),
    )


def _table(model: Model) -> Iterator[Effect]:
    """The lines of the table: an effect is κ m + δ."""
    for column, term in enumerate(TERMS, start=2):
        of = np.zeros(len(model.mean))
        of[1], of[column] = term.effect, 1.0
        yield Effect(
            name=term.name,
            part=term.signal,
            label=COLUMN_LABELS[term.name],
            prior=TEMPERATURE * term.effect,
            prior_sd=float(np.hypot(TEMPERATURE_SD * term.effect, DEVIATION * term.sd)),
            mean=float(of @ model.mean),
            sd=float(np.sqrt(of @ model.covariance @ of)),
        )


def _beside(model: Model) -> Iterator[Effect]:
    """What is learnt beside the table: expected to be 0 at first."""
    start = 2 + len(TERMS)
    parts = np.array(model.parts)[model.layout.part_of_column].tolist()
    names = model.layout.columns[start:]
    for place, (name, sd) in enumerate(zip(names, model.layout.sds.tolist(), strict=True)):
        column = start + place
        yield Effect(
            name=name,
            part=parts[column - 2],
            label=_label(name),
            prior=0.0,
            prior_sd=sd,
            mean=float(model.mean[column]),
            sd=float(np.sqrt(model.covariance[column, column])),
        )


def _label(column: str) -> str:
    kind, _, name = column.partition(":")
    if kind == "segment":
        return f"Segment {name}" if name else "No segment"
    if kind != "signal":
        return COLUMN_LABELS[column]
    own = column.removesuffix(MISSING)
    return f"{label_of(own)}, per sd" if own == column else f"{label_of(own)} is not known"


def _sentences(model: Model, temperature: Effect) -> Iterator[str]:
    learnt = model.learnt
    if learnt is None:
        yield "Nothing was learnt yet: these are the beliefs of the first day."
        yield f"Base rate: {model.base_rate.sentence}."
        return
    yield (
        f"Learnt from {_counted(learnt.renewals, 'decided renewal')} of "
        f"{_counted(learnt.customers, 'customer')}, of which {learnt.churns:,} "
        f"{'was' if learnt.churns == 1 else 'were'} lost. Older ones count less: together they weigh "
        f"{learnt.effective_renewals:,.0f}."
    )
    yield (
        f"Your data decides {learnt.effective_degrees:.1f} of {len(model.mean)} coefficients, our starting "
        "beliefs the rest."
    )
    yield (
        f"Of our starting beliefs about what tells a renewal, your data supports {temperature.mean:.2f} "
        f"({temperature.low:.2f} to {temperature.high:.2f}); we started at {temperature.prior:.2f}."
    )
    yield _of_challenger(model, learnt)
    if learnt.scores is not None:
        yield (
            f"Of what they say beyond the base rate, {model.kept:.0%} is kept: as much as held on customers "
            f"they had not seen. There the log loss is {learnt.scores.forecast:.3f} nats per renewal; "
            f"the base rate alone gives {learnt.scores.base_rate:.3f}."
        )


def _counted(count: int, one: str) -> str:
    return f"{count:,} {one}{'' if count == 1 else 's'}"


def _of_challenger(model: Model, learnt: Learnt) -> str:
    if model.challenger is None:
        return f"No second method has a say. {learnt.challenger_note}."
    return f"A second method, boosted trees, has {model.weight:.0%} of the say."
