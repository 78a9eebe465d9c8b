"""How good beliefs were: by person, by team and all together, each beside the forecast and the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import TYPE_CHECKING

from arbiter.forecast.queries import memo
from arbiter.forecast.queries.belief_scores import said
from arbiter.forecast.queries.belief_scores.said import NOTHING, Met, Said, Scored
from arbiter.foundation.queries import people
from arbiter.foundation.roles import Permission
from arbiter.science import scoring
from arbiter.science.estimate import FEW, Estimate

if TYPE_CHECKING:
    from arbiter.foundation.models import Person
    from arbiter.science.scoring import InTheLarge, ReliabilityBin, ScoreDifference

ANSWERS = ("yes", "not_sure", "no")


@dataclass(frozen=True)
class Against:
    """Belief and forecast on the same renewals. `difference` is that of their log scores, below 0 if belief is better."""

    n: int
    belief: float
    forecast: float
    difference: ScoreDifference | None


@dataclass(frozen=True)
class Answered:
    """What was believed, blind, of customers who then gave one answer."""

    answer: str
    n: int
    believed: float


@dataclass(frozen=True)
class Score:
    """How good some beliefs were. Below 20 there are counts alone: no score, no rank."""

    n: int
    renewed: int
    customers: int
    blind: int
    believed: float | None
    brier: float | None
    constant: float | None
    log: float | None
    in_large: InTheLarge | None
    bins: tuple[ReliabilityBin, ...]
    against: Against | None
    answers: tuple[Answered, ...]
    met: int
    met_brier: float | None

    @property
    def is_few(self) -> bool:
        """Whether there are too few to score."""
        return self.n < FEW

    @property
    def was_certain_and_wrong(self) -> bool:
        """Whether 0 or 100 % was said of what went the other way: the log score is then infinite."""
        return self.log is not None and not isfinite(self.log)

    @property
    def share(self) -> Estimate:
        """How many of those believed in renewed, with its interval."""
        if self.in_large is None:
            return Estimate.too_few(self.n)
        mean = self.in_large.expected
        return Estimate(
            self.in_large.observed, self.in_large.low + mean, self.in_large.high + mean, self.n
        )


@dataclass(frozen=True)
class Row:
    """A person or a team with its score."""

    name: str
    score: Score


@dataclass(frozen=True)
class Board:
    """Everybody's last words, then by team and by person: those with enough by score, the others by name."""

    everybody: Score
    teams: tuple[Row, ...]
    people: tuple[Row, ...]


def of(reader: Person, *, as_of: datetime) -> Board:
    """The scores this person may read: all for who sees every customer, else their own and their team's."""
    found = memo.remember(("belief_scores", as_of.date()), lambda: said.read(as_of))
    everything = reader.may(Permission.SEE_ALL_CUSTOMERS)
    teams = [each for each in people.teams() if everything or each.pk == reader.team_id]
    colleagues = [each for each in people.everyone() if everything or each.pk == reader.pk]
    by_team, by_person = found.by_team(), found.by_person()
    team_rows = [Row(each.name, score(by_team.get(each.pk, NOTHING))) for each in teams]
    person_rows = [
        Row(each.get_full_name(), score(by_person.get(each.pk, NOTHING))) for each in colleagues
    ]
    return Board(score(found.last_words()), _ordered(team_rows), _ordered(person_rows))


def everybody(as_of: datetime) -> Score:
    """How good the last word on each renewal was, whoever said it."""
    return score(said.read(as_of).last_words())


def score(found: Scored) -> Score:
    """Score some beliefs."""
    chances = [each.probability for each in found.said]
    renewed = [each.renewed for each in found.said]
    n = len(chances)
    enough = n >= FEW
    rate = sum(renewed) / n if n else 0.0
    return Score(
        n=n,
        renewed=sum(renewed),
        customers=len({each.customer_id for each in found.said}),
        blind=sum(each.blind for each in found.said),
        believed=sum(chances) / n if n else None,
        brier=scoring.brier_score(chances, renewed) if enough else None,
        constant=rate * (1 - rate) if enough else None,
        log=scoring.log_score(chances, renewed) if enough else None,
        in_large=scoring.calibration_in_the_large(chances, renewed) if enough else None,
        bins=scoring.reliability(chances, renewed) if n else (),
        against=_against(found.said),
        answers=_answered(found.met),
        met=len(found.met),
        met_brier=_met_brier(found.met),
    )


def _against(found: Sequence[Said]) -> Against | None:
    both = [(each, each.forecast) for each in found if each.forecast is not None]
    if len(both) < FEW:
        return None
    belief = [each.probability for each, _ in both]
    forecast = [made for _, made in both]
    renewed = [each.renewed for each, _ in both]
    return Against(
        n=len(both),
        belief=scoring.brier_score(belief, renewed),
        forecast=scoring.brier_score(forecast, renewed),
        difference=_difference(belief, forecast, renewed, [each.customer_id for each, _ in both]),
    )


def _difference(
    belief: Sequence[float],
    forecast: Sequence[float],
    renewed: Sequence[bool],
    customers: Sequence[int],
) -> ScoreDifference | None:
    """The difference of the log scores; None where somebody was certain and wrong, or one customer is all."""
    finite = isfinite(scoring.log_score(belief, renewed)) and isfinite(
        scoring.log_score(forecast, renewed)
    )
    if not finite or len(set(customers)) < 2:
        return None
    return scoring.compare_log_scores(belief, forecast, renewed, clusters=customers)


def _answered(found: Sequence[Met]) -> tuple[Answered, ...]:
    told = []
    for answer in ANSWERS:
        chances = [each.probability for each in found if each.answer == answer]
        if chances:
            told.append(Answered(answer, len(chances), sum(chances) / len(chances)))
    return tuple(told)


def _met_brier(found: Sequence[Met]) -> float | None:
    """Against the stated yes or no; who is not sure has said neither."""
    sure = [each for each in found if each.answer != "not_sure"]
    if len(sure) < FEW:
        return None
    return scoring.brier_score(
        [each.probability for each in sure], [each.answer == "yes" for each in sure]
    )


def _ordered(rows: Sequence[Row]) -> tuple[Row, ...]:
    said_something = [row for row in rows if row.score.n or row.score.met]
    scored = sorted(
        (row for row in said_something if row.score.brier is not None),
        key=lambda row: (row.score.brier, row.name),
    )
    few = sorted((row for row in said_something if row.score.is_few), key=lambda row: row.name)
    return (*scored, *few)
