"""The pages of the responses with 100,000 answers, against a bare view of the same template.

`./do bench responses` fills 20,000 customers with three people each, 140,000 asks of two years and 100,000 answers (NPS,
CSAT on two scales, CES, intent), a fifth with words, some machine-like, some not sure and worked on; and looks at
each page. Beside it a bare view runs the same statements, leaves their rows alone, and renders the same template from what
the page handed to it. Accepted: the page takes at most twice as long (p50). What drawing alone takes is printed beside it, and
so is the first look after an answer came in, which counts anew what is kept otherwise.
"""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from bench.support import company, looks

OWNERS = 40
ANSWERS_OF_ASKS = 0.72
PAGES = {
    "responses": "/responses/",
    "responses of a segment, three months": "/responses/?months=3&segment=SMB",
    "responses, who did not answer": "/responses/asks/?state=no_answer",
    "responses, customers never asked": "/responses/customers/?state=never_asked",
    "comments": "/comments/",
    "comments, a late page": "",
    "comments, a word": "/comments/?q=leakage",
    "comments, a word that stands nowhere": "/comments/?q=nowhere",
    "machine-like answers": "/machine-like/",
    "not sure": "/not-sure/",
    "not sure, what became of them": "/not-sure/later/",
}
PLACES = [
    f"arbiter.workspace.{place}"
    for place in (
        "responses.overview", "responses.names", "responses.comments",
        "machine_like.pages", "not_sure.queue", "not_sure.later",
    )
]  # fmt: skip
KINDS = (
    ("nps", "0-10", 10), ("csat", "1-5", 5), ("csat", "1-10", 10), ("ces", "1-7", 7), ("intent", "", 0),
)  # fmt: skip
WORDS = (
    "Support answers slowly on Fridays.",
    "It depends on whether the leakage work lands before budget.",
    "The crews like the overview.",
    "We would miss the exports, and nothing else.",
)


def main(argv: list[str]) -> None:
    """Print each page's ratio, on SQLite and, where DATABASE_URL names it, on PostgreSQL."""
    looks.on_each_database("bench.responses", argv, fill=_fill, measure=_measure)


# --- Filling ----------------------------------------------------------------------------------


