"""A survey behind a link: one thing to tap and send, then what may be added. Without JavaScript, in the reader's language."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation

from arbiter.portal import access, consequences, letter, parts, sittings, words
from arbiter.portal.access import SeeOther, Visit, behind_a_link
from arbiter.portal.reply import written
from arbiter.portal.sittings import Sitting
from arbiter.voice.actions import responses
from arbiter.voice.actions.answers import AskClosed, NotAnAnswer
from arbiter.voice.queries import answers, survey_mails
from arbiter.voice.queries.arrivals import submission_of

if TYPE_CHECKING:
    from arbiter.voice.models import Answer
    from arbiter.voice.queries.arrivals import Arrival

P = ParamSpec("P")


@dataclass(frozen=True)
class Sent:
    """A form as it came: what it says, how it came, and its own number."""

    data: Any
    arrival: Arrival

    @property
    def nonce(self) -> str:
        """The number of the form; without one it is known by the day."""
        return written(self.data, "submission")[:100] or f"{self.arrival.at:%Y-%m-%d}"


def in_its_language(
    view: Callable[Concatenate[HttpRequest, Sitting, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Sitting, P], HttpResponse]:
    """Let the page around a survey speak as the survey does, where we know that language."""

    @wraps(view)
    def speaking(
        request: HttpRequest, sitting: Sitting, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        said = (sitting.picked, sitting.worded.language, translation.get_language() or "")
        with translation.override(words.spoken(said)):
            return view(request, sitting, *args, **kwargs)

    return speaking


@in_its_language
def page(
    request: HttpRequest,
    sitting: Sitting,
    *,
    given: Mapping[str, str] | None = None,
    error: str = "",
) -> HttpResponse:
    """Draw the first page; a link of the mail has one value chosen, and records nothing."""
    if sitting.is_closed:
        return closed(request, sitting)
    tapped = _tapped(request, sitting)
    last = _last(sitting)
    context = {
        **_around(sitting),
        "parts": parts.drawn(sitting, sitting.first, given=given or tapped),
        "error": error,
        "is_lonely": len(sitting.first) == 1,
        "last_value": parts.shown(sitting, last.value) if last else "",
        "last": last,
    }
    return letter.drawn(request, context, "portal/survey.html", status=422 if error else 200)


@in_its_language
def answer(request: HttpRequest, sitting: Sitting, sent: Sent) -> HttpResponse:
    """Record what was chosen, and lead on to what may be added."""
    given = parts.read(sitting, sent.data, sitting.first)
    if not given:
        return page(request, sitting, error=words.plain("nothing_chosen"))
    number = submission_of(
        sitting.contact.pk, sent.nonce, f"survey-{sitting.version.pk}-{json.dumps(given)}"
    )
    try:
        kept = _record(sitting, given, sent.arrival, number)
    except NotAnAnswer as refusal:
        return page(request, sitting, given=given, error=_sentence(refusal))
    except AskClosed:
        return closed(request, sitting)
    return SeeOther(sitting.url("response", kept.pk) if sitting.later else sitting.url("thanks"))


@transaction.atomic
def _record(sitting: Sitting, given: Mapping[str, str], arrival: Arrival, number: str) -> Answer:
    """Keep the answer, and what follows from it for goals, as one."""
    kept = responses.give(
        contact=sitting.contact,
        version=sitting.version,
        given=given,
        ask=sitting.ask,
        link=sitting.link,
        by=sitting.contact,
        at=sitting.at,
        arrival=arrival,
        language=sitting.worded.language,
        via=sitting.via,
        submission=number,
    )
    if kept.at == sitting.at:
        consequences.follow(sitting, kept)
    return kept


@in_its_language
def more(
    request: HttpRequest,
    sitting: Sitting,
    kept: Answer,
    *,
    given: Mapping[str, str] | None = None,
    error: str = "",
) -> HttpResponse:
    """Draw what may be added to an answer: the open question, worded for what was chosen, and the rest."""
    if sitting.is_closed:
        return closed(request, sitting)
    empty = _empty(sitting, kept)
    context = {
        **_around(sitting),
        "parts": parts.drawn(sitting, empty, given=given or {}, value=kept.value),
        "value": parts.shown(sitting, kept.value),
        "error": error,
    }
    return letter.drawn(request, context, "portal/response.html", status=422 if error else 200)


@in_its_language
def complete(request: HttpRequest, sitting: Sitting, kept: Answer, sent: Sent) -> HttpResponse:
    """Add what was left empty, and say thank you."""
    given = parts.read(sitting, sent.data, sitting.later)
    try:
        responses.complete(
            answer=kept,
            given=given,
            by=sitting.contact,
            at=sitting.at,
            link=sitting.link,
            arrival=sent.arrival,
        )
    except NotAnAnswer as refusal:
        return more(request, sitting, kept, given=given, error=_sentence(refusal))
    except AskClosed:
        return closed(request, sitting)
    return SeeOther(sitting.url("thanks"))


@in_its_language
def closed(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Say kindly that the time to answer is over."""
    return letter.drawn(request, _around(sitting), "portal/survey_closed.html", status=410)


