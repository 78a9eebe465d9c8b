"""Writes down what happened at one customer: keys, instants, and when each fact became known."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from arbiter.sample.days import YESTERDAY, Days, stamp
from arbiter.sample.dice import Dice
from arbiter.sample.tables import Cell, Tables

MORNING, EVENING = 7 * 60, 16 * 60
LAST_MINUTE = 17 * 60


@dataclass(frozen=True)
class Person:
    """A contact, as the rest of the sample needs to know them."""

    id: str
    name: str
    role: str
    joined: int
    left: int | None = None
    language: str = "en"

    @property
    def first_name(self) -> str:
        """Return the name a success manager would write in a note."""
        return self.name.split()[0]

    def is_there(self, day: int) -> bool:
        """Return whether this person worked at the customer on that day."""
        return self.joined <= day and (self.left is None or day < self.left)


class Scribe:
    """The rows of one customer. Days count from today; nothing is written later than yesterday."""

    def __init__(
        self, tables: Tables, days: Days, dice: Dice, *, customer: str, owner: str
    ) -> None:
        self.customer = customer
        self.owner = owner
        self.days = days
        self._tables = tables
        self._dice = dice.apart("minutes")
        self._counts: Counter[str] = Counter()
        self._last = days.moment(YESTERDAY, LAST_MINUTE)

    def contract(
        self, *, starts: int, ends: int, cells: dict[str, Cell], decided: int | None = None
    ) -> str:
        """Write a term, open or decided."""
        key = self._key("c")
        self._tables.add(
            "contracts",
            contract_id=key,
            customer_id=self.customer,
            starts_on=self.days.on(starts),
            ends_on=self.days.on(ends),
            decided_on=None if decided is None else self.days.on(decided),
            **cells,
        )
        return key

    def goal(self, *, day: int, late: int = 0, retired: int | None = None, **cells: Cell) -> str:
        """Write a goal."""
        key = self._key("g")
        at = self._moment(day)
        retired_at = None if retired is None else stamp(self._moment(retired))
        self._tables.add(
            "goals",
            goal_id=key,
            customer_id=self.customer,
            retired_at=retired_at,
            **self._dated(at, late),
            **cells,
        )
        return key

    def revision(self, goal: str, *, day: int, due: int | None, **cells: Cell) -> None:
        """Write what was agreed about a goal."""
        at = self.days.moment(day, EVENING + self._dice.whole(1, 50))  # after the goal itself
        self._tables.add(
            "revisions", revision_id=self._key(f"r-{goal}"), goal_id=goal, at=stamp(at),
            due_on=None if due is None else self.days.on(due), **cells,
        )  # fmt: skip

    def result(self, goal: str, *, day: int, value: str, late: int = 0, **cells: Cell) -> None:
        """Write a value that was measured."""
        self._tables.add(
            "results", goal_id=goal, value=value, **self._dated(self._moment(day), late), **cells
        )

    def verdict(
        self, goal: str, person: Person, *, at: datetime, late: int = 0, **cells: Cell
    ) -> None:
        """Write what a contact judged."""
        self._tables.add(
            "verdicts",
            verdict_id=self._key("v"),
            goal_id=goal,
            contact_id=person.id,
            **self._dated(at, late),
            **cells,
        )

    def knows(self, goal: str, person: Person, *, at: datetime, state: str) -> None:
        """Write what a contact knew of a result from then on."""
        self._tables.add("awareness", goal_id=goal, contact_id=person.id, at=stamp(at), state=state)

    def ask(
        self,
        person: Person,
        kind: str,
        *,
        day: int,
        channel: str = "mail",
        about: dict[str, str] | None = None,
    ) -> tuple[str, datetime]:
        """Write a question; return its key and its instant."""
        key = self._key("q")
        at = self._moment(self.days.workday(day))
        delivered = (
            stamp(at + timedelta(seconds=self._dice.whole(2, 40))) if channel == "mail" else None
        )
        self._tables.add(
            "asks", ask_id=key, contact_id=person.id, kind=kind, at=stamp(at), channel=channel,
            delivered_at=delivered, by_email=self.owner, **(about or {}),
        )  # fmt: skip
        return key, at

    def answer(
        self,
        ask: str,
        person: Person,
        kind: str,
        *,
        at: datetime,
        value: str,
        late: int = 0,
        **cells: Cell,
    ) -> None:
        """Write what came back, and for a "not sure" who sees to it."""
        key = self._key("a")
        self._tables.add(
            "answers", answer_id=key, ask_id=ask, contact_id=person.id, kind=kind, value=value,
            **self._dated(at, late), **cells,
        )  # fmt: skip
        if value == "not_sure":
            self._follow_up(key, at=at)

    def _follow_up(self, answer: str, *, at: datetime) -> None:
        set_at = at + timedelta(hours=self._dice.whole(1, 30))
        due = set_at + timedelta(days=self._dice.whole(10, 28))
        closed = due - timedelta(days=self._dice.whole(0, 5))
        if set_at > self._last:
            return
        done = closed <= self._last and self._dice.chance(0.7)
        self._tables.add(
            "follow_ups", answer_id=answer, owner_email=self.owner, due_on=due.date().isoformat(),
            set_at=stamp(set_at), closed_at=stamp(closed) if done else None,
        )  # fmt: skip

    def belief(self, contract: str, *, day: int, probability: float, reason: str) -> None:
        """Write what the success manager believed."""
        at = stamp(self._moment(self.days.workday(day)))
        self._tables.add(
            "beliefs",
            contract_id=contract,
            at=at,
            probability=f"{probability:.2f}",
            reason=reason,
            by_email=self.owner,
        )

    def signal(self, name: str, *, day: int, value: float | str, late: int = 0) -> None:
        """Write a dated number."""
        recorded = min(day + late, YESTERDAY)
        self._tables.add(
            "signals", customer_id=self.customer, name=name, at=stamp(self.days.moment(day, 0)), value=value,
            recorded_at=stamp(self.days.moment(recorded, 6 * 60)) if recorded > day else None,
        )  # fmt: skip

    def milestone(
        self, goal: str, *, title: str, side: str, due: int, done: int | None, position: int
    ) -> None:
        """Write a step on the path to a goal."""
        self._tables.add(
            "milestones", milestone_id=self._key(f"m-{goal}"), customer_id=self.customer, goal_id=goal, title=title,
            side=side, due_on=self.days.on(due), position=position,
            done_at=None if done is None else stamp(self._moment(self.days.workday(done))),
        )  # fmt: skip

    def touchpoint(
        self, *, day: int, kind: str, value: bool, summary: str, people: list[Person], late: int = 0
    ) -> None:
        """Write a conversation."""
        self._tables.add(
            "touchpoints", touchpoint_id=self._key("t"), customer_id=self.customer, kind=kind,
            value_conversation=value, summary=summary, contact_ids=";".join(person.id for person in people), by_email=self.owner,
            **self._dated(self._moment(self.days.workday(day)), late),
        )  # fmt: skip

    def investment(self, goal: str, *, day: int, **cells: Cell) -> None:
        """Write what the customer put in, by its own estimate."""
        self._tables.add(
            "investments",
            investment_id=self._key("i"),
            customer_id=self.customer,
            goal_id=goal,
            at=stamp(self._moment(day)),
            **cells,
        )

    def feedback(self, person: Person, *, day: int, replied: int | None, **cells: Cell) -> None:
        """Write what a contact told us unasked."""
        self._tables.add(
            "feedback", feedback_id=self._key("f"), customer_id=self.customer, contact_id=person.id,
            at=stamp(self._moment(day)), replied_at=None if replied is None else stamp(self._moment(replied)),
            **cells,
        )  # fmt: skip

    def fresh(self, sentences: Sequence[str], place: int) -> int:
        """Return the place of a sentence that nobody has said yet, the first from a place on."""
        return self._tables.fresh(sentences, place)

    def reply(self, asked: datetime, *, day: int | None = None) -> datetime | None:
        """Return when a contact answers: at `day`, or when they come to it; None if that has not come yet."""
        if day is None:
            moment = asked + timedelta(minutes=self._dice.whole(6, 50) * self._dice.whole(1, 200))
        else:
            moment = max(self._moment(day), asked + timedelta(minutes=self._dice.whole(6, 90)))
        return moment if moment <= self._last else None

    def _moment(self, day: float) -> datetime:
        return self.days.moment(day, self._dice.whole(MORNING, EVENING))

    def _dated(self, at: datetime, late: int) -> dict[str, Cell]:
        known = min(at + timedelta(days=late), self._last)
        return {"at": stamp(at), "recorded_at": stamp(known) if known > at else None}

    def _key(self, kind: str) -> str:
        self._counts[kind] += 1
        noun, _, goal = kind.partition("-")
        return f"{goal or self.customer}-{noun}{self._counts[kind]}"