def _fill(count: int) -> None:
    """Fill so many answers."""
    from django.utils import timezone

    from arbiter.voice.models import Answer, Ask, FollowUp

    now, dice = timezone.now(), random.Random(2026)
    owners = company.set_up(owners=OWNERS, at=now, currency="EUR")
    people = _customers(count // 5, owners, dice, now)
    asks = [_Asked(number, dice, people, now) for number in range(int(count / ANSWERS_OF_ASKS))]
    Ask.objects.bulk_create((each.ask() for each in asks), batch_size=1_000)
    answered = [each for each in asks if each.is_answered][:count]
    Answer.objects.bulk_create((each.answer() for each in answered), batch_size=1_000)
    worked = [each for each in answered if each.value == "not_sure" and each.number % 3]
    FollowUp.objects.bulk_create(
        (each.follow_up(owners[each.number % OWNERS]) for each in worked), batch_size=1_000
    )
    company.filled()


def _customers(count: int, owners: list[Any], dice: random.Random, now: datetime) -> int:
    from arbiter.accounts.models import Contact, Contract, Customer, Renewal

    numbers = range(1, count + 1)
    Customer.objects.bulk_create(
        (
            Customer(pk=pk, key=f"bench-{pk}", name=f"Customer {pk:06d}", owner=owners[pk % OWNERS],
                     segment=("Enterprise", "Mid-market", "SMB")[pk % 3])
            for pk in numbers
        ),
        batch_size=1_000,
    )  # fmt: skip
    Contact.objects.bulk_create(
        (
            Contact(pk=pk * 3 + place, key=f"bench-{pk}-{place}", customer_id=pk, name=f"Person {pk}-{place}",
                    role=("decision_maker", "champion", "user")[place])
            for pk in numbers
            for place in range(3)
        ),
        batch_size=1_000,
    )  # fmt: skip
    today, ends = now.date(), [dice.randrange(1, 365) for _ in numbers]
    Contract.objects.bulk_create(
        (
            Contract(pk=pk * 2 + running, key=f"bench-{pk}-{running}", customer_id=pk,
                     starts_on=today + timedelta(days=left - 365 * (2 - running)),
                     ends_on=today + timedelta(days=left - 365 * (1 - running) - 1),
                     arr=Decimal(dice.randrange(5_000, 300_000)), currency="EUR")
            for pk, left in zip(numbers, ends, strict=True)
            for running in (0, 1)
        ),
        batch_size=1_000,
    )  # fmt: skip
    Renewal.objects.bulk_create(
        (
            Renewal(contract_id=pk * 2, decision="churned" if pk % 8 == 0 else "renewed", recorded_at=now - timedelta(days=1))
            for pk in numbers
        ),
        batch_size=1_000,
    )  # fmt: skip
    return count


class _Asked:
    """One ask by its number and the dice, and its answer where there is one."""

    def __init__(self, number: int, dice: random.Random, customers: int, now: datetime) -> None:
        self.number, self.pk = number, number + 1
        self.contact = dice.randrange(3, customers * 3 + 3)
        self.at = now - timedelta(minutes=dice.randrange(10, 720 * 1_440))
        self.kind, self.scale, top = dice.choice(KINDS)
        self.value = (
            str(dice.randrange(1, top + 1))
            if top
            else dice.choice(("yes", "yes", "yes", "not_sure", "no"))
        )
        self.is_answered = dice.random() < ANSWERS_OF_ASKS + 0.01
        self.is_flagged = dice.random() < 0.01
        self.words = dice.choice(WORDS) if dice.random() < 0.2 else ""

    def ask(self) -> Any:
        """The ask's row."""
        from arbiter.voice.models import Ask

        return Ask(
            pk=self.pk, key=f"bench-{self.number}", contact_id=self.contact, kind=self.kind, at=self.at,
            recorded_at=self.at, channel="mail", delivered_at=self.at + timedelta(minutes=1),
        )  # fmt: skip

    def answer(self) -> Any:
        """The answer's row; imported, for nobody here has said what they believe."""
        from arbiter.voice.models import Answer

        given = self.at + timedelta(minutes=9)
        return Answer(
            pk=self.pk, key=f"bench-{self.number}", ask_id=self.pk, contact_id=self.contact, kind=self.kind,
            at=given, recorded_at=given, value=self.value, scale=self.scale, comment=self.words,
            flagged=self.is_flagged, flag_reason="came from a mail gateway" if self.is_flagged else "", import_id=1,
        )  # fmt: skip

    def follow_up(self, owner: Any) -> Any:
        """The row of who works on it."""
        from arbiter.voice.models import FollowUp

        set_at = self.at + timedelta(days=1)
        return FollowUp(
            answer_id=self.pk, owner=owner, set_at=set_at, due_on=set_at.date() + timedelta(days=14),
            reason="The budget is not settled.",
        )  # fmt: skip


# --- Measuring --------------------------------------------------------------------------------


def _measure() -> None:
    from arbiter.forecast.models import Edition

    client = company.manager()
    for number, (name, address) in enumerate(PAGES.items()):
        Edition.objects.update(token=f"before page {number}")
        _page(name, address or _late_page(), client)


def _page(name: str, address: str, client: Any) -> None:
    def look() -> Any:
        return client.get(address)

    looks.warm(lambda: client.get("/settings/you/"))
    with looks.kept_context(*PLACES) as kept:
        first = looks.seconds(look)
    read, render = _same_reads(look), looks.bare(kept)

    def bare() -> Any:
        read()
        return render()

    looks.warm(bare)
    ours, theirs = looks.in_turns(look, bare)
    alone = statistics.median(looks.seconds(render) for _ in range(looks.LOOKS // 4))
    also = f"{looks.queries(look)} queries; drawn alone {alone * 1000:.1f} ms; after a change {first * 1000:.0f} ms"
    looks.told(name, ours, theirs, also)


def _same_reads(look: Callable[[], Any]) -> Callable[[], None]:
    """What a look reads, as plain statements whose rows are fetched and left alone."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        look()
    statements = [each["sql"] for each in captured if each["sql"].startswith("SELECT")]

    def read() -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
                cursor.fetchall()

    return read


def _late_page() -> str:
    """The address of a page of comments far back."""
    from arbiter.voice.models import Answer
    from arbiter.voice.queries.places import Place

    words = Answer.objects.exclude(comment="").order_by("-at", "-pk")
    back = words[words.count() // 4]
    return f"/comments/?after={Place(back.at, back.pk)}".replace("+", "%2B")


if __name__ == "__main__":
    main(sys.argv[1:])
