"""What customers tell: whether they will continue, NPS and CSAT. Who is unhappy replies less often."""

import numpy as np
from numpy.random import Generator
from scipy.special import expit, logit

from bench.simulator.calendar import (
    MONTH_DAYS,
    MONTHS,
    PANEL_DAYS,
    Bools,
    Floats,
    Ints,
    day_of,
    month_of,
)
from bench.simulator.facts import FRIEND, INTENTS, USER, Answers, Asks, Contacts, Terms
from bench.simulator.lives import Lives, level
from bench.simulator.people import Chairs

FRIENDS_BONUS = 0.25
"""Champions, sponsors and users say yes a little more easily than who decides."""
EAGER = np.array([0.0, 0.4, -0.2])
"""Log-odds by which the three reply more or less readily."""
ASKED_AGAIN = 0.7


def intent(
    lives: Lives, terms: Terms, contacts: Contacts, chairs: Chairs, *, chunk: int
) -> tuple[Asks, Answers]:
    """Ask whether they will continue, and hear what comes back."""
    dice = lives.vendor.dice("intent", chunk)
    parts = [
        _round(lives, terms, chairs, dice, months=months, again=place > 0)
        for place, months in enumerate(lives.vendor.voices.ask_months)
    ]
    contact, term, day = (np.concatenate(column) for column in zip(*parts, strict=True))
    asked = Asks(contact, term, day)
    return asked, _answers(lives, asked, terms, contacts, chairs, dice)


def _round(
    lives: Lives, terms: Terms, chairs: Chairs, dice: Generator, *, months: int, again: bool
) -> tuple[Ints, Ints, Ints]:
    """Whom one round of asking reaches, some days around so many months before the end."""
    voices, count = lives.vendor.voices, len(terms)
    day = terms.ends - round(months * MONTH_DAYS) - dice.integers(0, 25, count)
    busy = np.minimum(lives.selves.diligence[terms.customer], 2.0)
    share = expit(logit(voices.ask_share) + 0.8 * (busy - 1))
    asked = (dice.random(count) < share) & (day < PANEL_DAYS)
    asked &= (dice.random(count) < ASKED_AGAIN) if again else True
    found = []
    for chair, chair_share in enumerate(voices.slot_shares):
        contact = chairs.sitting(terms.customer, chair, day)
        reached = asked & (contact >= 0) & (dice.random(count) < chair_share)
        (term,) = np.nonzero(reached)
        found.append((contact[term], term, day[term]))
    contacts, places, days = (np.concatenate(column) for column in zip(*found, strict=True))
    return contacts, places, days


def _answers(
    lives: Lives, asks: Asks, terms: Terms, contacts: Contacts, chairs: Chairs, dice: Generator
) -> Answers:
    voices, here, count = lives.vendor.voices, level(lives.vendor), len(asks.contact)
    chair = contacts.chair[asks.contact]
    feeling = _feeling(lives, contacts.customer[asks.contact], asks.day)
    told = here.mean + voices.intent_weight * (feeling - here.mean)
    person = dice.normal(0, voices.person_sd, len(contacts.chair))[asks.contact]
    kind = voices.politeness + FRIENDS_BONUS * (chair != 0) + person
    said = _said(told + kind + dice.normal(size=count) * np.array(voices.noise)[chair], lives)
    willing = voices.reply + EAGER[chair] + voices.reply_slope * (feeling - here.mean)
    day = asks.day + 1 + dice.exponential(voices.delay_days, count).astype(np.int64)
    heard = (dice.random(count) < expit(willing)) & chairs.stays(asks.contact, day)
    heard &= day <= np.minimum(terms.ends[asks.term], PANEL_DAYS - 1)
    return Answers(asks.contact[heard], day[heard], said[heard])


def _said(told: Floats, lives: Lives) -> Ints:
    voices = lives.vendor.voices
    unsure = np.where(told < voices.no_below, INTENTS.index("no"), INTENTS.index("not_sure"))
    return np.where(told > voices.yes_above, INTENTS.index("yes"), unsure)


def _feeling(lives: Lives, customer: Ints, day: Ints) -> Floats:
    return lives.mood[customer, month_of(lives.selves.start[customer], day)]


def nps(lives: Lives, contacts: Contacts, chairs: Chairs, *, chunk: int) -> Answers:
    """Survey champions, sponsors and users: a score of 0 to 10 that follows mood as far as the vendor's ρ."""
    voices, dice = lives.vendor.voices, lives.vendor.dice("nps", chunk)
    rhythm = np.arange(MONTHS) % voices.nps_every
    due = rhythm[None, :] == dice.integers(0, voices.nps_every, len(lives.mood))[:, None]
    parts = [
        _scored(lives, chairs, dice, due, chair=chair, rho=voices.nps_rho, share=voices.nps_reply)
        for chair in (FRIEND, USER)
    ]
    contact, day, score = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Answers(contact, day, np.clip(np.round(7.9 + 1.7 * score), 0, 10).astype(np.int64))


def csat(lives: Lives, chairs: Chairs, *, chunk: int) -> Answers:
    """Ask users after support: 1 to 5, higher where mood is, lower where tickets are open."""
    voices, dice = lives.vendor.voices, lives.vendor.dice("csat", chunk)
    due = np.broadcast_to(np.arange(MONTHS) % 3 == 1, lives.mood.shape)
    contact, day, score = _scored(
        lives, chairs, dice, due, chair=USER, rho=voices.csat_rho, share=voices.csat_share
    )
    return Answers(contact, day, np.clip(np.round(4.0 + 0.8 * score), 1, 5).astype(np.int64))


def _scored(
    lives: Lives, chairs: Chairs, dice: Generator, due: Bools, *, chair: int, rho: float, share: float
) -> tuple[Ints, Ints, Floats]:  # fmt: skip
    """Who replies to a survey, when, and how they feel about it, in standard deviations."""
    customer, month = np.nonzero(due & (dice.random(due.shape) < 1.6 * share))
    day = day_of(lives.selves.start[customer], month) + dice.integers(0, 28, len(customer))
    here, count = level(lives.vendor), len(customer)
    mood = np.clip((_feeling(lives, customer, day) - here.mean) / here.sd, -3, 3)
    beside = 0.6 * lives.selves.warmth[customer] + 0.8 * dice.normal(size=count)
    score = rho * mood + np.sqrt(1 - rho**2) * beside
    contact = chairs.sitting(customer, chair, day)
    heard = (dice.random(count) < expit(0.5 + 0.4 * score)) & (contact >= 0)
    heard &= day <= np.minimum(lives.last_day[customer], PANEL_DAYS - 1)
    return contact[heard], day[heard], score[heard]
