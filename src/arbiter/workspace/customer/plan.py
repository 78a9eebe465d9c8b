"""The first part of a customer's page: the next step, the goals, who continues, why, what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

from arbiter.foundation.queries import timeline
from arbiter.ui import wording
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.customer import (
    frame,
    goals,
    names,
    next_step,
    reasons,
    sentences,
    usage,
    voices,
)
from arbiter.workspace.customer.visit import Visit, link

if TYPE_CHECKING:
    from arbiter.workspace.customer.material import Material

FACTS_SHOWN = 6
TRACK_LEGEND = [("ink", "confirmed by them"), ("measured", "measured by us")]


@open_to_colleagues()
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show where a customer stands on one page."""
    visit, known = frame.open_page(request, pk)
    return frame.show(
        request,
        visit,
        known,
        "customer",
        next_step=next_step.of(visit, known),
        on_path=next_step.on_path(visit, known),
        goals=goals.rows(visit, known),
        goals_sub=_whose_words(visit, known),
        voices=voices.rows(visit, known),
        usage=usage.strip(visit),
        why=reasons.of(visit, known),
        happened=_happened(visit, known),
        actions=_actions(visit),
        promise=_promise(visit),
        track_legend=TRACK_LEGEND,
    )


def _whose_words(visit: Visit, known: Material) -> str:
    """Whose words the goals are in, and when the latest of them was agreed."""
    found = known.attainment.goals
    if not found:
        return ""
    theirs = sum(each.goal.whose_words == "customer" for each in found)
    agreed = max(
        (each.revision.at for each in found if each.revision),
        default=max(each.goal.at for each in found),
    )
    whose = {len(found): "in their words", 0: "in our words"}.get(
        theirs, f"{theirs} of {len(found)} in their words"
    )
    return f"{whose}, agreed {wording.day(agreed, visit.now)}"


def _happened(visit: Visit, known: Material) -> list[dict[str, Any]]:
    facts, _ = timeline.of_customer(
        visit.customer.pk, as_of=visit.now, most=FACTS_SHOWN, only=sentences.TELLING
    )
    words = names.of(facts, visit, known)
    return [sentences.tell(fact, words) for fact in facts]


def _actions(visit: Visit) -> dict[str, str]:
    """The addresses of what this reader may do here."""
    pk = visit.customer.pk
    found = {"timeline": link("customer-timeline", pk), "data": link("customer-data", pk)}
    if visit.may_ask:
        found["ask_goal"] = link("asks-new", customer=pk, kind="goal")
        found["ask_all"] = link("asks-new", customer=pk, kind="intent")
    if visit.may_edit:
        found["goal"] = link("goal-new", pk)
        found["contact"] = link("contact-new", pk)
        found["handoff"] = link("customer-handoff", pk)
    return found


def _promise(visit: Visit) -> dict[str, str] | None:
    """Why they bought and what was promised; None where nobody wrote it down."""
    customer = visit.customer
    if not (customer.why_bought or customer.promised_value):
        return None
    source = [customer.promised_by, customer.promise_source]
    return {
        "why": customer.why_bought,
        "value": customer.promised_value,
        "by": ", ".join(filter(None, source)),
        "quote": customer.promise_quote,
    }
