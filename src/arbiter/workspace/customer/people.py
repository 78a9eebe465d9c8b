"""The people: who they are, what they answered, when they were last heard, and who has left."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.http import HttpResponse

from arbiter.voice.queries import answers
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.customer import frame
from arbiter.workspace.customer.visit import Visit, link
from arbiter.workspace.customer.voices import who_they_are

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.workspace.customer.material import Material

COLUMNS = [
    {"label": "Name"},
    {"label": "Will they continue?"},
    {"label": "Last heard"},
    {"label": "Letters"},
    {"label": "", "hidden_label": "What can be done"},
]


@open_to_colleagues()
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show everyone who is or was there."""
    visit, known = frame.open_page(request, pk)
    heard = _heard(visit, known)
    return frame.show(
        request,
        visit,
        known,
        "customer-people",
        columns=COLUMNS,
        rows=[_row(visit, known, person.contact_id, heard) for person in known.current_people()],
        gone=[contact for contact in known.people.values() if _is_gone(visit, contact)],
        only_friendly=known.intent.only_friendly,
        silent=known.intent.silent_decision_maker,
        add_url=link("contact-new", pk) if visit.may_edit else "",
        ask_deciders_url=link("asks-new", customer=pk, kind="intent") if visit.may_ask else "",
    )


def _heard(visit: Visit, known: Material) -> dict[int, datetime]:
    """When each person last said anything: any answer, or a verdict."""
    said = answers.of_customer(visit.customer.pk, as_of=visit.now).filter(flagged=False)
    found = dict(said.order_by().values_list("contact_id").annotate(Max("at")))
    for each in known.attainment.goals:
        for verdict in each.verdicts:
            before = found.get(verdict.contact_id)
            if before is None or verdict.at > before:
                found[verdict.contact_id] = verdict.at
    return found


def _row(visit: Visit, known: Material, pk: int, heard: dict[int, datetime]) -> dict[str, Any]:
    contact = known.people[pk]
    person = next(each for each in known.intent.people if each.contact_id == pk)
    letters = "Wants none" if contact.unsubscribed_at else contact.email or "No address"
    return {
        "contact": contact,
        "role": who_they_are(contact.title, contact.role),
        "answer": "sealed" if known.is_sealed(person) else str(person.state),
        "heard": heard.get(pk),
        "letters": letters,
        "ask_url": link("asks-new", customer=visit.customer.pk, contact=pk, kind="intent")
        if visit.may_ask
        else "",
        "survey_url": link("customer-surveys", visit.customer.pk, contact=pk)
        if visit.may_survey
        else "",
        "edit_url": link("contact-edit", pk) if visit.may_edit else "",
        "preview_url": link("customer-preview", visit.customer.pk) + f"?contact={pk}",
    }


def _is_gone(visit: Visit, contact: Contact) -> bool:
    return contact.left_on is not None and contact.left_on <= visit.now.date()
