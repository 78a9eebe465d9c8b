"""Ledgerly's customers: those told by hand, and those that chance and the authored words make."""

from dataclasses import dataclass, replace
from typing import Any

from arbiter.sample import heroes, lives, people, physics, signs, voices, wishes, words
from arbiter.sample.days import YESTERDAY, Days, stamp
from arbiter.sample.dice import Dice
from arbiter.sample.legends import tell
from arbiter.sample.people import plain
from arbiter.sample.scribe import Person, Scribe
from arbiter.sample.story import DECIDERS, Story
from arbiter.sample.tables import Cell, Tables

SEGMENTS = {"SMB": 0.48, "Mid-market": 0.36, "Enterprise": 0.16}
TRIALS = ("Peipsi Andmed", "Konkan Data", "Skagen Lys", "Alföldi Gépgyár")
TELLS = {"SMB": 1, "Mid-market": 2, "Enterprise": 4}
"""How often at most somebody there tells something unasked."""
OLDEST, NEWEST = -1240, -25
PUT_AWAY_DAYS = 30


@dataclass(frozen=True)
class Firm:
    """A customer as it stands in the register."""

    key: str
    name: str
    industry: str
    country: dict[str, Any]
    parent: str | None

    @property
    def domain(self) -> str:
        """Return its domain, which can never exist."""
        return f"{self.key}.example"

    @property
    def is_on_trial(self) -> bool:
        """Return whether it has no contract yet."""
        return self.name in TRIALS


def found(days: Days, *, seed: int) -> Tables:
    """Return all rows of the sample company as known today."""
    tables = Tables()
    for hero in heroes.told():
        tell(tables, days, Dice(seed, hero["id"]), hero)
    for firm in _register():
        _make(tables, days, Dice(seed, firm.key), firm)
    return tables


def _register() -> list[Firm]:
    """Return the customers made by chance; a parent stands before its children."""
    register = words.read("countries")
    owners = {
        child: plain(group["parent"]) for group in register["group"] for child in group["children"]
    }
    firms = []
    for country in register["country"]:
        for line in country["companies"]:
            name, industry, *spelling = line.split(" | ")
            firms.append(
                Firm(plain((spelling or [name])[0]), name, industry, country, owners.get(name))
            )
    return sorted(firms, key=lambda firm: firm.parent is not None)


def _make(tables: Tables, days: Days, dice: Dice, firm: Firm) -> None:
    """Write one customer and all that happened there."""
    region = firm.country["region"]
    csm = dice.pick([one for one in words.read("team")["csm"] if region in one["regions"]])
    segment = "SMB" if firm.is_on_trial else dice.weighted(SEGMENTS)
    since = -dice.whole(9, 24) if firm.is_on_trial else dice.whole(OLDEST, NEWEST)
    crew = _crew(tables, days, dice.apart("people"), firm, segment=segment, since=since)
    truth = physics.truth(dice.apart("truth"))
    terms = lives.live(dice.apart("terms"), truth, since=since, segment=segment, people=crew)
    scribe = Scribe(tables, days, dice, customer=firm.key, owner=csm["email"])
    story = Story(scribe, segment, truth, terms, crew)
    _enter(tables, dice.apart("register"), firm, story)
    if firm.is_on_trial:
        wishes.state_all(story, dice.apart("goals"))
    else:
        _history(story, dice, currency=firm.country["currency"])


def _enter(tables: Tables, dice: Dice, firm: Firm, story: Story) -> None:
    days = story.scribe.days
    bought = dice.pick(words.read("team")["why_bought"]) if dice.chance(0.7) else {}
    tables.add(
        "customers",
        customer_id=firm.key,
        name=firm.name,
        domain=firm.domain,
        segment=story.segment,
        industry=firm.industry,
        region=firm.country["region"],
        owner_email=story.scribe.owner,
        stage="trial" if firm.is_on_trial else story.stage(0),
        since=days.on(story.since),
        parent_id=firm.parent,
        why_bought=bought.get("why"),
        promised_value=bought.get("promised"),
        archived_at=_archived(story),
        crm_id=f"CRM-{dice.whole(100_000, 999_999)}",
        legal_entities=None if story.segment == "SMB" else dice.whole(2, 14),
    )


