"""The one thing to do next, in a sentence, with where it is done; and the next step on their path."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from arbiter.ui import wording
from arbiter.workspace.customer.visit import Visit, link

if TYPE_CHECKING:
    from arbiter.workspace.customer.material import Material

Told = dict[str, Any]


def of(visit: Visit, known: Material) -> Told | None:
    """Return what to do next; None where nothing waits."""
    standing = known.standing
    if known.overdue and not known.open:
        return _decide(visit, known)
    if standing is None or not standing.next_step:
        return None
    step = STEPS[standing.next_step]
    return step(visit, known, standing.next_step_about)


def on_path(visit: Visit, known: Material) -> Told | None:
    """Return the first open milestone; None where there is no path or all is done."""
    step = next((step for step in known.steps if step.done_at is None), None)
    if step is None:
        return None
    whose = {"ours": "ours", "theirs": "theirs"}.get(step.side, "")
    due = f"by {wording.day(step.due_on, visit.now)}" if step.due_on else ""
    return {"title": step.title, "detail": ", ".join(filter(None, [whose, due]))}


def _decide(visit: Visit, known: Material) -> Told:
    contract = known.overdue[0]
    ended = wording.day(contract.ends_on, visit.now)
    return {
        "title": f"The term ended on {ended}, and nobody has told how it was decided.",
        "label": "Tell the decision",
        "url": link("decision", contract.pk) if visit.may_edit else "",
    }


def _ask(kind: str, title: str, label: str) -> Callable[[Visit, Material, Told], Told]:
    def told(visit: Visit, known: Material, about: Told) -> Told:
        asked = {"kind": kind}
        if "contact" in about:
            asked["contact"] = about["contact"]
        if "goal" in about:
            asked["goal"] = about["goal"]
        url = link("asks-new", customer=visit.customer.pk, **asked) if visit.may_ask else ""
        return _said(title, about, visit, label=label, url=url)

    return told


def _edit(name: str, title: str, label: str) -> Callable[[Visit, Material, Told], Told]:
    def told(visit: Visit, known: Material, about: Told) -> Told:
        url = link(name, visit.customer.pk) if visit.may_edit else ""
        return _said(title, about, visit, label=label, url=url)

    return told


def _at_goal(name: str, title: str, label: str) -> Callable[[Visit, Material, Told], Told]:
    def told(visit: Visit, known: Material, about: Told) -> Told:
        url = link(name, about["goal"]) if "goal" in about and visit.may_edit else ""
        return _said(title, about, visit, label=label, url=url)

    return told


def _believe(visit: Visit, known: Material, about: Told) -> Told | None:
    if known.sealed:
        return None  # The page asks for it above everything else.
    url = link("customer-renewal", visit.customer.pk)
    title = "Say what you believe about this renewal, before they answer."
    return _said(title, about, visit, label="Log a belief", url=f"{url}#belief")


def _follow_up(visit: Visit, known: Material, about: Told) -> Told:
    person = next((p for p in known.intent.people if p.contact_id == about.get("contact")), None)
    waiting = known.follow_ups.get(person.answer_id or 0) if person else None
    if waiting is not None:
        due = wording.day(waiting.due_on, visit.now)
        url = link("touchpoint-new", visit.customer.pk) if visit.may_edit else ""
        told = _said("{name} is not sure.", about, visit, label="Log a conversation", url=url)
        return {**told, "title": f"{told['title']} {waiting.owner.name} follows up by {due}."}
    title = "{name} is not sure. Agree what would make it a yes, with an owner and a date."
    url = f"{link('customer', visit.customer.pk)}#voices" if visit.may_edit else ""
    return _said(title, about, visit, label="Follow up", url=url)


def _said(title: str, about: Told, visit: Visit, *, label: str = "", url: str = "") -> Told:
    statement = about.get("statement", "")
    return {
        "title": title.format(
            name=about.get("name") or "Somebody",
            goal=f"“{statement}”" if statement else "a goal",
            customer=visit.customer.name,
        ),
        "label": label,
        "url": url,
    }


STEPS: dict[str, Callable[[Visit, Material, Told], Told | None]] = {
    "log_belief": _believe,
    "call": _edit("touchpoint-new", "{name} said no. Call, and write down why.", "Log the call"),
    "follow_up": _follow_up,
    "settle_dispute": _at_goal("goal", "They dispute {goal}. Settle what it is measured by.", "Open the goal"),
    "add_contact": _edit("contact-new", "Nobody at {customer} is known. Add a person to ask.", "Add a person"),
    "add_contract": _edit("contract-new", "No contract of {customer} is open. Add it, or archive them.", "Add a contract"),
    "ask": _ask("intent", "Nobody asked {customer} whether they will continue. Ask {name}.", "Ask"),
    "ask_again": _ask("intent", "{name} was asked and has not answered. Try another way.", "Ask again"),
    "ask_decision_maker": _ask("intent", "Only friendly people answered. Ask who decides.", "Ask who decides"),
    "tell_them": _at_goal("goal-awareness", "{goal} is reached, and nobody there knows. Tell them.", "Tell them"),
    "agree_goal": _edit("goal-new", "Nobody knows what {customer} wants. Ask, and write it down.", "Add a goal"),
    "re_ask_goal": _ask("goal", "Is {goal} still what they want? It is older than a stage.", "Ask again"),
    "ask_verdict": _ask("verdict", "{goal} is due, and nobody there has judged it. Ask.", "Ask for a verdict"),
    "find_out": _edit("touchpoint-new", "They use it, and nothing they want has moved. Find out why.", "Log a conversation"),
    "celebrate": _edit("touchpoint-new", "They confirmed {goal}. Celebrate it together.", "Log it"),
}  # fmt: skip
