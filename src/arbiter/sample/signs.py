"""Numbers and notes that every vendor has: scores, logins, tickets, calls and feedback."""

from arbiter.sample import physics, words
from arbiter.sample.days import YESTERDAY
from arbiter.sample.dice import Dice
from arbiter.sample.story import Story

KEPT = -1080  # the old tool kept no number longer than three years
NOTED = -760
KINDS = {"call": 0.4, "meeting": 0.25, "mail": 0.2, "review": 0.08, "note": 0.07}


def numbers(story: Story, dice: Dice) -> float:
    """Write the series of numbers; return the last health score."""
    health = 75.0
    start = max(story.since + 25, KEPT + dice.whole(0, 29))
    for month, day in enumerate(range(start, story.over + 1, 30)):
        health = _monthly(story, dice, day)
        if month % 2 == 0:
            story.scribe.signal("tickets_open", day=day, value=physics.tickets(dice, story.truth))
        if month % 6 == 3 and dice.chance(0.62 + 0.05 * story.truth.warmth):
            story.scribe.signal("nps", day=day, value=physics.nps(dice, story.truth), late=5)
        if month % 4 == 1 and dice.chance(0.4):
            story.scribe.signal("csat", day=day, value=physics.csat(dice, story.truth))
    return health


def _monthly(story: Story, dice: Dice, day: int) -> float:
    term = next((term for term in story.terms if term.starts <= day <= term.ends), story.last)
    health = physics.health_score(dice, story.truth, attained=term.attained)
    story.scribe.signal("health_score", day=day, value=health)
    used = physics.logins(dice, story.truth, seats=term.seats)
    if term.is_lost and term.decided is not None and day > term.decided:
        used //= 4  # after the notice they stop working with it
    story.scribe.signal("logins_30d", day=day, value=used, late=dice.weighted({0: 0.9, 2: 0.1}))
    return health


def conversations(story: Story, dice: Dice, *, goal: str | None) -> None:
    """Write the talks with a customer; few of them are about what it wanted."""
    day = max(story.since + 3, NOTED) + dice.whole(0, 40)
    while day < story.over:
        _talk(story, dice, day=day, goal=goal)
        day += dice.whole(22, 85)


def _talk(story: Story, dice: Dice, *, day: int, goal: str | None) -> None:
    there = story.there(day)
    if not there:
        return
    person, *others = dice.some(there, dice.whole(1, 2))
    value = goal is not None and dice.chance(0.22)
    said = words.read("team")["touchpoint"]["value" if value else "plain"]
    story.scribe.touchpoint(
        day=day,
        kind="review" if value and dice.chance(0.3) else dice.weighted(KINDS),
        value=value,
        summary=dice.pick(said).format(person=person.first_name, goal=goal),
        people=[person, *others],
        late=dice.weighted({0: 0.75, 1: 0.18, 3: 0.07}),
    )


def feedback(story: Story, dice: Dice) -> None:
    """Write what one of them told us unasked; some of it is sorted into a theme, some of it got an answer."""
    day = story.over - dice.whole(2, 400)
    there = story.there(day)
    if not there:
        return
    person = dice.pick(there)
    language = "de" if person.language == "de" else "en"
    theme = dice.pick(words.read("feedback")["theme"])
    sentences = theme[language]
    status = dice.weighted({"new": 0.4, "planned": 0.25, "done": 0.2, "declined": 0.15})
    replied = day + dice.whole(1, 20)
    story.scribe.feedback(
        person,
        day=day,
        text=sentences[story.scribe.fresh(sentences, dice.whole(0, len(sentences) - 1))],
        theme=theme["name"] if theme.get("told") and dice.chance(0.4) else None,
        source=dice.pick(("support", "call", "portal", "survey")),
        status=status,
        replied=replied if status != "new" and replied < YESTERDAY else None,
        language=language,
    )
