"""What somebody sent from a letter: read from the form, checked, and recorded at most once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict

from arbiter.foundation.refusals import Refusal
from arbiter.outcomes.actions import verdicts
from arbiter.outcomes.queries import goals
from arbiter.outcomes.queries.choices import Helped, Judgement
from arbiter.portal import access, codes, words
from arbiter.portal.access import SeeOther, Visit
from arbiter.voice.actions import answers, links
from arbiter.voice.queries import arrivals
from arbiter.voice.queries.arrivals import Arrival, submission_of
from arbiter.voice.queries.choices import AskKind, Intent

if TYPE_CHECKING:
    from arbiter.outcomes.models import Goal
    from arbiter.voice.models import PersonalLink

LONGEST = 10_000


@dataclass(frozen=True)
class Said:
    """A judgement of one goal."""

    goal_pk: int
    verdict: str
    helped: str = ""
    comment: str = ""


@dataclass(frozen=True)
class Reply:
    """Everything chosen in one form. `nonce` is the form's own number, made when the page was drawn."""

    nonce: str
    intent: str = ""
    comment: str = ""
    would_make_it_yes: str = ""
    judged: tuple[Said, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was chosen."""
        return not self.intent and not self.judged

    def submission(self, contact_id: int, *what: str) -> str:
        """Return the number of one thing said: the same form with the same words has the same."""
        return submission_of(contact_id, self.nonce, "\x1f".join(what))


def written(data: Mapping[str, str], name: str) -> str:
    """Return what was written, as it was written; PostgreSQL cannot keep a NUL, and nobody means one."""
    return str(data.get(name, "")).replace("\x00", "").strip()[:LONGEST]


def read(data: QueryDict, *, at: datetime) -> Reply:
    """Read a form; what is no choice at all counts as not chosen.

    A form without a number of its own is known by the day and by what it says.
    """
    intent = written(data, "answer")
    return Reply(
        nonce=written(data, "submission")[:100] or f"{at:%Y-%m-%d}",
        intent=intent if intent in Intent.values else "",
        comment=written(data, "comment"),
        would_make_it_yes=written(data, "would_make_it_yes"),
        judged=tuple(_judged(data)),
    )


def receive(request: HttpRequest, visit: Visit, reply: Reply) -> HttpResponse:
    """Record a reply, after a code where one is needed, and lead on to the thanks."""
    try:
        challenge = codes.challenge(request, visit)
        if challenge is not None:
            return challenge
        _record(request, visit, reply)
    except links.TooMuchThroughThisLink:
        raise
    except Refusal as refusal:
        return access.refused(request, refusal)
    return SeeOther(visit.url("thanks"))


def _record(request: HttpRequest, visit: Visit, reply: Reply) -> None:
    """Record a reply whole or not at all; the same form again records nothing."""
    if not reply.judged:
        _answer(request, visit, reply, link=visit.link)
        return
    with transaction.atomic():
        # Holds the link, so that the same form sent twice at once is told one after the other.
        links.count(link=visit.link, at=visit.at)
        if reply.intent:
            _answer(request, visit, reply, link=None)
        _judge(visit, reply, access.arrival(request, visit))


def _answer(request: HttpRequest, visit: Visit, reply: Reply, *, link: PersonalLink | None) -> None:
    would = reply.would_make_it_yes if reply.intent != Intent.YES else ""
    answers.give(
        contact=visit.contact,
        kind=AskKind.INTENT,
        value=reply.intent,
        comment=reply.comment,
        would_make_it_yes=would,
        link=link,
        by=visit.contact,
        at=visit.at,
        arrival=Arrival(
            at=visit.at, trap=access.trap(request), user_agent=access.user_agent(request)
        ),
        language=words.language(),
        submission=reply.submission(visit.contact.pk, "intent", reply.intent, reply.comment, would),
    )


def _judge(visit: Visit, reply: Reply, arrival: Arrival) -> None:
    flag = arrivals.judge(arrival)
    theirs = _goals(visit, [said.goal_pk for said in reply.judged])
    for said in reply.judged:
        goal = theirs.get(said.goal_pk)
        if goal is not None:
            verdicts.give(
                goal=goal,
                contact=visit.contact,
                verdict=said.verdict,
                helped=said.helped,
                comment=said.comment,
                by=visit.contact,
                at=visit.at,
                submission=reply.submission(
                    visit.contact.pk, f"verdict-{goal.pk}", said.verdict, said.helped, said.comment
                ),
                flagged=bool(flag),
                flag_reason=flag,
            )


def _goals(visit: Visit, pks: Sequence[int]) -> dict[int, Goal]:
    found = goals.of(visit.customer, as_of=visit.at).filter(pk__in=pks)
    return {goal.pk: goal for goal in found}


def _judged(data: QueryDict) -> list[Said]:
    found = []
    for name in data:
        prefix, _, number = name.partition("-")
        if prefix == "verdict" and number.isdecimal() and len(number) < 19:
            verdict, helped = written(data, name), written(data, f"helped-{number}")
            if verdict in Judgement.values:
                found.append(
                    Said(
                        goal_pk=int(number),
                        verdict=verdict,
                        helped=helped if helped in Helped.values else "",
                        comment=written(data, f"comment-{number}"),
                    )
                )
    return found
