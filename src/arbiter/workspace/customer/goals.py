"""The goals: how far each has come, by whose word, and what nobody has said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from arbiter.engagement.queries import touchpoints
from arbiter.outcomes import rules
from arbiter.outcomes.queries import results
from arbiter.ui import wording
from arbiter.voice.queries import asks
from arbiter.workspace.customer import usage
from arbiter.workspace.customer.visit import Visit, link
from arbiter.workspace.customer.voices import who_they_are

if TYPE_CHECKING:
    from arbiter.engagement.models import Touchpoint
    from arbiter.outcomes.models import Result
    from arbiter.outcomes.queries.attainment import GoalAttainment
    from arbiter.outcomes.queries.brief import Judged
    from arbiter.workspace.customer.material import Material

NUMBERS_SHOWN = 6
NOTES_SHOWN = 3
PROVENANCE = {
    "customer": "told by the customer",
    "csm": "told by us",
    "import": "from a file",
    "api": "by the API",
    "usage": "from usage",
}
KNOWS = {
    "told": "was told",
    "seen": "has seen it",
    "agreed": "agrees",
    "disputed": "disputes it",
}
QUOTED = {
    "achieved": "confirmed",
    "partly": "partly",
    "not": "not achieved",
    "too_early": "too early to say",
}
VERDICTS = {
    "achieved": "confirmed",
    "partly": "says partly",
    "not": "says not",
    "too_early": "says too early",
}


@dataclass(frozen=True)
class Evidence:
    """What else is known about the goals: every number, when a verdict was asked for, what was talked about."""

    numbers: dict[int, list[Result]]
    asked: dict[str, datetime]
    talks: list[Touchpoint]
    uses: dict[int, list[dict[str, Any]]]


def rows(visit: Visit, known: Material) -> list[dict[str, Any]]:
    """One row per goal, the leading one first."""
    found = known.attainment.goals
    if not found:
        return []
    evidence = _evidence(visit, [each.goal.pk for each in found])
    return [_row(visit, known, each, evidence) for each in found]


def _evidence(visit: Visit, ids: list[int]) -> Evidence:
    customer, now = visit.customer, visit.now
    asked = asks.of_customer(customer.pk, as_of=now).filter(kind="verdict").exclude(goal_key="")
    talks = touchpoints.of(customer, as_of=now).filter(value_conversation=True)
    return Evidence(
        numbers=results.series(ids, as_of=now),
        # The newest comes first, so the last one written would be the oldest.
        asked=dict(reversed(list(asked.values_list("goal_key", "at")))),
        talks=list(talks[:NOTES_SHOWN]),
        uses=usage.beside(customer.pk, ids),
    )


def _row(visit: Visit, known: Material, each: GoalAttainment, evidence: Evidence) -> dict[str, Any]:
    goal = each.goal
    numbers = evidence.numbers.get(goal.pk, [])
    return {
        "title": goal.statement,
        "url": link("goal", goal.pk),
        "meta": _meta(visit, each),
        "badge": _badge(visit, each, evidence),
        "track": _track(visit, each, numbers),
        "spark": _spark(each, numbers),
        "quotes": [_quote(visit, each, said) for said in each.verdicts if said.comment],
        "unsaid": _unsaid(visit, each),
        "dispute_url": link("goal-revisions", goal.pk) if each.disputed and visit.may_edit else "",
        "warnings": _warnings(visit, each),
        "evidence": {
            "said": [_said(visit, said) for said in each.verdicts],
            "aware": _aware(known, each),
            "numbers": [_number(each, result) for result in reversed(numbers[-NUMBERS_SHOWN:])],
            "more_numbers": max(len(numbers) - NUMBERS_SHOWN, 0),
            "talks": evidence.talks,
            "uses": evidence.uses.get(goal.pk, []),
        },
    }


def _meta(visit: Visit, each: GoalAttainment) -> list[str]:
    goal, agreed = each.goal, each.revision
    by = f"Stated by {goal.stated_by_name}" if goal.stated_by_name else ""
    ours = "In our words" if goal.whose_words == "vendor" else ""
    due = f"By {wording.day(agreed.due_on, visit.now)}" if agreed and agreed.due_on else "No date"
    measure = agreed.measure if agreed and agreed.measure else "No measure agreed"
    return [part for part in (measure, by, ours, due) if part]


def _badge(visit: Visit, each: GoalAttainment, evidence: Evidence) -> dict[str, Any]:
    said = each.verdict
    asked = evidence.asked.get(each.goal.key)
    if said is not None and each.fresh:
        first = said.contact_name.split()[0]
        if each.disputed:
            return {"verdict": "disputed", "text": f"{first} disputes"}
        return {"verdict": said.verdict, "text": f"{first} {VERDICTS[said.verdict]}"}
    if each.disputed:
        return {"verdict": "disputed", "text": "Disputed"}
    if asked is not None and (said is None or asked > said.at):
        text = f"Asked {wording.ago(asked, visit.now)}, no reply"
        return {"verdict": "no_reply", "text": text}
    if said is not None:
        long_ago = wording.ago(said.at, visit.now).removesuffix(" ago")
        return {"verdict": "never_asked", "text": f"Not asked for {long_ago}"}
    return {"verdict": "never_asked", "text": "Never asked"}


def _track(visit: Visit, each: GoalAttainment, numbers: list[Result]) -> dict[str, Any] | None:
    agreed = each.revision
    if agreed is None or (agreed.target is None and each.result is None):
        return None
    return {
        "baseline": agreed.baseline,
        "target": agreed.target,
        "value": each.result.value if each.result else None,
        "confirmed": _confirmed_value(each, numbers),
        "plan": _plan(visit.now, each),
        "direction": agreed.direction or "up",
        "unit": agreed.unit,
        "name": agreed.measure,
    }


def _confirmed_value(each: GoalAttainment, numbers: list[Result]) -> Decimal | None:
    """The value that stood when the customer last said they got it, or got part of it."""
    at = _confirmed_at(each)
    before = [result.value for result in numbers if at is not None and result.at <= at]
    return before[-1] if before else None


def _confirmed_at(each: GoalAttainment) -> datetime | None:
    said = each.verdict
    counts = said is not None and each.fresh and not each.disputed
    return said.at if counts and said and said.verdict in ("achieved", "partly") else None


def _plan(now: datetime, each: GoalAttainment) -> Decimal | None:
    """Where a straight way from baseline to target would stand today."""
    agreed = each.revision
    if agreed is None or agreed.baseline is None or agreed.target is None or not agreed.due_on:
        return None
    began = agreed.at.date()
    whole, gone = (agreed.due_on - began).days, (now.date() - began).days
    if whole <= 0 or gone <= 0:
        return None
    share = Decimal(min(gone, whole)) / whole
    return agreed.baseline + (agreed.target - agreed.baseline) * share


def _spark(each: GoalAttainment, numbers: list[Result]) -> dict[str, Any] | None:
    if len(numbers) < 2 or each.revision is None:
        return None
    at = _confirmed_at(each)
    before = [result.at.date() for result in numbers if at is not None and result.at <= at]
    return {
        "points": [(result.at.date(), float(result.value)) for result in numbers],
        "target": each.revision.target,
        "confirmed": before[-1] if before else None,
        "unit": each.revision.unit,
        "name": each.revision.measure,
    }


def _quote(visit: Visit, each: GoalAttainment, said: Judged) -> dict[str, str]:
    how = QUOTED[said.verdict]
    if said.on_behalf_by_id:
        how += ", recorded by us on their behalf"
    parts = [f"{how}, {wording.day(said.at, visit.now)}"]
    agreed = each.revision
    if agreed and agreed.money_per_unit is not None:
        price = wording.money_long(agreed.money_per_unit, agreed.currency)
        parts.append(
            f"{price} a year per {wording.one_of(agreed.unit or 'units')}, by their own estimate"
        )
    return {
        "who": said.contact_name,
        "role": said.contact_title or who_they_are("", said.contact_role),
        "meta": " · ".join(parts),
        "words": said.comment,
    }


def _unsaid(visit: Visit, each: GoalAttainment) -> dict[str, Any] | None:
    """What stands where the customer's word is missing: what we think, and that it does not count."""
    if each.fresh or each.disputed:
        return None
    name = visit.customer.name
    if each.achieved_not_known:
        title = f"Reached by our numbers, and nobody at {name} knows."
        action = {"label": "Tell them", "url": link("goal-awareness", each.goal.pk)}
        return {"title": title, "action": action if visit.may_edit else None}
    if each.progress is not None and each.progress > 0:
        title = f"We think this is going well. Nobody at {name} has said so."
    elif each.result is None:
        title = f"Nothing was measured yet, and nobody at {name} has said how it goes."
    else:
        title = f"Our numbers have not moved. Nobody at {name} has said how it goes."
    url = link("asks-new", customer=visit.customer.pk, kind="verdict", goal=each.goal.pk)
    action = {"label": "Ask for a verdict", "url": url}
    return {"title": title, "action": action if visit.may_ask else None}


