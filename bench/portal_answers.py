"""How fast answers come in through the portal, beside a bare view that inserts one row, and whether any is lost.

3,000 POSTs by 3,000 people, 16 at a time, to granian (one worker, 8 threads) on a fresh SQLite database. The
baseline goes through the same server, middleware and table in the same run, and does nothing but insert.
An answer finds its link, counts it, looks for the same form and for bursts, ties the answer to its question,
writes it, chains the journal and marks the customer's standing.
"""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import Any
from urllib.parse import urlencode

from bench.support.databases import environment

POSTS = 3_000
AT_A_TIME = 16
THREADS = 8
ROUNDS = 3
LEAST = 0.5
WARM_UP = 64
VALUES = ("yes", "not_sure", "no")
HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "Mozilla/5.0"}


def main(argv: list[str]) -> None:
    """Print the rate as a ratio to the bare view, and how many answers were lost."""
    if argv[:1] == ["prepare"]:
        _prepare(Path(argv[1]), int(argv[2]))
    elif argv[:1] == ["count"]:
        _count()
    else:
        _compare(int(argv[0]) if argv else POSTS)


def _compare(posts: int) -> None:
    with tempfile.TemporaryDirectory(prefix="arbiter-bench-") as name:
        folder = Path(name)
        around = environment(folder) | {"LOG_LEVEL": "ERROR"}
        each = posts // ROUNDS
        _child(around, "prepare", str(folder / "tokens.json"), str(posts + WARM_UP))
        tokens: list[str] = json.loads((folder / "tokens.json").read_text())
        rates: dict[str, list[float]] = {"bare": [], "ours": []}
        accepted = {"bare": 0, "ours": 0}
        with _server(around) as port:
            _post_all(port, _bare(0, WARM_UP))
            _post_all(port, _ours(tokens[posts:]))
            for turn in range(ROUNDS):
                part = tokens[turn * each : (turn + 1) * each]
                for side, jobs in (("bare", _bare(turn * each, each)), ("ours", _ours(part))):
                    began = perf_counter()
                    accepted[side] += _post_all(port, jobs)
                    rates[side].append(each / (perf_counter() - began))
        stored = json.loads(_child(around, "count"))
        _print(ROUNDS * each, rates, accepted, stored)


def _print(
    posts: int, rates: dict[str, list[float]], accepted: dict[str, int], stored: dict[str, int]
) -> None:
    ours, bare = median(rates["ours"]), median(rates["bare"])
    lost = posts + WARM_UP - stored["ours"]
    refused = posts - accepted["ours"]
    good = ours / bare >= LEAST and not lost and not refused
    print(
        f"{posts:,} answers, {AT_A_TIME} at a time: {ours:,.0f} a second; "
        f"bare insert view {bare:,.0f} a second; ratio {ours / bare:.2f} (at least {LEAST}), "
        f"refused {refused}, lost {lost}, facts {stored['facts']:,}: {'ok' if good else 'TOO SLOW OR LOST'}",
        flush=True,
    )


def _child(around: dict[str, str], *argv: str) -> str:
    told = subprocess.run(
        [sys.executable, "-c", f"from bench import portal_answers as it; it.main({list(argv)!r})"],
        env=around,
        check=True,
        capture_output=True,
        text=True,
    )
    return told.stdout.splitlines()[-1] if told.stdout else ""


@contextmanager
def _server(around: dict[str, str]) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
         "--port", str(port), "--workers", "1", "--blocking-threads", str(THREADS),
         "--log-level", "error", "bench.portal_answers:application"],
        env=around,
    )  # fmt: skip
    try:
        _wait_for(port)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            sleep(0.1)
    raise RuntimeError("The server did not start.")


def _ours(tokens: list[str]) -> list[tuple[str, str]]:
    return [
        (
            f"/p/{token}/answers/",
            urlencode(
                {"answer": VALUES[number % 3], "submission": f"form-{number}", "website": ""}
            ),
        )
        for number, token in enumerate(tokens)
    ]