def answer_of(sitting: Sitting, pk: int) -> Answer:
    """Return an answer that was given to this very ask; any other does not exist here."""
    found = answers.of_contact(sitting.contact.pk, as_of=sitting.at)
    mine = found.filter(ask=sitting.ask, version=sitting.version, on_behalf_by=None)
    kept: Answer = get_object_or_404(mine.select_related("contact", "version", "ask"), pk=pk)
    return kept


@behind_a_link("POST")
def create(request: HttpRequest, visit: Visit) -> HttpResponse:
    """POST /p/<token>/responses/: what was chosen."""
    return answer(request, _behind(visit, request), _sent(request, visit))


@behind_a_link("GET", "POST")
def show(request: HttpRequest, visit: Visit, pk: int) -> HttpResponse:
    """/p/<token>/responses/<pk>/: what may be added to an answer; by POST, add it."""
    sitting = _behind(visit, request)
    kept = answer_of(sitting, pk)
    if request.method == "POST":
        return complete(request, sitting, kept, _sent(request, visit))
    return more(request, sitting, kept)


def _behind(visit: Visit, request: HttpRequest) -> Sitting:
    sitting = sittings.behind(visit, via=str(request.POST.get(survey_mails.VIA, "")))
    if sitting is None:
        raise Http404
    return sitting


def _sent(request: HttpRequest, visit: Visit) -> Sent:
    return Sent(request.POST, access.arrival(request, visit))


def _tapped(request: HttpRequest, sitting: Sitting) -> dict[str, str]:
    """What a link of the mail has chosen; what is written is written here."""
    first = sitting.parts[0]
    return (
        {first.id: request.GET.get(survey_mails.TAPPED, "")}
        if first.type in sittings.TAPPED
        else {}
    )


def _around(sitting: Sitting) -> dict[str, Any]:
    """What every page of a survey shows around its parts."""
    language = sitting.worded.language
    own = language.split("-")[0] == words.language()
    return {
        **letter.envelope(sitting.contact),
        "sitting": sitting,
        "token": sitting.token,
        "preview": not sitting.token,
        "now": sitting.at,
        "submission": secrets.token_urlsafe(12),
        "said": sitting.words,
        "said_in": "" if own else language,
        "said_from": words.direction(language),
        "in_widget": sitting.via == "widget",
        "urls": _urls(sitting) if sitting.token else {},
    }


def _urls(sitting: Sitting) -> dict[str, str]:
    return {
        "answers": sitting.url("responses"),
        "thanks": sitting.url("thanks"),
        "survey": sitting.url("letter"),
    }


def _last(sitting: Sitting) -> Answer | None:
    """What they answered to this ask before: it stays, and another may follow."""
    if sitting.ask is None or not sitting.token:
        return None
    found = answers.of_contact(sitting.contact.pk, as_of=sitting.at)
    last: Answer | None = found.filter(ask=sitting.ask).first()
    return last


def _empty(sitting: Sitting, kept: Answer) -> list[Any]:
    """The parts that may still be added."""
    said = set(json.loads(kept.details or "{}"))
    agreed = kept.may_quote is not None
    return [
        part
        for part in sitting.later
        if part.id not in said and not (part.type == "consent" and agreed)
    ]


def _sentence(refusal: NotAnAnswer) -> str:
    key = "nothing_chosen" if refusal.field == "value" else "not_understood"
    return words.plain(key)
