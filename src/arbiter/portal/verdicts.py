"""POST /p/<token>/goals/<pk>/verdicts/: did you get it?"""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse

from arbiter.portal import goals, reply, words
from arbiter.portal.access import Visit, behind_a_link


@behind_a_link("POST")
def create(request: HttpRequest, visit: Visit, pk: int) -> HttpResponse:
    """Record the verdict on one goal, and nothing else that may stand in the form."""
    goal = goals.theirs(visit, pk)
    said = reply.read(request.POST, at=visit.at)
    said = replace(said, intent="", judged=tuple(one for one in said.judged if one.goal_pk == pk))
    if said.is_empty:
        return goals.page(request, visit, goal, error=words.plain("nothing_chosen"))
    return reply.receive(request, visit, said)
