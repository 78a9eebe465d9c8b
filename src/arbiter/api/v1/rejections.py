"""GET /api/v1/rejections: for which reasons events of a source were not taken, the newest first."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from arbiter.api import credentials
from arbiter.api.answers import NotTaken, answered
from arbiter.usage.queries import sources

MOST = 100


@csrf_exempt
@answered
def listed(request: HttpRequest) -> HttpResponse:
    """List the reasons of the source whose key is shown; `before` asks for those after the last one shown."""
    if request.method != "GET":
        raise NotTaken(405, "not_get", "Rejections are read by GET.", allow="GET")
    key = credentials.basic(request) or credentials.bearer(request) or ""
    if credentials.holder(key).kind != sources.Kind.SERVER:
        raise NotTaken(
            403,
            "not_a_server_key",
            "Only the key of a server source may read: others are not kept secret.",
        )
    source = sources.by_key(key)
    assert source is not None  # its holder was found
    rows = list(sources.rejections(source, before=_before(request), most=MOST))
    told = [
        {
            "code": row.code,
            "message": row.message,
            "count": row.times,
            "first_at": row.first_at.isoformat(),
            "last_at": row.last_at.isoformat(),
            "sample": row.sample,
        }
        for row in rows
    ]
    more = f"{rows[-1].last_at.isoformat()},{rows[-1].pk}" if len(rows) == MOST else None
    return JsonResponse({"rejections": told, "before": more})


def _before(request: HttpRequest) -> tuple[datetime, int] | None:
    said = request.GET.get("before")
    if not said:
        return None
    # A plus sign that was not escaped reads as a blank.
    moment, _, pk = said.replace(" ", "+").partition(",")
    try:
        at = datetime.fromisoformat(moment)
        if at.tzinfo is None:
            raise ValueError("The moment has no zone.")
        return at, int(pk)
    except ValueError as wrong:
        raise NotTaken(400, "wrong_before", "Give `before` as an earlier answer did.") from wrong
