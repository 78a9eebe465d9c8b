"""GET /widget.js: the script, at an address that stays."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

FILE = "portal/widget.js"
# Long enough to cost nothing on the next page, short enough for a correction to arrive.
KEPT_FOR = "public, max-age=3600"


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Hand out the script to pages of any origin: it holds no secret and does nothing by itself."""
    found = finders.find(FILE)
    assert isinstance(found, str), "the script is a static file of this face"
    response = HttpResponse(
        Path(found).read_text(encoding="utf-8"), content_type="text/javascript; charset=utf-8"
    )
    response.headers["Cache-Control"] = KEPT_FOR
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
