"""The renewal: what they say, what we believe and what the method says, side by side and never averaged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

from arbiter.accounts.queries import contracts
from arbiter.forecast.queries import beliefs
from arbiter.outcomes.queries import returns
from arbiter.ui import wording
from arbiter.ui.charts.voices import Voices
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.customer import frame, reasons, voices
from arbiter.workspace.customer.beliefs import BeliefForm
from arbiter.workspace.customer.visit import Visit, link

if TYPE_CHECKING:
    from arbiter.accounts.models import Contract
    from arbiter.forecast.queries.beliefs import Told
    from arbiter.outcomes.queries.returns import GoalReturn, Returns
    from arbiter.workspace.customer.material import Material

COLUMNS = [
    {"label": "Term"},
    {"label": "Value a year", "number": True},
    {"label": "Seats and plan"},
    {"label": "Decision"},
]
DECISIONS = {
    "renewed": "Renewed",
    "expanded": "Expanded",
    "contracted": "Renewed for less",
    "churned": "Left",
}
CAUSES = {"ours": "our doing", "external": "not our doing", "payment": "a payment"}


@open_to_colleagues()
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show everything about the renewal of one customer."""
    visit, known = frame.open_page(request, pk)
    contract = known.contract
    told = beliefs.history(contract, as_of=visit.now) if contract else []
    may_believe = visit.may_believe and bool(known.open)
    return frame.show(
        request,
        visit,
        known,
        "customer-renewal",
        contract=contract,
        belief=told[0] if told else None,
        apart=_apart(known, told),
        told=told,
        belief_form=BeliefForm() if may_believe else None,
        belief_url=link("beliefs", contract.pk) if contract and may_believe else "",
        voices=voices.rows(visit, known),
        why=reasons.of(visit, known),
        actions={"ask_all": link("asks-new", customer=pk, kind="intent")} if visit.may_ask else {},
        columns=COLUMNS,
        terms=[_term(visit, known, each) for each in contracts.of(visit.customer)],
        contract_url=link("contract-new", pk) if visit.may_edit else "",
        worth=_worth(returns.of_customer(visit.customer, as_of=visit.now)),
        invest_url=link("investment-new", pk) if visit.may_edit else "",
    )


def _apart(known: Material, told: list[Told]) -> dict[str, Any] | None:
    """The three voices on the open term: how far they lie apart, and who expects the opposite. Never averaged."""
    if not known.open:
        return None
    made = known.explained.forecast if known.explained else None
    drawn = Voices(
        answer="sealed" if known.sealed else str(known.intent.state),
        belief=told[0].belief.probability if told else None,
        forecast=made.probability if made else None,
        low=made.low if made else None,
        high=made.high if made else None,
    )
    return {"drawn": drawn, "verdict": drawn.verdict}


def _term(visit: Visit, known: Material, contract: Contract) -> dict[str, Any]:
    decided = getattr(contract, "renewal", None)
    seats = f"{contract.seats:,} seats" if contract.seats is not None else ""
    return {
        "contract": contract,
        "plan": " · ".join(filter(None, [seats, contract.plan, contract.product])),
        "decision": DECISIONS[decided.decision] if decided else _undecided(known, contract),
        "about": _about(decided) if decided else "",
        "decided_on": decided.decided_on if decided else None,
        "file_url": link("surprises-file", contract.pk)
        if decided and decided.decision == "churned"
        else "",
        "edit_url": link("contract-edit", contract.pk) if visit.may_edit else "",
        "decide_url": link("decision", contract.pk) if visit.may_edit and not decided else "",
    }


def _undecided(known: Material, contract: Contract) -> str:
    if contract in known.open:
        return "Open"
    return "Undecided" if contract in known.overdue else "Not begun"


def _about(decided: Any) -> str:
    avoidable = {True: "avoidable", False: "not avoidable"}.get(decided.avoidable, "")
    parts = [decided.churn_reason, CAUSES.get(decided.churn_cause, ""), avoidable]
    return " · ".join(filter(None, parts))


def _worth(found: Returns) -> dict[str, Any]:
    """The agreed value against price and effort, with every assumption behind it."""
    currency = found.currency
    return {
        "roi": None if found.roi is None else f"{wording.number(round(1 + found.roi, 1))}×",
        "value": wording.money_long(found.value, currency),
        "price": wording.money_long(found.price, currency),
        "effort": wording.money_long(found.effort, currency),
        "left_out": ", ".join(found.left_out),
        "goals": [_assumption(each) for each in found.goals],
    }


def _assumption(each: GoalReturn) -> dict[str, str]:
    agreed = each.revision
    price = wording.money_long(agreed.money_per_unit, each.currency)
    return {
        "title": each.goal.statement,
        "value": wording.money_long(each.value, each.currency),
        "assumes": f"{price} a year for each {wording.one_of(agreed.unit or 'units')} of “{agreed.measure}”, by their own estimate",
        "helped": f"they say our part in it: {each.helped}" if each.helped else "",
    }
