"""View as customer: choose a person, then read the letter as they would, without being able to answer."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.customer import frame, voices
from arbiter.workspace.customer.visit import link


@open_to_colleagues()
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lead to the one person's letter; where there are several, ask whose."""
    visit, known = frame.open_page(request, pk)
    people = known.current_people()
    chosen = request.GET.get("contact", "")
    ids = {str(person.contact_id): person.contact_id for person in people}
    if chosen in ids:
        return redirect("portal:preview", ids[chosen])
    if len(people) == 1:
        return redirect("portal:preview", people[0].contact_id)
    rows = [
        {
            "name": person.name,
            "role": voices.who_they_are(person.title, person.role),
            "url": link("customer-preview", pk) + f"?contact={person.contact_id}",
        }
        for person in people
    ]
    return frame.show(request, visit, known, "customer-preview", people=rows)
