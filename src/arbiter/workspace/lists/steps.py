"""The next step: from its code to an icon, words and the place where it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse

if TYPE_CHECKING:
    from arbiter.forecast.models import Standing

SHORT = 44


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: `words` name whom or what it is about, `verb` fits on a button."""

    icon: str
    words: str
    verb: str
    url: str


def next_step(row: Standing) -> Step | None:
    """Return the one thing to do next for a customer, where anything waits."""
    return step(row.next_step, row, row.next_step_about) if row.next_step else None


def step(code: str, row: Standing, about: dict[str, Any] | None = None) -> Step:
    """Return a step of a customer; `about` names whom or what, where that is known."""
    icon, words, without, verb, address = _STEPS[code]
    known = about or {}
    name = known.get("name", "").split(" ")[0] or _clipped(known.get("statement", ""))
    return Step(icon, words.format(name) if name else without, verb, address(row, known))


def customer_url(pk: int) -> str:
    """Return the address of a customer's page; looked up once, for lists have many."""
    return _page("workspace:customer").format(pk)


@cache
def _page(name: str) -> str:
    return reverse(name, args=[0]).replace("/0/", "/{}/")


def _clipped(text: str) -> str:
    return text if len(text) <= SHORT else text[: SHORT - 1].rstrip() + "…"


def _customer(row: Standing, about: dict[str, Any]) -> str:
    return customer_url(row.customer_id)


def _belief(row: Standing, about: dict[str, Any]) -> str:
    return (
        _page("workspace:beliefs").format(row.contract_id)
        if row.contract_id
        else _customer(row, about)
    )


def _ask(kind: str) -> Callable[[Standing, dict[str, Any]], str]:
    def address(row: Standing, about: dict[str, Any]) -> str:
        asked: dict[str, Any] = {"customer": row.customer_id, "kind": kind}
        asked |= {name: about[name] for name in ("contact", "goal") if name in about}
        return f"{reverse('workspace:asks-new')}?{urlencode(asked)}"

    return address


def _call(row: Standing, about: dict[str, Any]) -> str:
    query = f"?contact={about['contact']}" if "contact" in about else ""
    return _page("workspace:customer-answers").format(row.customer_id) + query


def _goal(part: str) -> Callable[[Standing, dict[str, Any]], str]:
    def address(row: Standing, about: dict[str, Any]) -> str:
        return _page(part).format(about["goal"]) if "goal" in about else _customer(row, about)

    return address


def _of_customer(part: str) -> Callable[[Standing, dict[str, Any]], str]:
    return lambda row, about: _page(part).format(row.customer_id)


# code: icon, words with a name, words without one, verb, where it is done.
_STEPS: dict[str, tuple[str, str, str, str, Callable[[Standing, dict[str, Any]], str]]] = {
    "log_belief": ("percent", "", "Say what you believe", "Say it", _belief),
    "call": ("phone", "Call {}", "Call them", "Call", _call),
    "follow_up": ("reply", "Follow up with {}", "Follow up", "Follow up", _customer),
    "settle_dispute": ("scale", "Settle “{}”", "Settle the dispute", "Settle", _goal("workspace:goal")),
    "add_contact": ("user-plus", "", "Add a contact", "Add", _of_customer("workspace:contact-new")),
    "ask": ("message-circle-question-mark", "Ask {}", "Ask them", "Ask", _ask("intent")),
    "tell_them": ("megaphone", "Tell them: “{}”", "Tell them what was reached", "Tell them", _goal("workspace:goal-awareness")),
    "agree_goal": ("target", "", "Ask what they want", "Ask", _of_customer("workspace:goal-new")),
    "ask_again": ("send", "Ask {} again", "Ask again", "Ask again", _ask("intent")),
    "ask_decision_maker": ("handshake", "Ask {}, who decides", "Ask who decides", "Ask", _ask("intent")),
    "re_ask_goal": ("history", "Re-ask “{}”", "Ask whether it still holds", "Re-ask", _ask("goal")),
    "ask_verdict": ("message-square-quote", "Ask for a verdict: “{}”", "Ask for a verdict", "Ask", _ask("verdict")),
    "find_out": ("search", "", "Find out what they got", "Find out", _customer),
    "celebrate": ("party-popper", "Celebrate “{}”", "Celebrate with them", "Celebrate", _goal("workspace:goal")),
}  # fmt: skip
