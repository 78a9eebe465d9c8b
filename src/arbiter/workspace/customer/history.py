"""What happened, from the journal: everything, the newest first, a page at a time."""

from __future__ import annotations

from django.http import HttpResponse

from arbiter.foundation.queries import timeline
from arbiter.foundation.queries.timeline import Place
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.customer import frame, names, sentences
from arbiter.workspace.customer.visit import link

PER_PAGE = 40


@open_to_colleagues()
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a page of the timeline; `before` is the place where it goes on."""
    visit, known = frame.open_page(request, pk)
    everything = request.GET.get("show") == "everything"
    facts, older = timeline.of_customer(
        pk,
        as_of=visit.now,
        most=PER_PAGE,
        before=Place.parse(request.GET.get("before", "")),
        only=None if everything else sentences.TELLING,
    )
    words = names.of(facts, visit, known)
    shown = {"show": "everything"} if everything else {}
    return frame.show(
        request,
        visit,
        known,
        "customer-timeline",
        entries=[sentences.tell(fact, words) for fact in facts],
        everything=everything,
        switch_url=link("customer-timeline", pk, **({} if everything else {"show": "everything"})),
        older_url=link("customer-timeline", pk, before=older, **shown) if older else "",
        newest_url=link("customer-timeline", pk, **shown) if "before" in request.GET else "",
    )
