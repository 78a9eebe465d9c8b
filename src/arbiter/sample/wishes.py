"""Goals of a customer: what they want in their words, what was agreed, and what was measured."""

import math
from dataclasses import dataclass, field
from typing import Any

from arbiter.sample import words
from arbiter.sample.days import YESTERDAY
from arbiter.sample.dice import Dice
from arbiter.sample.scribe import Person
from arbiter.sample.story import Story

HOW_MANY = {
    "SMB": {0: 0.12, 1: 0.45, 2: 0.33, 3: 0.1},
    "Mid-market": {0: 0.07, 1: 0.25, 2: 0.4, 3: 0.28},
    "Enterprise": {0: 0.04, 1: 0.14, 2: 0.36, 3: 0.34, 4: 0.12},
}
SOURCES = {"csm": 0.4, "customer": 0.22, "import": 0.2, "usage": 0.1, "api": 0.08}
CADENCES = {30: "monthly", 60: "every two months"}
EFFORT = {"SMB": (1_000, 6_000), "Mid-market": (4_000, 25_000), "Enterprise": (15_000, 90_000)}


@dataclass
class Wish:
    """A goal with the truth of it: how much of the way will be gone by the due day."""

    template: dict[str, Any]
    stated: int
    due: int
    baseline: float
    target: float
    attained: float
    owner: Person | None
    retired: int | None = None
    key: str = field(default="")

    def share(self, day: int) -> float:
        """Return how much of the way was gone on that day."""
        gone = min(1.0, max(0.0, (day - self.stated) / (self.due - self.stated)))
        return self.attained * float(gone**0.85)

    def value(self, day: int) -> float:
        """Return the value of the measure on that day."""
        return self.possible(self.baseline + (self.target - self.baseline) * self.share(day))

    def possible(self, value: float) -> float:
        """Return the value within what its unit allows."""
        most = 100.0 if self.template["unit"] == "%" else math.inf
        return max(0.0, min(most, value))

    def shown(self, value: float) -> str:
        """Return a value as people write it."""
        return f"{round(value, self.template['decimals']):g}"

    def is_open(self, day: int) -> bool:
        """Return whether it still stood on that day."""
        return self.retired is None or day < self.retired


def state_all(story: Story, dice: Dice) -> list[Wish]:
    """Write the goals of a customer over the years; return them with their truth."""
    wishes: list[Wish] = []
    count = dice.weighted(HOW_MANY[story.segment])
    for priority, template in enumerate(dice.some(words.goals(), count), start=1):
        late_comer = dice.chance(0.15)
        stated = story.since + (dice.whole(90, 420) if late_comer else dice.whole(2, 55))
        if stated < min(YESTERDAY, story.turned_away):
            wishes += _lineage(story, dice.apart(priority), template, stated, priority)
    return wishes


def _lineage(
    story: Story, dice: Dice, template: dict[str, Any], stated: int, priority: int
) -> list[Wish]:
    """Write a goal, and the one that replaced it if it was replaced."""
    wish = _wish(story, dice, template, stated)
    wish.retired = _retired(story, dice, stated)
    replaced = wish.retired is not None and dice.chance(0.75)
    _write(story, dice, wish, priority, replaced=replaced)
    if wish.retired is None or not replaced:
        return [wish]
    other = dice.pick([one for one in words.goals() if one["category"] == template["category"]])
    successor = _wish(story, dice, other, wish.retired + 1)
    _write(story, dice.apart("next"), successor, priority, replaced=False)
    return [wish, successor]


def _retired(story: Story, dice: Dice, stated: int) -> int | None:
    """Return the day a goal was given up or replaced: mostly when a new term began."""
    for term in story.terms[1:]:
        day = term.starts + dice.whole(1, 18)
        if stated + 150 < day < min(YESTERDAY - 2, story.turned_away) and dice.chance(0.33):
            return day
    return None


def _wish(story: Story, dice: Dice, template: dict[str, Any], stated: int) -> Wish:
    meant = (term for term in story.terms if term.starts <= stated + 120 <= term.ends)
    attained = min(1.25, max(-0.02, dice.normal(next(meant, story.last).attained, 0.16)))
    deciders = story.deciders(stated)
    return Wish(
        template=template,
        stated=stated,
        due=stated + dice.whole(170, 400),
        baseline=round(dice.between(*template["baseline"]), template["decimals"]),
        target=_round_target(dice.between(*template["target"]), template),
        attained=max(attained, 1.0) if attained > 0.9 else attained,  # who is so near goes on
        owner=dice.pick(deciders) if deciders else None,
    )


def _write(story: Story, dice: Dice, wish: Wish, priority: int, *, replaced: bool) -> None:
    """Write the goal; one in ten never got a measure."""
    ours = "vendor" in wish.template and dice.chance(0.3)
    renewed = _renewed(story, dice.apart("renewed"), wish)
    notes = words.read("team")["retired"]["replaced" if replaced else "dropped"]
    wish.key = story.scribe.goal(
        day=wish.stated,
        late=dice.weighted({0: 0.7, 1: 0.2, 4: 0.1}),
        statement=_statement(dice, wish, ours=ours),
        whose_words="vendor" if ours else "customer",
        category=wish.template["category"],
        stated_by=None if ours or wish.owner is None else wish.owner.id,
        priority=priority,
        stage=story.stage(wish.stated),
        retired=wish.retired,
        retired_reason=dice.pick(notes) if wish.retired is not None else None,
    )
    if dice.chance(0.9):
        _agree(story, dice, wish, renewed)
        _measure(story, dice.apart("results"), wish)
        _walk(story, dice.apart("path"), wish)
        _invest(story, dice.apart("effort"), wish)