def _archived(story: Story) -> str | None:
    """Return when a lost customer was put away: a while after its last term."""
    put_away = story.last.ends + PUT_AWAY_DAYS
    if not story.last.is_lost or put_away > YESTERDAY:
        return None
    return stamp(story.scribe.days.moment(put_away, 12 * 60))


def _crew(
    tables: Tables, days: Days, dice: Dice, firm: Firm, *, segment: str, since: int
) -> list[Person]:
    """Write the people there; at some customers one of those who count has left."""
    staff = people.team(dice, firm.country, customer=firm.key, segment=segment, since=since)
    settled = [one for one, _ in staff if one.role in DECIDERS and one.joined < -200]
    departs = 0.3 if len(staff) > 1 else 0.06  # whoever is alone rarely leaves nobody behind
    leaver = dice.pick(settled) if settled and dice.chance(departs) else None
    crew = []
    for met, spelling in staff:
        left = dice.whole(met.joined + 150, YESTERDAY - 2) if met == leaver else None
        person = replace(met, left=left)
        title = dice.pick(people.TITLES[person.role])
        language = firm.country["language"]
        people.introduce(
            tables, days, person, spelling=spelling, customer=firm.key, domain=firm.domain,
            language=language, title=title,
        )  # fmt: skip
        crew.append(person)
    return crew


def _history(story: Story, dice: Dice, *, currency: str) -> None:
    """Write the years of a customer: numbers, terms, voices, goals and talks."""
    health = signs.numbers(story, dice.apart("numbers"))
    contracts = _contracts(story, dice.apart("contracts"), currency=currency)
    for number, (contract, term) in enumerate(zip(contracts, story.terms, strict=True)):
        throw = dice.apart("term", number)
        told = voices.intents(story, throw, contract=contract, term=term)
        voices.beliefs(
            story, throw.apart("belief"), contract=contract, term=term, health=health, told=told
        )
    goals = wishes.state_all(story, dice.apart("goals"))
    for goal in goals:
        voices.verdicts(story, dice.apart("verdict", goal.key), goal)
    topic = goals[0].template["measure"] if goals else None
    signs.conversations(story, dice.apart("talk"), goal=topic)
    _odds_and_ends(story, dice.apart("odds"), contract=contracts[-1])


def _contracts(story: Story, dice: Dice, *, currency: str) -> list[str]:
    """Write the terms, and for some a second product beside them; return the keys of the terms."""
    plan: dict[str, Cell] = {
        "currency": currency,
        "plan": lives.PLANS[story.segment],
        "auto_renew": dice.chance(0.45),
        "notice_days": dice.weighted({30: 0.5, 60: 0.3, 90: 0.2}),
    }
    product = dice.weighted(lives.PRODUCTS)
    keys = [
        story.scribe.contract(
            starts=term.starts, ends=term.ends, decided=term.decided,
            cells=plan | {
                "product": product, "arr": term.arr, "seats": term.seats, "decision": term.decision,
                "new_arr": term.new_arr, "churn_reason": term.reason, "churn_cause": term.cause,
                "avoidable": term.avoidable,
                "purchase_order": f"PO-{dice.whole(10_000, 99_999)}" if dice.chance(0.2) else None,
            },
        )
        for term in story.terms
    ]  # fmt: skip
    last = story.last
    if last.decision is None and last.starts < -200 and last.ends > 20 and dice.chance(0.09):
        starts = -dice.whole(20, 160)
        arr = max(1_000, round(last.arr * 0.3 / 500) * 500)
        second: dict[str, Cell] = {
            "product": "Close" if product == "Audit" else "Audit",
            "arr": arr,
            "seats": 5,
        }
        story.scribe.contract(starts=starts, ends=starts + 364, cells=plan | second)
    return keys


def _odds_and_ends(story: Story, dice: Dice, *, contract: str) -> None:
    """Write what only some customers have: a survey, an answer that a machine gave, feedback."""
    there = story.there(-40)
    if there and not story.last.is_lost and story.last.starts <= -100:
        if dice.chance(0.4):
            voices.surveyed(story, dice, person=dice.pick(there))
        if dice.chance(0.03):
            voices.flagged(story, dice, contract=contract, person=there[-1])
    for number in range(TELLS[story.segment]):
        if dice.apart("tells", number).chance(0.3):
            signs.feedback(story, dice.apart("told", number))
