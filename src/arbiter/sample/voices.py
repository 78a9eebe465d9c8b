"""What was asked, what came back, what the team believed before, and what the customer judged."""

from collections.abc import Sequence
from datetime import datetime

from arbiter.sample import physics, words
from arbiter.sample.days import YESTERDAY
from arbiter.sample.dice import Dice
from arbiter.sample.lives import Term
from arbiter.sample.scribe import Person
from arbiter.sample.story import Story
from arbiter.sample.wishes import Wish

CHANNELS = {"mail": 0.58, "link": 0.2, "portal": 0.1, "call": 0.12}
STARTED_ASKING = -800  # Ledgerly asked nobody before that
STARTED_BELIEVING = -860
SCANNER = "came from a mail gateway"


def intents(story: Story, dice: Dice, *, contract: str, term: Term) -> str:
    """Ask whether they will continue, if anybody thought of it; return the gravest answer."""
    day = max(term.ends - dice.whole(75, 235), term.starts + 10)
    if not dice.chance(_coverage(term)) or not STARTED_ASKING < day < YESTERDAY:
        return ""
    said = [
        _ask_intent(story, dice.apart(person.id), person, contract=contract, term=term, day=day)
        for person in _asked(dice, story.there(day))
    ]
    return next((value for value in ("no", "not_sure", "yes") if value in said), "")


def beliefs(
    story: Story, dice: Dice, *, contract: str, term: Term, health: float, told: str
) -> None:
    """Write the team's belief before the question, and sometimes a second one after the answer."""
    first = max(term.ends - dice.whole(236, 262), term.starts + 1)
    open_soon = term.decided is None and term.ends >= 0
    if not STARTED_BELIEVING < first < YESTERDAY or not dice.chance(0.97 if open_soon else 0.8):
        return
    _believe(story, dice, contract, day=first, health=health, chance=term.chance, told="")
    second = min(term.ends - dice.whole(20, 70), YESTERDAY - 1)
    in_time = second > first + 30 and (term.decided is None or second < term.decided)
    if in_time and dice.chance(0.35 if told in {"", "yes"} else 0.6):
        _believe(story, dice, contract, day=second, health=health, chance=term.chance, told=told)


def verdicts(story: Story, dice: Dice, wish: Wish) -> None:
    """Ask for a verdict on a goal now and then, and write who knows of its result."""
    day = wish.stated + dice.whole(130, 330)
    thought_of_it = 0.6
    while day < story.turned_away and wish.is_open(day):
        if dice.chance(thought_of_it):
            _ask_verdict(story, dice, wish, day=day)
        thought_of_it = 0.45
        day += dice.whole(170, 320)
    reached = wish.stated + round(0.9 * (wish.due - wish.stated))
    if wish.attained >= 1 and reached < story.turned_away and wish.is_open(reached):
        _tell(story, dice, wish, day=reached)


def flagged(story: Story, dice: Dice, *, contract: str, person: Person) -> None:
    """Write an answer that a mail scanner gave within minutes of delivery, so it does not count."""
    day = -dice.whole(10, 35)
    about = {"contract_id": contract}
    key, asked = story.scribe.ask(person, "intent", day=day, about=about)
    at = story.scribe.reply(asked, day=story.scribe.days.workday(day))
    if at is not None:
        story.scribe.answer(
            key, person, "intent", at=at, value="yes", flagged=True, flag_reason=SCANNER
        )


def surveyed(story: Story, dice: Dice, *, person: Person) -> None:
    """Write the last wave of the survey, which is kept person by person."""
    key, asked = story.scribe.ask(person, "nps", day=-dice.whole(30, 90))
    at = story.scribe.reply(asked)
    if at is None or not dice.chance(0.55):
        return
    score = physics.nps(dice, story.truth)
    mood = "promoter" if score >= 9 else "passive" if score >= 7 else "detractor"
    language = "de" if person.language == "de" else "en"
    said = words.read("feedback")["nps"][mood][language]
    comment = None
    if dice.chance(0.5):
        comment = said[story.scribe.fresh(said, dice.whole(0, len(said) - 1))]
    story.scribe.answer(key, person, "nps", at=at, value=str(score), scale="0-10", comment=comment)


def _coverage(term: Term) -> float:
    """Return how likely somebody thinks of asking: more each year."""
    if term.decided is None:
        return 0.66
    return 0.3 if term.ends < -400 else 0.5


def _asked(dice: Dice, there: list[Person]) -> list[Person]:
    """Return whom the success manager asks: all, those who sign, or only those who smile."""
    friends = [person for person in there if person.role in {"champion", "user"}]
    signers = [person for person in there if person.role in {"decision_maker", "sponsor"}]
    whom = dice.weighted({"all": 0.3, "signers": 0.42, "friends": 0.28})
    return {"all": there, "signers": signers or friends, "friends": friends or signers}[whom][:4]


def _ask_intent(
    story: Story, dice: Dice, person: Person, *, contract: str, term: Term, day: int
) -> str:
    channel = dice.weighted(CHANNELS)
    about = {"contract_id": contract}
    key, asked = story.scribe.ask(person, "intent", day=day, channel=channel, about=about)
    replies = physics.answers_at_all(dice, term.chance, person.role, leaving=term.leaving)
    if not replies and dice.chance(0.45) and day + 12 < YESTERDAY:
        key, asked = story.scribe.ask(person, "intent", day=day + 12, about=about)
        channel, replies = "mail", dice.chance(0.2)
    at = story.scribe.reply(asked)
    if not replies or at is None:
        return ""
    value = physics.stated_intent(dice, term.chance, person.role, leaving=term.leaving)
    comment, needs = _said(story, dice, value)
    story.scribe.answer(
        key,
        person,
        "intent",
        at=at,
        value=value,
        late=1 if channel == "call" else 0,
        comment=comment,
        would_make_it_yes=needs,
    )
    return value


