"""What to do next about a customer behind a measure: from the code of a step to where it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from arbiter.foundation.roles import Permission

if TYPE_CHECKING:
    from arbiter.foundation.models import Person

ASKS = {
    "ask": "intent",
    "ask_again": "intent",
    "ask_decision_maker": "intent",
    "ask_verdict": "verdict",
    "re_ask_goal": "goal",
}
"""Steps that are an ask, with what is asked."""

PLACES = {
    "agree_goal": ("goal-new", Permission.EDIT_CUSTOMERS),
    "find_out": ("touchpoint-new", Permission.EDIT_CUSTOMERS),
    "talk": ("touchpoint-new", Permission.EDIT_CUSTOMERS),
    "find_decider": ("contact-new", Permission.EDIT_CUSTOMERS),
    "call": ("customer-answers", Permission.RECORD_ON_BEHALF),
    "record_decision": ("customer-renewal", None),
    "learn": ("customer-renewal", None),
    "log_belief": ("customer-renewal", None),
    "next_step": ("customer-path", None),
    "tell_them": ("customer", None),
    "celebrate": ("customer", None),
    "follow_up": ("customer", None),
}
"""Every other step: the page on which it is done, and the permission that page asks for."""


def url_of(code: str, customer_pk: int, *, reader: Person) -> str:
    """Return where a step is done; empty where there is none, or the reader may not do it."""
    if code in ASKS:
        return _ask(ASKS[code], customer_pk) if reader.may(Permission.ASK_CUSTOMERS) else ""
    if code not in PLACES:
        return ""
    name, needs = PLACES[code]
    if needs is not None and not reader.may(needs):
        return ""
    return reverse(f"workspace:{name}", args=[customer_pk])


def _ask(kind: str, customer_pk: int) -> str:
    asked = urlencode({"customer": customer_pk, "kind": kind})
    return f"{reverse('workspace:asks-new')}?{asked}"
