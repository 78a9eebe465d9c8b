"""What each of us last believed of a renewal while it could still be believed, and how it went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from arbiter.forecast import rules
from arbiter.forecast.models import Belief
from arbiter.forecast.queries import forecasts, histories
from arbiter.forecast.queries.audits.looks import eve_of
from arbiter.forecast.queries.histories import Decided
from arbiter.forecast.queries.ids import Ids
from arbiter.voice.queries import answers
from arbiter.voice.queries.answers import IntentGiven


class Logged(NamedTuple):
    """A belief in brief."""

    contract_id: int
    customer_id: int
    starts_on: date
    by_id: int | None
    team_id: int | None
    at: datetime
    recorded_at: datetime
    probability: float


@dataclass(frozen=True, slots=True)
class Said:
    """One belief that is scored. `forecast` is the last stored by the same day, None where there was none."""

    contract_id: int
    customer_id: int
    by_id: int | None
    team_id: int | None
    at: datetime
    probability: float
    renewed: bool
    blind: bool
    forecast: float | None


@dataclass(frozen=True, slots=True)
class Met:
    """A belief that was logged before any answer, and what the customer then answered."""

    contract_id: int
    by_id: int | None
    team_id: int | None
    at: datetime
    probability: float
    answer: str


One = TypeVar("One", Said, Met)


@dataclass(frozen=True)
class Scored:
    """Everything that beliefs are scored by. Of each person and contract the last belief that counts."""

    said: tuple[Said, ...]
    met: tuple[Met, ...]

    def by_person(self) -> dict[int | None, Scored]:
        """What each person said, whom nobody knows any more under None."""
        return self._by(lambda each: each.by_id)

    def by_team(self) -> dict[int | None, Scored]:
        """What each team's people said; of each contract only the last word of them."""
        return {
            team: of_team.last_words()
            for team, of_team in self._by(lambda each: each.team_id).items()
        }

    def last_words(self) -> Scored:
        """Of each contract only what was said last, by whomever."""
        return Scored(_last(self.said), _last(self.met))

    def _by(self, whose: Callable[[Said | Met], int | None]) -> dict[int | None, Scored]:
        said, met = defaultdict(list), defaultdict(list)
        for one in self.said:
            said[whose(one)].append(one)
        for other in self.met:
            met[whose(other)].append(other)
        return {key: Scored(tuple(said[key]), tuple(met[key])) for key in said.keys() | met.keys()}


NOTHING = Scored((), ())


def read(as_of: datetime) -> Scored:
    """Read every belief that can be scored at a moment: four queries.

    Args:
        as_of: only renewals due, decided and known by then, and answers known by then. Of a decided
            renewal only what was said and known before anybody was told how it would end.
    """
    logged = _logged(as_of)
    given = answers.intents_given(Ids(sorted({each.customer_id for each in logged})), as_of=as_of)
    decided = {each.contract.id: each for each in histories.decided(as_of)}
    with_belief = {each.contract_id for each in logged} & decided.keys()
    eves = {pk: eve_of(decided[pk]).moment for pk in sorted(with_belief)}
    forecast = forecasts.chances_until(eves)
    said: list[Said] = []
    met: list[Met] = []
    for beliefs in _by_contract_and_person(logged):
        heard = _counting(beliefs[0], given.get(beliefs[0].customer_id, ()))
        one = decided.get(beliefs[0].contract_id)
        if one is not None:
            eve = eves[one.contract.id]
            heard = [each for each in heard if each.at <= eve and each.recorded_at <= eve]
            beliefs = [each for each in beliefs if each.at <= eve and each.recorded_at <= eve]
            if beliefs:
                said.append(_said(beliefs[-1], one, heard, forecast.get(one.contract.id)))
        met += _met(beliefs, heard)
    return Scored(tuple(said), tuple(met))


def _logged(as_of: datetime) -> list[Logged]:
    rows = Belief.objects.filter(at__lte=as_of, recorded_at__lte=as_of).order_by("at", "pk")
    columns = (
        "contract_id",
        "contract__customer_id",
        "contract__starts_on",
        "by_id",
        "by__team_id",
    )
    found = rows.values_list(*columns, "at", "recorded_at", "probability").iterator()
    return [Logged._make((*row[:-1], float(row[-1]))) for row in found]


def _by_contract_and_person(logged: Iterable[Logged]) -> Iterator[list[Logged]]:
    """The beliefs of one person about one contract, the oldest first."""
    groups: dict[tuple[int, int | None], list[Logged]] = defaultdict(list)
    for each in logged:
        groups[each.contract_id, each.by_id].append(each)
    return iter(groups.values())


def _counting(belief: Logged, given: Sequence[IntentGiven]) -> list[IntentGiven]:
    """The answers of the term that count, in the order in which they could be read."""
    return [each for each in given if not each.flagged and each.at.date() >= belief.starts_on]


def _said(
    belief: Logged, decided: Decided, heard: Sequence[IntentGiven], forecast: float | None
) -> Said:
    blind = rules.is_blind(
        recorded_at=belief.recorded_at,
        starts_on=belief.starts_on,
        answers_recorded=[each.recorded_at for each in heard],
    )
    return Said(
        contract_id=belief.contract_id,
        customer_id=belief.customer_id,
        by_id=belief.by_id,
        team_id=belief.team_id,
        at=belief.at,
        probability=belief.probability,
        renewed=decided.renewed,
        blind=blind,
        forecast=forecast,
    )


def _met(beliefs: Sequence[Logged], heard: Sequence[IntentGiven]) -> Iterator[Met]:
    """The last belief before the first answer, beside what was answered in the end."""
    if not heard:
        return
    before = [each for each in beliefs if each.recorded_at <= heard[0].recorded_at]
    if before:
        last = before[-1]
        yield Met(
            last.contract_id, last.by_id, last.team_id, last.at, last.probability, _together(heard)
        )


def _together(heard: Iterable[IntentGiven]) -> str:
    """What the customer says in the end: the least sure of its people's last answers."""
    last = {each.contact_id: each.value for each in sorted(heard, key=lambda each: each.at)}
    return next(word for word in ("no", "not_sure", "yes") if word in last.values())


def _last(found: Iterable[One]) -> tuple[One, ...]:
    return tuple({one.contract_id: one for one in sorted(found, key=lambda one: one.at)}.values())
