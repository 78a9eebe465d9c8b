"""Turns a customer told by hand into rows."""

import re
from typing import Any

from arbiter.sample import people, physics
from arbiter.sample.days import YESTERDAY, Days, stamp
from arbiter.sample.dice import Dice
from arbiter.sample.people import plain
from arbiter.sample.scribe import Person, Scribe
from arbiter.sample.tables import Cell, Tables

MONTH = re.compile(r"\{month:(-?\d+)\}")


def tell(tables: Tables, days: Days, dice: Dice, hero: dict[str, Any]) -> None:
    """Write one customer told by hand."""
    scribe = Scribe(
        tables, days, dice, customer=hero["id"], owner=f"{hero['owner']}@ledgerly.example"
    )
    tables.add(
        "customers", customer_id=hero["id"], name=hero["name"], domain=hero["domain"], segment=hero["segment"],
        industry=hero["industry"], region=hero["region"], owner_email=scribe.owner, stage=hero["stage"],
        since=days.on(hero["since"]), why_bought=hero["why_bought"], promised_value=hero["promised_value"],
        archived_at=stamp(days.moment(hero["archived"], 12 * 60)) if "archived" in hero else None,
        crm_id=f"CRM-{dice.whole(100_000, 999_999)}", legal_entities=dice.whole(2, 9),
    )  # fmt: skip
    crew = {name: _introduce(tables, days, hero, card) for name, card in hero["people"].items()}
    contracts = [_contract(scribe, hero, term) for term in hero["contracts"]]
    for name, card in hero["people"].items():
        _intents(scribe, crew[name], card, contracts)
    for goal in hero["goals"]:
        _goal(scribe, dice, goal, crew, contracts)
    for talk in hero.get("touchpoints", []):
        scribe.touchpoint(
            day=talk["at"],
            kind=talk["kind"],
            value=talk["value"],
            summary=talk["summary"],
            people=[crew[who] for who in talk["with"]],
        )
    _numbers(scribe, dice.apart("numbers"), hero)


def _introduce(tables: Tables, days: Days, hero: dict[str, Any], card: dict[str, Any]) -> Person:
    spelling = card.get("ascii", card["name"])
    person = Person(
        f"{hero['id']}.{plain(spelling)}",
        card["name"],
        card["role"],
        card["joined"],
        card.get("left"),
    )
    people.introduce(
        tables, days, person, spelling=spelling, customer=hero["id"], domain=hero["domain"],
        language=card["language"], title=card["title"],
    )  # fmt: skip
    return person


def _contract(scribe: Scribe, hero: dict[str, Any], term: dict[str, Any]) -> str:
    days = {"starts", "ends", "decided", "beliefs"}
    cells: dict[str, Cell] = {name: value for name, value in term.items() if name not in days}
    cells["currency"] = hero.get("currency", "EUR")
    key = scribe.contract(
        starts=term["starts"], ends=term["ends"], decided=term.get("decided"), cells=cells
    )
    for day, probability, reason in term.get("beliefs", []):
        scribe.belief(key, day=day, probability=probability, reason=reason)
    return key


def _intents(scribe: Scribe, person: Person, card: dict[str, Any], contracts: list[str]) -> None:
    for said in sorted(card.get("intents", []), key=lambda said: said["at"]):
        about = {"contract_id": contracts[said.get("contract", len(contracts)) - 1]}
        channel = said.get("channel", "mail")
        key, asked = scribe.ask(person, "intent", day=said["asked"], channel=channel, about=about)
        at = scribe.reply(asked, day=said["at"])
        if at is None:
            raise ValueError(f"{person.name} answers after yesterday")
        scribe.answer(
            key, person, "intent", at=at, value=said["value"], late=1 if channel == "call" else 0,
            comment=said.get("comment"), would_make_it_yes=said.get("needs") or None,
        )  # fmt: skip
    for day in card.get("asks", []):
        scribe.ask(person, "intent", day=day, about={"contract_id": contracts[-1]})


