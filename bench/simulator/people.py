"""Customers, their terms and the people there, from their lives."""

import numpy as np

from bench.simulator.calendar import MONTHS, NEVER, PANEL_DAYS, Bools, Ints, day_of
from bench.simulator.facts import (
    DECIDER,
    FRIEND,
    ROLES,
    USER,
    Contacts,
    Customers,
    Dated,
    Terms,
    chosen,
)
from bench.simulator.lives import Lives

SPONSORS = 0.4
"""Share of the customers whose friend is a sponsor; at the others it is a champion."""


def customers(lives: Lives) -> Customers:
    """Return the customers."""
    return Customers(lives.selves.start, lives.selves.segment, lives.selves.size)


def terms(lives: Lives, *, chunk: int) -> Terms:
    """Return the terms that came to be, in order of customer."""
    customer, number = np.nonzero(lives.lasting)
    ends = lives.ends[customer, number]
    arr = np.exp(lives.vendor.dice("arr", chunk).normal(9.2, 0.5, len(lives.selves.start)))
    amount = arr[customer] * 4.0 ** lives.selves.size[customer]
    return Terms(
        customer=customer,
        number=number,
        starts=lives.starts[customer, number],
        ends=ends,
        decided=np.where(ends < PANEL_DAYS, ends - lives.vendor.notice_days, NEVER),
        renewed=lives.renewed[customer, number],
        chance=lives.chance[customer, number],
        arr=amount.round(-2),
    )


def contacts(lives: Lives, *, chunk: int) -> Contacts:
    """Return the people: those who decide and those who use stay, champions and sponsors come and go."""
    count = len(lives.selves.start)
    dice = lives.vendor.dice("contacts", chunk)
    friend = np.where(
        dice.random(count) < SPONSORS, ROLES.index("sponsor"), ROLES.index("champion")
    )
    who, joined, left = _friends(lives, dice.integers(0, 28, (count, MONTHS)))
    everybody, start = np.arange(count), lives.selves.start
    stay = np.full(count, NEVER)
    return Contacts(
        customer=np.concatenate([everybody, everybody, who]),
        chair=np.repeat([DECIDER, USER, FRIEND], [count, count, len(who)]),
        role=np.concatenate(
            [np.full(count, ROLES.index("decision_maker")), np.full(count, ROLES.index("user")), friend[who]]
        ),
        joined=np.concatenate([start, start, joined]),
        left=np.concatenate([stay, stay, left]),
    )  # fmt: skip


def _friends(lives: Lives, within: Ints) -> tuple[Ints, Ints, Ints]:
    """Whose friends there were, from when and until when."""
    there = lives.present
    before = np.column_stack([np.zeros(len(there), bool), there[:, :-1]])
    start = lives.selves.start
    who, came = np.nonzero(there & ~before)
    joined = day_of(start[who], came) + within[who, came]
    gone_who, gone = np.nonzero(before & ~there)
    leaving = day_of(start[gone_who], gone) + within[gone_who, gone]
    left = _next_day(gone_who, leaving, who, joined)
    known = joined <= np.minimum(lives.last_day, PANEL_DAYS - 1)[who]
    left = np.where(left <= lives.last_day[who], left, NEVER)
    return who[known], joined[known], left[known]


def _next_day(owner: Ints, day: Ints, of: Ints, after: Ints) -> Ints:
    """The first day after another one in the same owner's list; `NEVER` if there is none."""
    keys = np.sort(owner * NEVER + day)
    at = np.searchsorted(keys, of * NEVER + after, side="right")
    found = keys[np.minimum(at, len(keys) - 1)] if len(keys) else np.full(len(of), -1)
    same = (at < len(keys)) & (found // NEVER == of)
    return np.where(same, found % NEVER, NEVER)


class Chairs:
    """Says who sits in a chair of a customer on a day."""

    def __init__(self, contacts: Contacts) -> None:
        self._contacts = contacts
        self._by_chair = Dated(contacts.customer * 3 + contacts.chair, contacts.joined)

    def sitting(self, customer: Ints, chair: Ints | int, day: Ints) -> Ints:
        """Return the contact in a chair, or −1 where it is empty."""
        found = self._by_chair.latest(customer * 3 + chair, day)
        gone = chosen(self._contacts.left, found, 0) <= day
        return np.where(gone, -1, found)

    def stays(self, contact: Ints, day: Ints) -> Bools:
        """Say whether a contact is still there on a day; somebody who never was is not."""
        return np.asarray((contact >= 0) & (chosen(self._contacts.left, contact, 0) > day))
