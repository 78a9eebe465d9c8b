"""What a page that asks how far something is gets once there is nothing more to ask."""

from django.http import HttpResponse


def read_anew() -> HttpResponse:
    """Have the whole page read anew: what it waited for is done."""
    return HttpResponse(status=204, headers={"HX-Refresh": "true"})