def _goal(
    scribe: Scribe, dice: Dice, goal: dict[str, Any], crew: dict[str, Person], contracts: list[str]
) -> None:
    by = crew.get(goal.get("by", ""))
    contract = contracts[goal["contract"] - 1] if "contract" in goal else None
    key = scribe.goal(
        day=goal["at"], statement=goal["statement"], whose_words=goal.get("words", "customer"), category=goal["category"],
        stated_by=by.id if by else None, priority=goal["priority"], contract_id=contract, stage=goal["stage"],
        retired=goal.get("retired"), retired_reason=goal.get("retired_reason"),
    )  # fmt: skip
    for revision in goal.get("revisions", []):
        _revision(scribe, key, revision, crew)
    if "renewed" in goal:
        again = {
            "at": goal["renewed"],
            "reason": "Asked again; it still stands.",
            "stage": goal["stage"],
        }
        _revision(scribe, key, goal["revisions"][-1] | again, crew)
    for day, value in goal.get("results", []):
        source = dice.weighted({"csm": 0.5, "customer": 0.3, "import": 0.2})
        reported = {"csm": scribe.owner, "customer": by.id if by else None}.get(source)
        scribe.result(key, day=day, value=f"{value:g}", provenance=source, reported_by=reported)
    for day, value in goal.get("guards", []):
        scribe.result(
            key, day=day, value=f"{value:g}", measure=_guard_measure(goal), provenance="import"
        )
    for who, day, state in goal.get("awareness", []):
        scribe.knows(key, crew[who], at=scribe.days.moment(day, 17 * 60 - 1), state=state)
    for said in goal.get("verdicts", []):
        _verdict(scribe, key, crew[said["by"]], said)
    for position, (title, side, due, done) in enumerate(goal.get("milestones", []), start=1):
        scribe.milestone(key, title=title, side=side, due=due, done=done or None, position=position)


def _guard_measure(goal: dict[str, Any]) -> str:
    return str(next(revision["guard"] for revision in goal["revisions"] if "guard" in revision))


def _revision(scribe: Scribe, key: str, agreed: dict[str, Any], crew: dict[str, Person]) -> None:
    who = crew.get(agreed.get("agreed_by", ""))
    scribe.revision(
        key, day=agreed["at"], due=agreed["due"], measure=agreed["measure"], unit=agreed["unit"],
        direction=agreed["direction"], baseline=f"{agreed['baseline']:g}", target=f"{agreed['target']:g}",
        reason=agreed["reason"], agreed_by=who.id if who else None, guard_measure=agreed.get("guard"),
        guard_limit=agreed.get("guard_limit"), money_per_unit=agreed.get("money"),
        currency="EUR" if "money" in agreed else None, source=agreed.get("source", "Their own figures"),
        measured_by=who.name if who else None, stage=agreed.get("stage"),
    )  # fmt: skip


def _verdict(scribe: Scribe, key: str, person: Person, said: dict[str, Any]) -> None:
    if said.get("on_behalf"):
        asked = scribe.days.moment(scribe.days.workday(said["at"]), 8 * 60)
    else:
        _, asked = scribe.ask(person, "verdict", day=said["asked"], about={"goal_id": key})
    at = scribe.reply(asked, day=said["at"])
    if at is None:
        raise ValueError(f"{person.name} judges after yesterday")
    comment = MONTH.sub(lambda found: scribe.days.month(int(found[1])), said.get("comment", ""))
    scribe.verdict(
        key, person, at=at, late=1 if said.get("on_behalf") else 0, verdict=said["verdict"], helped=said.get("helped"),
        comment=comment or None, on_behalf_by=scribe.owner if said.get("on_behalf") else None, evidence=said.get("evidence"),
    )  # fmt: skip


def _numbers(scribe: Scribe, dice: Dice, hero: dict[str, Any]) -> None:
    """Write scores near the ones told, month by month until today or the end."""
    last = hero["contracts"][-1]
    until = min(YESTERDAY - 2, last["ends"]) if last.get("decision") == "churned" else YESTERDAY - 2
    quiet = physics.Truth(0.0, 0.0, 0.0)
    for day in range(max(hero["since"] + 25, -1080), until + 1, 30):
        scribe.signal(
            "health_score",
            day=day,
            value=round(min(99.0, max(20.0, dice.normal(hero["health"], 2.5)))),
        )
        scribe.signal("logins_30d", day=day, value=round(hero["logins"] * dice.between(0.88, 1.08)))
        if dice.chance(0.4):
            scribe.signal("tickets_open", day=day, value=physics.tickets(dice, quiet))
    for day, score in hero.get("nps", []):
        scribe.signal("nps", day=day, value=score, late=3)
