"""The surprise ledger: each loss with what was said before it, and whether it surprised us."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from arbiter.forecast import rules
from arbiter.forecast.queries.surprises import bars, files, losses, post_mortems
from arbiter.forecast.queries.surprises.bars import Bar
from arbiter.forecast.queries.surprises.losses import Lost
from arbiter.science import surprise as science
from arbiter.science.estimate import Estimate
from arbiter.science.surprise import Loss, SurpriseRate

if TYPE_CHECKING:
    from arbiter.forecast.models import FrozenFile, PostMortem
    from arbiter.foundation.models import Person

AT_ONCE = 50
"""More files than that are left to the job that stores them: nobody should wait for them in a request."""

WORDS = {
    Loss.SURPRISE: "Surprise",
    Loss.FORESEEN: "Foreseen",
    Loss.NOBODY_SAID: "Nobody had said",
    Loss.UNAVOIDABLE: "Not avoidable",
    Loss.NOT_JUDGED: "Not judged",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A loss as it stands in the ledger. The file is None until it is stored."""

    lost: Lost
    file: FrozenFile | None
    post_mortem: PostMortem | None
    kind: Loss
    safe_from: float

    @property
    def belief(self) -> float | None:
        """The team's last belief before notice."""
        return self.file.belief if self.file else None

    @property
    def forecast(self) -> float | None:
        """The last forecast stored before notice."""
        return self.file.forecast if self.file else None

    @property
    def answer(self) -> str:
        """What the customer had said by then, one of the five states; empty until the file is stored."""
        return self.file.answer if self.file else ""

    @property
    def avoidable(self) -> bool | None:
        """Whether it could have been avoided: by the post-mortem, else by the decision."""
        return _avoidable(self.lost, self.post_mortem)

    @property
    def cause(self) -> str:
        """Whose doing it was: by the post-mortem, else by the decision."""
        return self.post_mortem.cause if self.post_mortem else self.lost.cause

    @property
    def word(self) -> str:
        """What the loss was to us."""
        return WORDS[self.kind]

    @property
    def is_surprise(self) -> bool | None:
        """Yes, no, or unknown while nobody has judged whether it could have been avoided."""
        return None if self.kind == Loss.NOT_JUDGED else self.kind == Loss.SURPRISE

    @property
    def why(self) -> str:
        """Why it counts as it does."""
        said = [
            f"{who} {chance:.0%}"
            for who, chance in (("belief", self.belief), ("forecast", self.forecast))
            if chance is not None
        ]
        told = " and ".join(said) or "neither belief nor forecast"
        bar = f"safe is {self.safe_from:.0%} or more"
        return {
            Loss.SURPRISE: f"Avoidable, and called safe: {told}; {bar}.",
            Loss.FORESEEN: f"Avoidable, and not called safe: {told}; {bar}.",
            Loss.NOBODY_SAID: f"Avoidable, and there was {told} before notice.",
            Loss.UNAVOIDABLE: f"Judged not avoidable; before notice: {told}.",
            Loss.NOT_JUDGED: f"Nobody has judged yet whether it was avoidable; before notice: {told}.",
        }[self.kind]


@dataclass(frozen=True)
class Rate:
    """The surprise rate of some losses. Money is told in one currency; what is in others is counted apart."""

    found: SurpriseRate
    currency: str
    surprised_arr: Decimal
    avoidable_arr: Decimal
    other_currencies: int
    without_arr: int

    @property
    def by_count(self) -> Estimate:
        """Surprises among the avoidable losses."""
        return self.found.by_count

    @property
    def by_amount(self) -> Estimate:
        """The same in money."""
        return self.found.by_amount

    @property
    def surprises(self) -> int:
        """How many losses were surprises."""
        return self.found.losses[Loss.SURPRISE]


