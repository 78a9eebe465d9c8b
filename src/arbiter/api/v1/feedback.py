"""POST /api/v1/feedback: what a customer told somebody elsewhere, such as in a ticket."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from arbiter.accounts.queries import contacts, customers
from arbiter.api import credentials
from arbiter.api.answers import NotTaken
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice.actions import feedback

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact, Customer
    from arbiter.foundation.models import Person

MOST_BYTES = 1_000_000
_COLUMNS = frozenset(
    {"feedback_id", "customer_id", "contact_id", "at", "text", "source", "goal_id", "language", "product_area"}
)  # fmt: skip
_LONGEST = {"feedback_id": 200, "goal_id": 200, "language": 20, "product_area": 100}


def receive(request: HttpRequest) -> HttpResponse:
    """Take in one piece of feedback; the same `feedback_id` again is the same piece."""
    person = credentials.person(request, needs=Permission.EDIT_CUSTOMERS)
    told = _told(request)
    now = timezone.now()
    customer = _customer(told, person)
    try:
        found = feedback.receive(
            customer=customer,
            contact=_contact(told, customer),
            text=told.get("text", ""),
            source=told.get("source", "") or "other",
            by=person,
            at=_moment(told, now),
            recorded_at=now,
            language=told.get("language", ""),
            goal_key=told.get("goal_id", ""),
            product_area=told.get("product_area", ""),
            key=told.get("feedback_id", ""),
        )
    except Refusal as refusal:
        raise NotTaken(422, "refused", str(refusal)) from refusal
    except IntegrityError as fault:
        raise NotTaken(409, "key_taken", "Another piece of feedback has this feedback_id.") from fault  # fmt: skip
    return JsonResponse({"success": True, "feedback_id": found.key})


def _told(request: HttpRequest) -> dict[str, str]:
    """The columns that the body gives, each as text."""
    if len(request.body) > MOST_BYTES:
        raise NotTaken(413, "too_large", "The body is larger than a megabyte.")
    try:
        found: Any = json.loads(request.body)
    except (ValueError, RecursionError) as wrong:
        raise NotTaken(400, "not_json", "The body is no JSON.") from wrong
    if not isinstance(found, dict):
        raise NotTaken(400, "wrong_shape", "The body is no JSON object.")
    for name, value in found.items():
        if name not in _COLUMNS:
            raise NotTaken(422, "refused", f"`{name}` is no column of feedback.")
        if not isinstance(value, str) or "\0" in value or len(value) > _LONGEST.get(name, MOST_BYTES):  # fmt: skip
            raise NotTaken(422, "refused", f"`{name}` is no text that can be kept.")
    return found


def _customer(told: dict[str, str], person: Person) -> Customer:
    key = told.get("customer_id", "")
    found = customers.visible_to(person).filter(key=key).first()
    if found is None:
        raise NotTaken(422, "refused", "There is no customer with this customer_id.")
    return found


def _contact(told: dict[str, str], customer: Customer) -> Contact | None:
    key = told.get("contact_id", "")
    if not key:
        return None
    found = contacts.of(customer).filter(key=key).first()
    if found is None:
        raise NotTaken(422, "refused", "The customer has no contact with this contact_id.")
    return found


def _moment(told: dict[str, str], now: datetime) -> datetime:
    said = told.get("at", "")
    if not said:
        return now
    try:
        at = datetime.fromisoformat(said)
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as wrong:
        raise NotTaken(422, "refused", "`at` is no instant. Write it as YYYY-MM-DDTHH:MM:SSZ.") from wrong  # fmt: skip
    if at > now:
        raise NotTaken(422, "refused", "`at` lies ahead. Nobody has said it yet.")
    return at
