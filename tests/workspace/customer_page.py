"""What the tests of a customer's page have in common: its parts, its text, and how customers speak."""

import re
from decimal import Decimal

from django.urls import reverse

from arbiter.forecast.actions import beliefs
from arbiter.outcomes.actions import results, verdicts
from arbiter.voice.actions import answers
from tests.world import APRIL, MAY

PARTS = [
    "customer",
    "customer-path",
    "customer-people",
    "customer-timeline",
    "customer-renewal",
    "customer-data",
]


def page(client, customer, part="customer", **query):
    reply = client.get(reverse(f"workspace:{part}", args=[customer.pk]), query)
    assert reply.status_code == 200, reply
    return " ".join(re.sub(r"<[^>]+>", " ", reply.content.decode()).split())


def judge(goal, contact, verdict, *, at=MAY, **more):
    return verdicts.give(goal=goal, contact=contact, verdict=verdict, by=contact, at=at, **more)


def say(contact, value, *, at=MAY, **more):
    return answers.give(contact=contact, kind="intent", value=value, by=contact, at=at, **more)


def believe(world, chance="0.9", *, at=APRIL, **more):
    return beliefs.log(
        contract=world.harbour_contract, probability=Decimal(chance), by=world.ada, at=at, **more
    )


def measure(goal, by, value, *, at=MAY, **more):
    return results.report(goal=goal, value=Decimal(value), by=by, at=at, **more)