def of(
    found: Sequence[Lost],
    *,
    as_of: datetime,
    bar: Bar | None = None,
    most: int | None = AT_ONCE,
) -> list[Line]:
    """Judge each loss by what was known of it before notice: three queries while every file is stored.

    Args:
        found: the losses, in their order.
        as_of: post-mortems and the bar count as of then.
        bar: the bar of then, where it is known already.
        most: put so many files together that are not stored yet, and leave out the rest; None for all.
    """
    if not found:
        return []
    return judged(found, files.known_of(found, at=as_of, most=most), as_of=as_of, bar=bar)


def visible_to(person: Person, *, as_of: datetime) -> list[Line]:
    """The whole ledger as this person may read it, the newest loss first: four queries."""
    return of(losses.visible_to(person, as_of=as_of), as_of=as_of)


def judged(
    found: Sequence[Lost],
    known: Mapping[int, FrozenFile],
    *,
    as_of: datetime,
    bar: Bar | None = None,
) -> list[Line]:
    """Judge losses whose files were read already, by contract; the rest as in `of`: two queries."""
    if not found:
        return []
    judgements = post_mortems.latest([each.contract_id for each in found], as_of=as_of)
    bar = bar or bars.in_force(as_of)
    rows = [(each, known.get(each.contract_id), judgements.get(each.contract_id)) for each in found]
    kinds = science.judged(
        [_avoidable(lost, judgement) for lost, _, judgement in rows],
        [_chance(file.belief if file else None) for _, file, _ in rows],
        [_chance(file.forecast if file else None) for _, file, _ in rows],
        safe_from=bar.safe_from,
    )
    return [Line(*row, kind, bar.safe_from) for row, kind in zip(rows, kinds, strict=True)]


def rate(lines: Sequence[Line]) -> Rate:
    """The surprise rate by count and by ARR, the latter in the currency of most losses."""
    by_count = science.surprise_rate([line.kind for line in lines])
    priced = [line for line in lines if line.lost.arr is not None]
    currency = rules.main_currency([(line.lost.currency, line.lost.arr) for line in priced])
    told = [line for line in priced if line.lost.currency == currency]
    amounts = [line.lost.arr or Decimal(0) for line in told]
    by_amount = science.surprise_rate(
        [line.kind for line in told], [float(amount) for amount in amounts] if told else None
    )
    return Rate(
        found=SurpriseRate(by_count.by_count, by_amount.by_amount, by_count.losses),
        currency=currency,
        surprised_arr=_sum(told, {Loss.SURPRISE}),
        avoidable_arr=_sum(told, {Loss.SURPRISE, Loss.FORESEEN, Loss.NOBODY_SAID}),
        other_currencies=len(priced) - len(told),
        without_arr=len(lines) - len(priced),
    )


def objects(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """One plain object per loss, in the words of the public format (`arbiter surprises --json`)."""
    return [_object(line) for line in lines]


def _object(line: Line) -> dict[str, Any]:
    lost, file = line.lost, line.file
    return {
        "contract_id": lost.contract_key,
        "customer_id": lost.customer_key,
        "decided_on": _day(lost.decided_on),
        "notice_on": _day(lost.notice_on),
        "arr": None if lost.arr is None else float(lost.arr),
        "currency": lost.currency,
        "last_belief": line.belief,
        "last_answer": line.answer or None,
        "answers": _answers(file),
        "last_forecast": line.forecast,
        "cause": line.cause or None,
        "avoidable": line.avoidable,
        "surprise": line.is_surprise,
        "kind": str(line.kind),
        "why": line.why,
        "safe_from": line.safe_from,
    }


def _answers(file: FrozenFile | None) -> list[dict[str, Any]]:
    people = file.content["people"] if file else []
    return [{"role": each["role"], "answer": each["state"], "at": each["at"]} for each in people]


def _avoidable(lost: Lost, judgement: PostMortem | None) -> bool | None:
    return judgement.avoidable if judgement else lost.avoidable


def _chance(value: float | None) -> float:
    return float("nan") if value is None else value


def _sum(lines: Sequence[Line], kinds: set[Loss]) -> Decimal:
    return sum((line.lost.arr or Decimal(0) for line in lines if line.kind in kinds), Decimal(0))


def _day(value: Any) -> str | None:
    return None if value is None else value.isoformat()
