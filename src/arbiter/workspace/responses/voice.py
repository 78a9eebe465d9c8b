"""GET /customers/<pk>/voice/: what one customer was asked and answered, in words and on scales."""

from __future__ import annotations

from django.http import HttpResponse

from arbiter.voice.queries import comments, ratings, responses
from arbiter.voice.queries.comments import Filters
from arbiter.voice.queries.places import Place
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.customer import frame
from arbiter.workspace.responses import figures, kept
from arbiter.workspace.responses.choice import Choice
from arbiter.workspace.responses.comments import COLUMNS, lines

MONTHS = 24


@open_to_colleagues("GET")
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the part of the customer's page that tells what its people said to any question."""
    visit, known = frame.open_page(request, pk)
    window = Choice(months=MONTHS).window(request.user, visit.now, customer=pk)
    read = responses.read(request.user, window)
    found = comments.visible(request.user, window, Filters(silent_too=True))
    place = Place.parse(request.GET.get("after", "").replace(" ", "+"))
    page = comments.page(kept.readable(found, as_of=visit.now), after=place)
    return frame.show(
        request,
        visit,
        known,
        "customer-voice",
        total=read.total,
        rate=figures.rate(read.total),
        since=window.since,
        roles=[
            {"label": label, "told": read.by_role[role], "rate": figures.rate(read.by_role[role])}
            for role, label in figures.ROLES.items()
            if role in read.by_role
        ],
        scores=[
            figures.score(each, window, lambda band: "")
            for each in ratings.read(request.user, window)
        ],
        voice_columns=COLUMNS,
        lines=lines(page.rows),
        next_url=f"?after={page.after}" if page.after else "",
        previous_url="?" if place else "",
    )