def _said(story: Story, dice: Dice, value: str) -> tuple[str | None, str | None]:
    """Return what they wrote beside their answer, and what would make it a yes."""
    said = words.read("answers")
    if value == "yes":
        mood = dice.weighted({"talks": 0.5, "brief": 0.25, "silent": 0.25})
        place, brief = dice.whole(0, len(said["yes"]) - 1), dice.pick(said["brief"]["yes"])
        if mood == "talks":
            return _fresh(story, said["yes"], place)["comment"], None
        return brief if mood == "brief" else None, None
    if dice.chance(0.1):
        return dice.pick(said["brief"][value]), None
    entry = _fresh(story, said[value], dice.whole(0, len(said[value]) - 1))
    return entry["comment"], entry.get("needs")


def _fresh(story: Story, entries: Sequence[dict[str, str]], place: int) -> dict[str, str]:
    return entries[story.scribe.fresh([entry["comment"] for entry in entries], place)]


def _believe(
    story: Story, dice: Dice, contract: str, *, day: int, health: float, chance: float, told: str
) -> None:
    probability = physics.belief(dice, health=health, chance=chance, told=told)
    tone = "high" if probability > 0.84 else "middle" if probability > 0.68 else "low"
    reason = dice.pick(words.read("team")["belief"][tone]).format(champion=story.champion)
    story.scribe.belief(contract, day=day, probability=probability, reason=reason)


def _tell(story: Story, dice: Dice, wish: Wish, *, day: int) -> None:
    """Write that the owner of a goal knows of its result, if anybody told them."""
    if wish.owner is None or not wish.owner.is_there(day) or not dice.chance(story.last.aware):
        return
    at = story.scribe.days.moment(day, 9 * 60 + dice.whole(0, 300))
    state = dice.weighted({"told": 0.35, "seen": 0.45, "agreed": 0.2})
    story.scribe.knows(wish.key, wish.owner, at=at, state=state)


def _ask_verdict(story: Story, dice: Dice, wish: Wish, *, day: int) -> None:
    person = _judge(story, dice, wish, day=day)
    if person is None:
        return
    on_behalf = dice.chance(0.06)
    at = _when_judged(story, dice, wish, person, day=day, on_behalf=on_behalf)
    if at is None:
        return
    reached = wish.share(day)
    value = physics.judgement(dice, reached, person.role, age_days=day - wish.stated)
    evidence = dice.pick(words.read("answers")["verdict"]["evidence"])
    story.scribe.verdict(
        wish.key,
        person,
        at=at,
        late=2 if on_behalf else 0,
        verdict=value,
        helped=_helped(dice, value),
        comment=_comment(story, dice, wish, value, day=day),
        on_behalf_by=story.scribe.owner if on_behalf else None,
        evidence=evidence if on_behalf else None,
    )
    if value == "achieved":
        story.scribe.knows(wish.key, person, at=at, state="agreed")
    elif value == "not" and reached > 0.3:
        story.scribe.knows(wish.key, person, at=at, state="disputed")


def _judge(story: Story, dice: Dice, wish: Wish, *, day: int) -> Person | None:
    """Return who is asked for the verdict: mostly whoever owns the goal, else one who decides."""
    deciders = story.deciders(day)
    if wish.owner in deciders and dice.chance(0.75):
        return wish.owner
    return dice.pick(deciders) if deciders else None


def _when_judged(
    story: Story, dice: Dice, wish: Wish, person: Person, *, day: int, on_behalf: bool
) -> datetime | None:
    """Return when the verdict came: on the telephone, after a question, or not at all."""
    if on_behalf:
        return story.scribe.days.moment(story.scribe.days.workday(day), 540 + dice.whole(0, 400))
    channel = dice.weighted(CHANNELS)
    about = {"goal_id": wish.key}
    _, asked = story.scribe.ask(person, "verdict", day=day, channel=channel, about=about)
    return story.scribe.reply(asked) if dice.chance(0.6) else None


def _helped(dice: Dice, value: str) -> str | None:
    shares = {
        "achieved": {"yes": 0.75, "partly": 0.22, "no": 0.03},
        "partly": {"yes": 0.4, "partly": 0.5, "no": 0.1},
        "not": {"yes": 0.05, "partly": 0.35, "no": 0.6},
    }
    return dice.weighted(shares[value]) if value in shares else None


def _comment(story: Story, dice: Dice, wish: Wish, value: str, *, day: int) -> str | None:
    """Return the customer's words; one verdict in five comes without any."""
    if dice.chance(0.2):
        return None
    early = words.read("answers")["verdict"]["too_early"]
    said = str(dice.pick(early if value == "too_early" else wish.template[value]))
    return said.format(
        month=story.scribe.days.month(day - 40),
        now=wish.shown(wish.value(day)),
        baseline=wish.shown(wish.baseline),
        target=wish.shown(wish.target),
    )
