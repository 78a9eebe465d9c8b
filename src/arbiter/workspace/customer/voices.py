"""Will they continue? What each person answered, and what waits behind a seal."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms

from arbiter.foundation.queries import people
from arbiter.ui import wording
from arbiter.workspace.customer.beliefs import BeliefForm
from arbiter.workspace.customer.visit import Visit, link

if TYPE_CHECKING:
    from arbiter.voice.queries.answers import PersonIntent
    from arbiter.workspace.customer.material import Material

FOLLOW_UP_WITHIN = timedelta(days=14)
ROLES = {
    "decision_maker": "decides",
    "sponsor": "sponsor",
    "champion": "champion",
    "user": "user",
    "procurement": "procurement",
    "other": "",
}


def sealed(visit: Visit, known: Material) -> dict[str, Any] | None:
    """Return what the page asks before it shows what came in; None when nothing waits."""
    contract = known.sealed_contract
    if contract is None:
        return None
    waiting = known.sealed[contract.pk]
    who = [person for person in known.current_people() if person.answer_id in waiting]
    names = [person.name for person in who] or ["Somebody"]
    return {
        "names": _listed(names),
        "form": BeliefForm(),
        "log_url": link("beliefs", contract.pk) if visit.may_believe else "",
        "openings": [
            {
                "name": person.name,
                "url": link("answer-opening", person.answer_id),
                "contract": contract.pk,
            }
            for person in who
            if person.answer_id is not None and visit.may_believe
        ],
    }


class FollowUpForm(forms.Form):
    """Who works on a "not sure", and by when."""

    owner = forms.ChoiceField(label="Who follows up")
    due_on = forms.DateField(
        label="By", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


def rows(visit: Visit, known: Material) -> list[dict[str, Any]]:
    """One row per person, those who decide first; a sealed answer shows only that it is there."""
    found = [_row(visit, known, person) for person in known.current_people()]
    if any(row["follow_up_url"] for row in found):
        colleagues = [(person.pk, person.name) for person in people.colleagues()]
        for row in found:
            if row["follow_up_url"]:
                row["follow_up"] = _follow_up_form(visit, row["answer_id"], colleagues)
    return found


def who_they_are(title: str, role: str) -> str:
    """Return a person's title and part: `CFO · decides`."""
    return " · ".join(filter(None, [title, ROLES[role]]))


def _row(visit: Visit, known: Material, person: PersonIntent) -> dict[str, Any]:
    is_sealed = known.is_sealed(person)
    heard = person.at is not None
    row = {
        "name": person.name,
        "role": who_they_are(person.title, person.role),
        "answer": "sealed" if is_sealed else str(person.state),
        "at": person.at or person.ask_at,
        "comment": "" if is_sealed else person.comment,
        "ask_url": "",
        "ask_label": "Ask again" if person.ask_at else "Ask now",
        "notes": [] if is_sealed else _notes(visit, known, person),
        "answer_id": person.answer_id,
        "follow_up_url": "",
    }
    if not heard and visit.may_ask:
        row["ask_url"] = link(
            "asks-new", customer=visit.customer.pk, contact=person.contact_id, kind="intent"
        )
    if not is_sealed and str(person.state) == "not_sure" and visit.may_edit:
        row["follow_up_url"] = _follow_up(known, person)
    return row


def _follow_up(known: Material, person: PersonIntent) -> str:
    if person.answer_id is None or person.answer_id in known.follow_ups:
        return ""
    return link("answer-follow-ups", person.answer_id)


def _follow_up_form(
    visit: Visit, answer_id: int, colleagues: list[tuple[int, str]]
) -> FollowUpForm:
    first = {"owner": visit.person.pk, "due_on": visit.now.date() + FOLLOW_UP_WITHIN}
    form = FollowUpForm(initial=first, auto_id=f"follow-up-{answer_id}-%s")
    form.fields["owner"].choices = colleagues  # type: ignore[attr-defined]
    return form


def _notes(visit: Visit, known: Material, person: PersonIntent) -> list[str]:
    notes = []
    if person.would_make_it_yes:
        notes.append(f"Would make it a yes: {person.would_make_it_yes}")
    if person.on_behalf:
        notes.append("Recorded by us on their behalf.")
    follow_up = known.follow_ups.get(person.answer_id or 0)
    if follow_up is not None:
        due = wording.day(follow_up.due_on, visit.now)
        notes.append(f"{follow_up.owner.name} follows up by {due}.")
    elif str(person.state) == "not_sure":
        notes.append("Nobody follows up yet.")
    return notes


def _listed(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]}"
