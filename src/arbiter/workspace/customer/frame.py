"""What stands above every part of a customer's page: who they are, the three questions, the parts."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render

from arbiter.ui import wording
from arbiter.workspace.customer import voices
from arbiter.workspace.customer.material import Material, gather
from arbiter.workspace.customer.visit import Visit, enter, link
from arbiter.workspace.lists import words

if TYPE_CHECKING:
    from arbiter.workspace.access import SignedInRequest

PARTS = (
    ("customer", "Success plan"),
    ("customer-path", "Milestones"),
    ("customer-people", "People"),
    ("customer-voice", "Voice"),
    ("customer-timeline", "Timeline"),
    ("customer-renewal", "Renewal"),
    ("customer-data", "Data"),
)
STATES_OF_GOALS = {
    "achieved": "confirmed",
    "partly": "partly",
    "not": "disputed",
    "disputed": "disputed",
    "too_early": "too early to say",
    "measured": "not judged",
    "never_asked": "not judged",
}
STATES_OF_PEOPLE = {
    "yes": "yes",
    "not_sure": "not sure",
    "no": "no",
    "sealed": "sealed",
    "no_reply": "no reply",
    "never_asked": "never asked",
}
INTENTS = {
    "yes": "Yes",
    "not_sure": "Not settled",
    "no": "No",
    "no_reply": "No reply",
    "never_asked": "Never asked",
}


def open_page(request: SignedInRequest, pk: int) -> tuple[Visit, Material]:
    """Enter and gather: what every part begins with."""
    visit = enter(request, pk)
    return visit, gather(visit)


def show(
    request: SignedInRequest, visit: Visit, known: Material, part: str, **context: Any
) -> HttpResponse:
    """Show a part of the page under its frame."""
    customer = visit.customer
    shared = {
        "visit": visit,
        "customer": customer,
        "known": known,
        "crumbs": [
            {"label": "Customers", "url": link("customers")},
            {"label": customer.name},
        ],
        "about": about(visit, known),
        "goals_tile": goals_tile(known),
        "intent_tile": intent_tile(known),
        "forecast_tile": forecast_tile(visit, known),
        "parts": parts(visit, known, part),
        "sealed": voices.sealed(visit, known),
        "ask_url": link("asks-new", customer=customer.pk) if visit.may_ask else "",
        "survey_url": link("customer-surveys", customer.pk) if visit.may_survey else "",
        "now": visit.now,
    }
    template = part.removeprefix("customer-") if part != "customer" else "plan"
    return render(request, f"workspace/customer/{template}.html", shared | context)


def about(visit: Visit, known: Material) -> list[dict[str, str]]:
    """The line under the name: money, renewal, stage, owner; what is unknown says so."""
    owner = visit.customer.owner
    told = [
        {"term": "Value", "value": money(known), "icon": "coins"},
        {"term": "Renewal", "value": renewal(visit, known), "icon": "calendar-clock"},
        {"term": "Stage", "value": stage(visit), "icon": "milestone"},
        {
            "term": "Owner",
            "value": owner.name if owner else "Nobody looks after them",
            "icon": "user",
        },
    ]
    return [each for each in told if each["value"]]


def stage(visit: Visit) -> str:
    """Where in its life the customer is, as a word that can stand alone."""
    told = visit.customer.stage
    return f"{told[:1].upper()}{told[1:]} stage" if told else ""


def money(known: Material) -> str:
    """The yearly value of the open contracts, or of the term that is settled; each currency apart."""
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for contract in known.open or known.overdue or filter(None, [known.settled]):
        if contract.arr is not None:
            totals[contract.currency] += contract.arr
    amounts = [wording.money_long(total, name) for name, total in totals.items()]
    return f"{' and '.join(amounts)} a year" if amounts else "Value unknown"


def renewal(visit: Visit, known: Material) -> str:
    """When the term ends, or that it has ended undecided; else what is settled; or that there is none."""
    contract = known.contract
    if contract is None and known.settled is not None:
        return words.settled(known.settled, visit.now)
    if contract is None:
        return "No open contract"
    ends, today = contract.ends_on, visit.now
    when = f"{wording.day(ends, today)}, {wording.days_from(ends, today)}"
    return f"Renews {when}" if known.open else f"Ended {when}, undecided"


def goals_tile(known: Material) -> dict[str, Any]:
    """Are they getting what they came for? By the customer's own word."""
    found = known.attainment
    if not found.total:
        return {"value": "Nobody asked yet", "note": "no goal is known", "bar": [], "legend": []}
    words = Counter(STATES_OF_GOALS[segment] for segment in found.segments)
    keys = {STATES_OF_GOALS[segment]: segment for segment in reversed(found.segments)}
    legend = [(keys[word], f"{count} {word}") for word, count in words.items()]
    return {
        "value": f"{found.confirmed} of {found.total} confirmed",
        "note": "by the customer",
        "bar": found.segments,
        "legend": legend,
    }


def intent_tile(known: Material) -> dict[str, Any]:
    """Will they continue? What its people answered, none of it merged."""
    states = [
        "sealed" if known.is_sealed(person) else str(person.state)
        for person in known.current_people()
    ]
    if not states:
        return {"value": "Nobody to ask", "note": "no person is known", "bar": [], "legend": []}
    counts = Counter(states)
    answered = sum(counts[state] for state in ("yes", "not_sure", "no", "sealed"))
    people = "person" if len(states) == 1 else "people"
    return {
        "value": "Sealed" if counts["sealed"] else INTENTS[str(known.intent.state)],
        "note": f"{answered} of {len(states)} {people} answered",
        "bar": [state for state in STATES_OF_PEOPLE for _ in range(counts[state])],
        "legend": [
            (state, f"{counts[state]} {word}")
            for state, word in STATES_OF_PEOPLE.items()
            if counts[state]
        ],
    }


def forecast_tile(visit: Visit, known: Material) -> dict[str, Any]:
    """Our forecast, and when it was made and will be scored; or why there is none."""
    if known.sealed:
        note = "until somebody says what they believe"
        return {"value": "Hidden", "note": note, "made": None}
    if not known.open:
        return {"value": "None", "note": _why_none(visit, known), "made": None}
    if known.explained is None:
        return {"value": "Being made", "note": "look again in a moment", "made": None}
    made, contract = known.explained.forecast, known.open[0]
    scored = wording.day(contract.ends_on, visit.now)
    return {
        "value": f"{wording.percent(made.probability)} likely to renew",
        "note": f"could be {wording.percents(made.low, made.high)}",
        "aside": f"made {wording.day(made.as_of, visit.now)}, scored {scored}",
        "made": made,
        "start": known.explained.start,
    }


def _why_none(visit: Visit, known: Material) -> str:
    if known.overdue:
        return "the term is over, undecided"
    if known.settled is not None and known.settled.left:
        return "they decided to leave"
    if known.settled is not None:
        return f"the next term begins {wording.day(known.settled.starts_on, visit.now)}"
    return "there is no open contract"


def parts(visit: Visit, known: Material, current: str) -> list[dict[str, Any]]:
    """The parts of the page as links, with what can be counted."""
    counts = {"customer-path": len(known.steps), "customer-people": len(known.intent.people)}
    return [
        {
            "label": label,
            "url": link(name, visit.customer.pk),
            "count": counts.get(name) or None,
            "current": name == current,
        }
        for name, label in PARTS
    ]
