"""The budget's rules once more, told from what was sent: an independent look that shares no line with the product."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Sent:
    """A mail: to whom, of which customer, in which zone, what for, and when."""

    contact: int
    customer: int
    zone: str
    purpose: str
    at: datetime


def broken(sent: list[Sent], limits) -> list[str]:
    """Every rule that was broken, in a sentence; empty when all were kept."""
    found = []
    before: dict[int, list[Sent]] = defaultdict(list)
    of_customer: dict[int, list[Sent]] = defaultdict(list)
    for mail in sorted(sent, key=lambda one: one.at):
        found += _too_near(mail, before[mail.contact], limits)
        found += _too_many(mail, of_customer[mail.customer], limits)
        found += _at_night(mail, limits)
        before[mail.contact].append(mail)
        of_customer[mail.customer].append(mail)
    return found + _too_many_a_day(sent, limits)


def _too_near(mail, earlier, limits):
    apart = {
        "outcome": {"outcome": limits.outcome_days},
        "relationship": {
            "outcome": limits.any_days,
            "transactional": limits.any_days,
            "relationship": max(limits.any_days, limits.relationship_days),
        },
        "transactional": {
            "outcome": limits.any_days,
            "relationship": limits.any_days,
            "transactional": max(limits.any_days, limits.transactional_days),
        },
    }[mail.purpose]
    return [
        f"{mail} came within {apart[one.purpose]} days of {one}"
        for one in earlier
        if one.purpose in apart and mail.at - one.at < timedelta(days=apart[one.purpose])
    ]


def _too_many(mail, earlier, limits):
    counts = (
        {"outcome"} if mail.purpose == "outcome" else {"outcome", "relationship", "transactional"}
    )
    lately = [one for one in earlier if mail.at - one.at < WEEK and one.purpose in counts]
    people = {one.contact for one in lately} | {mail.contact}
    return [f"{mail} is one too many in a week"] if len(people) > limits.people_a_week else []


def _at_night(mail, limits):
    local = mail.at.astimezone(ZoneInfo(mail.zone))
    rests = local.weekday() >= 5 and not limits.on_weekends
    if rests or not limits.sends_from <= local.hour < limits.sends_until:
        return [f"{mail} came at {local}"]
    return []


def _too_many_a_day(sent, limits):
    days = defaultdict(set)
    for mail in sent:
        days[mail.at.date()].add(mail.contact)
    return [
        f"{len(people)} people on {day}"
        for day, people in days.items()
        if len(people) > limits.a_day
    ]