def _statement(dice: Dice, wish: Wish, *, ours: bool) -> str:
    if ours:
        return str(wish.template["vendor"])
    said = str(dice.pick(wish.template["statements"]))
    said = said.format(target=wish.shown(wish.target), baseline=wish.shown(wish.baseline))
    return f"{said}. {dice.pick(wish.template['because'])}" if dice.chance(0.3) else said


def _agree(story: Story, dice: Dice, wish: Wish, renewed: list[int]) -> None:
    """Write the measure agreed; each time the goal was asked for again, it is agreed anew."""
    template, guard = wish.template, wish.template.get("guard", {})
    money = template.get("money") if dice.chance(0.4) else None
    agreed: dict[str, Any] = {
        "measure": template["measure"],
        "unit": template["unit"],
        "direction": template["direction"],
        "baseline": wish.shown(wish.baseline),
        "target": wish.shown(wish.target),
        "agreed_by": wish.owner.id if wish.owner else None,
        "guard_measure": guard.get("measure"),
        "guard_limit": guard.get("limit"),
        "money_per_unit": money,
        "currency": "EUR" if money else None,
        "source": dice.pick(words.read("team")["source"]),
        "measured_by": wish.owner.name if wish.owner else None,
        "cadence": CADENCES.get(template["every"], "quarterly"),
    }
    first = "Agreed when the goal was stated."
    story.scribe.revision(
        wish.key,
        day=wish.stated,
        due=wish.due,
        reason=first,
        stage=story.stage(wish.stated),
        **agreed,
    )
    for day in renewed:
        late = wish.due < day and wish.attained < 1
        due = day + dice.whole(120, 240) if late else wish.due
        reason = "Still wanted, with a new date." if late else "Asked again; it still stands."
        story.scribe.revision(
            wish.key, day=day, due=due, reason=reason, stage=story.stage(day), **agreed
        )


def _renewed(story: Story, dice: Dice, wish: Wish) -> list[int]:
    """Return the days on which somebody asked whether the goal still stands, about once a year."""
    days = []
    day = wish.stated + dice.whole(200, 330)
    while day < story.turned_away and wish.is_open(day):
        if dice.chance(0.75):
            days.append(day)
        day += dice.whole(200, 330)
    return days


def _measure(story: Story, dice: Dice, wish: Wish) -> None:
    """Write the values measured; one measure in eight is never looked at again."""
    last = story.turned_away if wish.retired is None else wish.retired - 1
    if dice.chance(0.12):
        last = min(last, wish.stated + 70)
    for day in range(wish.stated + 3, last + 1, wish.template["every"]):
        settled = wish.share(day) > 0.98 * wish.attained
        noise = 0.0 if settled else 0.02 * (wish.baseline - wish.target) * dice.normal(0, 1)
        source = dice.weighted(SOURCES)
        who = {"csm": story.scribe.owner, "customer": wish.owner.id if wish.owner else None}
        story.scribe.result(
            wish.key,
            day=day,
            value=wish.shown(wish.possible(wish.value(day) + noise)),
            late=dice.weighted({0: 0.72, 3: 0.16, 12: 0.12}),
            provenance=source,
            reported_by=who.get(source),
        )
    if "guard" in wish.template:
        _measure_guard(story, dice, wish, last=last)


def _measure_guard(story: Story, dice: Dice, wish: Wish, *, last: int) -> None:
    """Write what must not suffer; at some customers it does."""
    guard = wish.template["guard"]
    breached = dice.chance(0.15)
    for day in range(wish.stated + 5, last + 1, 90):
        harm = 1.4 * guard["limit"] * min(1.0, (day - wish.stated) / 300) if breached else 0.0
        value = max(guard["usual"] * dice.between(0.8, 1.15), harm)
        story.scribe.result(
            wish.key, day=day, value=f"{value:.1f}", measure=guard["measure"], provenance="import"
        )


def _walk(story: Story, dice: Dice, wish: Wish) -> None:
    """Write the path to the goal; how far they got follows how much was reached."""
    steps = dice.pick(words.read("team")["path"])["steps"]
    for position, (title, side) in enumerate(steps, start=1):
        due = wish.stated + round((wish.due - wish.stated) * 0.7 * position / len(steps))
        done = due + dice.whole(-10, 25)
        walked = wish.attained > 0.75 * position / len(steps)
        story.scribe.milestone(
            wish.key,
            title=title,
            side=side,
            due=due,
            done=done if walked and done <= story.turned_away and wish.is_open(done) else None,
            position=position,
        )


def _invest(story: Story, dice: Dice, wish: Wish) -> None:
    """Write what they spent on it themselves, where somebody asked."""
    day = wish.stated + dice.whole(60, 120)
    if wish.owner is None or day >= story.turned_away or not dice.chance(0.22):
        return
    story.scribe.investment(
        wish.key,
        day=day,
        amount=round(dice.between(*EFFORT[story.segment]) / 100) * 100,
        currency="EUR",
        assumptions=dice.pick(words.read("team")["effort"]),
        stated_by=wish.owner.id,
    )


def _round_target(value: float, template: dict[str, Any]) -> float:
    """Return a target as people choose it: round, and within its range."""
    low, high = template["target"]
    for step in (50, 10, 5, 1):
        near = round(value / step) * step
        if near >= 10 * step and low <= near <= high:
            return float(near)
    return float(round(value)) if low >= 2 else round(value, template["decimals"])
