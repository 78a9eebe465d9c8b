"""From lives to facts: everything that is told, agreed, measured and decided at a vendor."""

from bench.simulator import evidence, numbers, people, voices
from bench.simulator.facts import Facts
from bench.simulator.lives import Lives, live
from bench.simulator.vendor import Vendor


def facts(vendor: Vendor, count: int, *, chunk: int = 0) -> Facts:
    """Let a vendor's customers live and return all facts about them; other chunks hold other customers."""
    return told(live(vendor, count, chunk=chunk), chunk=chunk)


def told(lives: Lives, *, chunk: int) -> Facts:
    """Return all facts about some lives."""
    terms = people.terms(lives, chunk=chunk)
    contacts = people.contacts(lives, chunk=chunk)
    chairs = people.Chairs(contacts)
    agreed = evidence.Agreed(lives, chunk=chunk)
    asks, intents = voices.intent(lives, terms, contacts, chairs, chunk=chunk)
    return Facts(
        customers=people.customers(lives),
        terms=terms,
        contacts=contacts,
        goals=agreed.goals,
        revisions=evidence.revisions(agreed, chunk=chunk),
        results=evidence.results(agreed, chunk=chunk),
        verdicts=evidence.verdicts(agreed, chairs, chunk=chunk),
        seen=evidence.seen(agreed, chairs, chunk=chunk),
        asks=asks,
        intents=intents,
        nps=voices.nps(lives, contacts, chairs, chunk=chunk),
        csat=voices.csat(lives, chairs, chunk=chunk),
        signals=numbers.signals(lives, chunk=chunk),
        beliefs=numbers.beliefs(lives, terms, chunk=chunk),
    )
