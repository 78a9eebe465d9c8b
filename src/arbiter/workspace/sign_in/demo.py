"""The way into the demo: one press, as one of the sample company's people. It exists only there."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from arbiter.foundation.queries import people
from arbiter.workspace.access import open_to_strangers
from arbiter.workspace.sign_in.invitations import BACKEND


@open_to_strangers("POST")
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in as the person that was chosen."""
    if not settings.DEMO:
        raise Http404
    chosen = request.POST.get("person", "")
    person = next((each for each in people.demo_entries() if str(each.pk) == chosen), None)
    if person is None:
        return redirect("account_login")
    login(request, person, backend=BACKEND)
    return redirect("workspace:home")
