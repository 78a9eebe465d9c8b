"""The language somebody picks on a page behind a link: it stands in the address, goes along from page to page, and is kept nowhere."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from arbiter.portal import words
from arbiter.voice.queries import speech

# Short, for it stands in every address of a page.
PICKED = "in"
# Told once, by the page before: it is no news in another language.
PASSING = ("noted",)


def picked(request: HttpRequest) -> str:
    """Return the language that the address names, if it is one of ours."""
    code = request.GET.get(PICKED, "")
    return code if code in words.CATALOGUES else ""


def address(name: str, *args: object, language: str = "", **query: str) -> str:
    """Return the address of a page of the portal, with the language that was picked."""
    told = QueryDict(mutable=True)
    told.update({**({PICKED: language} if language else {}), **query})
    return f"{reverse(f'portal:{name}', args=args)}{f'?{told.urlencode()}' if told else ''}"


def offered(request: HttpRequest) -> list[dict[str, str]]:
    """Return each language by its own name, and where this very page is found in it.

    What answers a form has no address of its own to be found at again: there is nothing to pick then.
    """
    if request.method not in ("GET", "HEAD"):
        return []
    return [
        {"code": code, "name": name, "url": _here(request, code)}
        for code, name in speech.LANGUAGES.items()
        if code != words.language()
    ]


def _here(request: HttpRequest, code: str) -> str:
    query = request.GET.copy()
    query[PICKED] = code
    for name in PASSING:
        query.pop(name, None)
    return f"?{query.urlencode()}"