def _bare(first: int, posts: int) -> list[tuple[str, str]]:
    return [
        (f"/bare/{number + 1}/", urlencode({"answer": VALUES[number % 3]}))
        for number in range(first, first + posts)
    ]


def _post_all(port: int, jobs: list[tuple[str, str]]) -> int:
    """Post everything, so many at a time, each thread on a connection of its own; return how many were taken."""
    turn, taken = count(), count()
    threads = [
        threading.Thread(target=_post, args=(port, jobs, turn, taken)) for _ in range(AT_A_TIME)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return next(taken)


def _post(port: int, jobs: list[tuple[str, str]], turn: count[int], taken: count[int]) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    while (number := next(turn)) < len(jobs):
        path, body = jobs[number]
        connection.request("POST", path, body, HEADERS)
        reply = connection.getresponse()
        reply.read()
        if reply.status == 303:
            next(taken)
    connection.close()


# --- In the server and the children -------------------------------------------------------------------


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
    """The application of the product, with one more address: the bare view."""
    return _made()(environ, start_response)


_application: list[Any] = []
_making = threading.Lock()


def _made() -> Any:
    with _making:
        if not _application:
            import django
            from django.conf import settings
            from django.core.wsgi import get_wsgi_application

            django.setup()
            settings.ROOT_URLCONF = "bench.portal_answers"
            _application.append(get_wsgi_application())
    return _application[0]


def _bare_view(request: Any, contact_pk: int) -> Any:
    from django.db import transaction
    from django.http import HttpResponse

    from arbiter.voice.models import Answer

    now = datetime.now(UTC)
    with transaction.atomic():
        Answer.objects.create(
            contact_id=contact_pk,
            kind="intent",
            value=request.POST["answer"],
            at=now,
            recorded_at=now,
            evidence="bare",
        )
    return HttpResponse(status=303, headers={"Location": "/"})


def __getattr__(name: str) -> Any:
    """Django asks this module for its addresses; they can only be made once Django is set up."""
    if name == "urlpatterns":
        from django.urls import include, path
        from django.views.decorators.csrf import csrf_exempt

        return [
            path("bare/<int:contact_pk>/", csrf_exempt(_bare_view)),
            path("", include("arbiter.config.urls")),
        ]
    raise AttributeError(name)


def _prepare(tokens: Path, people: int) -> None:
    """Make a company with so many people, each with a link and a question, and keep their tokens."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from arbiter.accounts.models import Contact, Customer
    from arbiter.foundation.models import Company
    from arbiter.voice import rules
    from arbiter.voice.models import Ask, PersonalLink

    call_command("migrate", verbosity=0)
    now = datetime.now(UTC)
    made = [f"token-{number:016d}" for number in range(people)]
    with transaction.atomic():
        Company.objects.create(pk=1, name="Lighthouse", set_up_at=now)
        customers = Customer.objects.bulk_create(
            Customer(name=f"Customer {number}") for number in range(people // 5 + 1)
        )
        contacts = Contact.objects.bulk_create(
            Contact(customer=customers[number // 5], name=f"Person {number}", email="a@b.test")
            for number in range(people)
        )
        links = PersonalLink.objects.bulk_create(
            PersonalLink(
                contact=contact,
                token_hash=rules.hash_of(token),
                created_at=now,
                expires_at=datetime(2100, 1, 1, tzinfo=UTC),
            )
            for contact, token in zip(contacts, made, strict=True)
        )
        Ask.objects.bulk_create(
            Ask(
                contact=link.contact,
                link=link,
                kind="intent",
                channel="link",
                at=now,
                recorded_at=now,
            )
            for link in links
        )
    tokens.write_text(json.dumps(made))


def _count() -> None:
    import django

    django.setup()
    from arbiter.foundation import journal
    from arbiter.foundation.models import Fact
    from arbiter.voice.models import Answer

    if journal.verify() is not None:
        raise RuntimeError("The journal's chain is broken.")
    ours = Answer.objects.filter(submission__isnull=False, flagged=False).count()
    print(json.dumps({"ours": ours, "facts": Fact.objects.count()}))