def _warnings(visit: Visit, each: GoalAttainment) -> list[dict[str, str]]:
    # What a customer wants is what they say; only our own wording is questioned.
    hints = (
        [] if each.goal.whose_words == "customer" else rules.wording_warnings(each.goal.statement)
    )
    found = [
        {"title": "A goal, or a step to one?", "text": text, "url": "", "label": ""}
        for text in hints
    ]
    agreed = each.revision
    if each.wrong_value == "guard" and agreed and each.guard:
        now = wording.number(each.guard.value)
        limit = wording.number(agreed.guard_limit)
        text = f"{agreed.guard_measure}: {now}, and it must not be over {limit}."
        found.append({"title": "Reached at the wrong price?", "text": text, "url": "", "label": ""})
    if each.wrong_value == "missed":
        text = "Other numbers rose. They do not make up for it."
        found.append({"title": "This one was missed.", "text": text, "url": "", "label": ""})
    if each.stale:
        because = {
            "age": "It was agreed more than a year ago.",
            "stage": "They have moved to another stage since.",
        }
        found.append(
            {
                "title": "Is this still what they want?",
                "text": because[each.stale],
                "url": link("asks-new", customer=visit.customer.pk, kind="goal", goal=each.goal.pk)
                if visit.may_ask
                else "",
                "label": "Ask again",
            }
        )
    return found


def _said(visit: Visit, said: Judged) -> dict[str, str]:
    age = "" if visit.now - said.at < timedelta(days=365) else ", too old to count"
    return {
        "who": said.contact_name,
        "text": f"{VERDICTS[said.verdict]}, {wording.day(said.at, visit.now)}{age}",
        "helped": f"our part: {said.helped}" if said.helped else "",
        "words": said.comment,
    }


def _aware(known: Material, each: GoalAttainment) -> list[str]:
    people = known.people
    return [f"{people[pk].name} {KNOWS[state]}" for pk, state in each.knows.items() if pk in people]


def _number(each: GoalAttainment, result: Result) -> dict[str, Any]:
    unit = each.revision.unit if each.revision else ""
    return {
        "at": result.at,
        "value": wording.measured(result.value, unit),
        "from": PROVENANCE.get(result.provenance, ""),
    }
