"""The surprise ledger as pages: what was known the day before notice, and what somebody makes of it."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from arbiter.accounts.actions import contracts
from arbiter.accounts.models import Contract, Renewal
from arbiter.forecast.actions import forecasts, frozen_files, post_mortems, surprises
from arbiter.forecast.actions.post_mortems import Step
from arbiter.forecast.models import FrozenFile, MonthReview, PostMortem, SafeBar
from arbiter.forecast.queries.surprises import ledger
from arbiter.outcomes.actions import results
from arbiter.voice.actions import answers
from arbiter.workspace.surprises.choice import Choice
from tests.browser import objections
from tests.forecast import decided as book
from tests.forecast.losing import believe, deny, lose
from tests.world import APRIL, MAY, TODAY

URL = "/surprises/"


@pytest.fixture
def lost(world):
    """Harbour left on 20 May: the team believed 90 %, the champion had said yes, the boss nothing."""
    believe(world, 0.9, APRIL)
    answers.give(
        contact=world.cleo, kind="intent", value="yes", comment="Sure", by=world.cleo, at=APRIL
    )
    results.report(goal=world.faster_onboarding, value=Decimal(40), by=world.ada, at=APRIL)
    deny(world)
    forecasts.forecast_all(as_of=MAY)
    lose(world)
    return world


def seen(client, person, url=URL, **data):
    client.force_login(person)
    return client.post(url, data) if data else client.get(url)


def text(reply):
    return " ".join(reply.content.decode().split())


def file_url(world):
    return reverse("workspace:surprises-file", args=[world.harbour_contract.pk])


def form_url(world):
    return reverse("workspace:surprises-post-mortem", args=[world.harbour_contract.pk])


GIVEN = {
    "cause": "ours",
    "avoidable": "yes",
    "because_1": "Crews were not faster",
    "evidence_1": "Result of April",
    "because_2": "Nobody trained them",
    "link_2": "https://lighthouse.test/notes/7",
    "known": "yes",
    "known_to": "Ada",
    "known_on": "2026-04-02",
    "quote": "It is still six weeks.",
    "lessons": "Ask who decides by March",
}


# The ledger


def test_the_ledger_says_what_was_believed_and_what_it_was(lost, client):
    page = text(seen(client, lost.mona))

    assert "Harbour" in page
    assert "90%" in page
    assert "Surprise" in page
    assert "Safe is a chance of 70% or more, the usual bar" in page
    assert "Nobody has looked back" in page
    # One of one: below twenty, counts.
    assert "1 of 1" in page


def test_each_sees_the_losses_within_reach(lost, client):
    assert "Harbour" in text(seen(client, lost.ada))
    assert "Harbour" not in text(seen(client, lost.quinn))
    assert seen(client, lost.quinn, file_url(lost)).status_code == 404


def test_alarms_are_told_to_who_sees_everybody(lost, client):
    Contract.objects.filter(pk=lost.harbour_contract.pk).update(ends_on=date(2026, 5, 30))

    assert "Lost without an alarm" in text(seen(client, lost.mona))
    assert "Lost without an alarm" not in text(seen(client, lost.ada))
    assert "All of it counts the customers you see." in text(seen(client, lost.ada))


def test_it_is_said_of_how_many_a_forecast_was_stored_in_time(lost, client):
    Contract.objects.filter(pk=lost.harbour_contract.pk).update(ends_on=date(2026, 5, 30))

    shown = text(seen(client, lost.mona))

    assert "Of 1 contract that came due, a forecast was stored in time for 0" in shown


def test_only_the_kind_that_was_chosen_is_listed(lost, client):
    assert seen(client, lost.mona, f"{URL}?kind=surprise").context["lines"]
    assert not seen(client, lost.mona, f"{URL}?kind=foreseen").context["lines"]


def test_a_loss_of_long_ago_is_in_a_longer_period_only(lost, client):
    Renewal.objects.update(decided_on=date(2025, 2, 1))

    assert not seen(client, lost.mona).context["lines"]
    assert seen(client, lost.mona, f"{URL}?period=24").context["lines"]
    assert seen(client, lost.mona, f"{URL}?period=all").context["lines"]


@pytest.mark.parametrize(
    "query", ["?period=x", "?kind=x", "?after=x", "?after=2026-99-99.1", "?before=2026-01-01.x"]
)
def test_an_address_that_makes_no_sense_shows_the_first_page(lost, client, query):
    assert seen(client, lost.mona, URL + query).context["lines"]


def test_who_stayed_for_less_stands_apart(world, client):
    contracts.decide(
        contract=world.quay_contract,
        decision="contracted",
        new_arr=Decimal(5_000),
        by=world.quinn,
        at=TODAY,
    )

    page = text(seen(client, world.mona))

    assert "They stayed, for less" in page
    assert "Nobody was lost in this time" in page


def test_pages_follow_each_other_both_ways(world, client):
    for number in range(60):
        contract = book.term(book.customer(f"x{number}"), date(2026, 3, 1))
        book.decide(contract, "churned")
    first = seen(client, world.mona)

    second = client.get(URL + first.context["next_url"])
    back = client.get(URL + second.context["previous_url"])

    assert (len(first.context["lines"]), len(second.context["lines"])) == (50, 10)
    assert first.context["previous_url"] == second.context["next_url"] == ""
    assert [line.lost for line in back.context["lines"]] == [
        line.lost for line in first.context["lines"]
    ]


def test_the_number_of_queries_does_not_grow_with_losses(
    world, client, django_assert_max_num_queries
):
    for number in range(40):
        book.decide(book.term(book.customer(f"x{number}"), date(2026, 3, 1)), "churned")
    frozen_files.freeze_missing(as_of=TODAY)
    client.force_login(world.mona)

    with django_assert_max_num_queries(22):
        client.get(URL)


def test_after_an_import_it_says_how_many_losses_are_still_looked_up(world, client, monkeypatch):
    monkeypatch.setattr(ledger, "AT_ONCE", 2)
    for number in range(4):
        book.decide(book.term(book.customer(f"x{number}"), date(2026, 3, 1)), "churned")
    client.force_login(world.mona)

    said = text(client.get("/surprises/progress/"))
    assert "What was known before notice of 4 of 4 losses." in said
    assert 'hx-get="/surprises/progress/" hx-trigger="every 5s"' in said

    frozen_files.freeze_missing(as_of=TODAY)

    done = client.get("/surprises/progress/")
    assert (done.status_code, done.headers["HX-Refresh"]) == (204, "true")
    assert "Still being looked up" not in text(client.get(URL))


def test_the_ledger_asks_how_far_the_looking_up_is(world, client):
    for number in range(ledger.AT_ONCE + 1):
        book.decide(book.term(book.customer(f"x{number}"), date(2026, 3, 1)), "churned")
    client.force_login(world.mona)

    assert "What was known before notice of 51 of 51 losses." in text(client.get(URL))


def test_looking_stores_nothing(lost, client, everything_but_sessions):
    client.force_login(lost.mona)
    before = everything_but_sessions()

    for url in (URL, file_url(lost), form_url(lost), "/surprises/months/"):
        client.get(url)

    assert everything_but_sessions() == before


def test_the_choice_reads_its_own_address_back():
    assert Choice(period="24", kind="surprise").url() == "?period=24&kind=surprise"
    assert Choice().url() == "?"


# The file


def test_the_file_tells_what_was_known(lost, client):
    page = text(seen(client, lost.ada, file_url(lost)))

    assert "They renew every year" in page
    assert "Ada Arnold" in page
    assert "“Sure”" in page
    assert "Still six weeks" in page
    assert "Not achieved" in page
    assert "New crews should be productive in two weeks" in page
    assert "Nobody has looked back yet" in page
    assert "Avoidable, and called safe" in page


def test_the_numbers_of_the_day_are_told_as_people_write_them(lost, client):
    book.score(lost.harbour, 77, APRIL)
    FrozenFile.objects.all().delete()

    page = text(seen(client, lost.ada, file_url(lost)))

    assert "Health score" in page
    assert "77.0" not in page
    assert "health_score" not in page


def test_the_file_stays_as_it_was_frozen(lost, client):
    frozen_files.freeze_missing(as_of=TODAY)
    Contract.objects.filter(pk=lost.harbour_contract.pk).update(arr=1)

    reply = seen(client, lost.ada, file_url(lost))

    assert reply.context["is_stored"]
    assert FrozenFile.objects.get().content["contract"]["arr"] == "48000.00"


def test_there_is_no_file_of_who_stays(world, client):
    assert seen(client, world.ada, file_url(world)).status_code == 404
    assert seen(client, world.ada, form_url(world)).status_code == 404


def test_the_customers_page_leads_to_the_file(lost, client):
    page = seen(client, lost.ada, reverse("workspace:customer-renewal", args=[lost.harbour.pk]))

    assert file_url(lost) in text(page)


# The post-mortem


def test_a_post_mortem_is_recorded_and_shown_with_its_evidence(lost, client):
    reply = seen(client, lost.ada, form_url(lost), quoted=lost.dora.pk, **GIVEN)

    assert reply.status_code == 302
    made = PostMortem.objects.get()
    assert (made.cause, made.avoidable, made.quoted) == ("ours", True, lost.dora)
    assert [step["because"] for step in made.steps] == [
        "Crews were not faster",
        "Nobody trained them",
    ]
    page = text(client.get(file_url(lost)))
    assert "And that because Nobody trained them" in page
    assert 'href="https://lighthouse.test/notes/7"' in page
    assert "It is still six weeks." in page
    assert "Dora Diaz" in page
    assert "Says Ada Arnold" in page


def test_a_new_version_starts_from_the_last_and_leaves_it(lost, client):
    seen(client, lost.ada, form_url(lost), quoted=lost.dora.pk, **GIVEN)
    form = client.get(form_url(lost)).context["form"]
    assert form["because_2"].value() == "Nobody trained them"

    seen(client, lost.ben, form_url(lost), cause="payment", because_1="The card expired")

    assert [each.cause for each in PostMortem.objects.order_by("pk")] == ["ours", "payment"]
    assert "Earlier versions" in text(client.get(file_url(lost)))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"cause": "external", "evidence": ""}, "evidence"),
        ({"because_1": "", "because_2": "", "evidence_1": "", "link_2": ""}, "because_1"),
        ({"link_2": "javascript:alert(1)"}, "link_2"),
        ({"known_to": ""}, "known_to"),
        ({"quoted": ""}, "quote"),
    ],
)
def test_what_is_refused_stands_beside_its_field(lost, client, change, field):
    reply = seen(client, lost.ada, form_url(lost), **(GIVEN | {"quoted": lost.dora.pk} | change))

    assert reply.status_code == 422
    assert field in reply.context["form"].errors
    assert not PostMortem.objects.exists()


def test_the_form_says_what_it_cannot_do_without(lost, client):
    form = seen(client, lost.ada, form_url(lost)).context["form"]

    assert [name for name, field in form.fields.items() if field.required] == ["cause", "because_1"]
    reply = seen(client, lost.ada, form_url(lost), cause="ours")
    assert reply.context["form"].errors == {"because_1": ["Name at least one cause."]}


def test_an_observer_reads_and_is_offered_no_form(lost, client):
    page = text(seen(client, lost.otto, file_url(lost)))

    assert form_url(lost) not in page
    assert seen(client, lost.otto, form_url(lost), **GIVEN).status_code == 403


# The months and the bar


def test_a_month_is_gone_through_and_says_by_whom(lost, client):
    page = seen(client, lost.mona, "/surprises/months/")
    assert "Nobody has gone through it yet" in text(page)
    # On a phone the month stands below the list of all of them.
    assert 'href="?month=2026-05#month"' in text(page)

    client.post("/surprises/reviews/", {"month": "2026-05", "said": "Ask who decides"})

    made = MonthReview.objects.get()
    assert (made.month, made.by, made.surprises) == (date(2026, 5, 1), lost.mona, 1)
    page = text(client.get("/surprises/months/?month=2026-05"))
    assert "Ask who decides" in page
    assert "Mona Meyer" in page


@pytest.mark.parametrize("month", ["", "2026-13", "x", "2026-01"])
def test_a_month_without_a_loss_is_not_reviewed(lost, client, month):
    reply = seen(client, lost.mona, "/surprises/reviews/", month=month, said="x")

    assert reply.status_code == 302
    assert not MonthReview.objects.exists()


def test_a_csm_reads_the_months_and_reviews_none(lost, client):
    assert seen(client, lost.ada, "/surprises/months/").context["form"] is None

    seen(client, lost.ada, "/surprises/reviews/", month="2026-05")

    assert not MonthReview.objects.exists()


def test_a_month_that_changed_since_says_so(lost, client):
    surprises.review_month(month=date(2026, 5, 1), by=lost.mona, at=TODAY)
    post_mortems.record(
        contract=lost.harbour_contract,
        cause="external",
        evidence="Press",
        avoidable=False,
        steps=[Step("They were bought")],
        by=lost.ada,
        at=TODAY,
    )

    assert "Changed since" in text(seen(client, lost.mona, "/surprises/months/"))


def test_the_bar_is_set_in_percent(lost, client):
    seen(client, lost.olga, "/surprises/safe/", probability="95")

    assert SafeBar.objects.get().probability == Decimal("0.95")
    page = text(client.get(URL))
    assert "Safe is a chance of 95% or more, set by Olga Owens" in page
    assert "Foreseen" in page


@pytest.mark.parametrize("percent", ["0", "101", "", "x"])
def test_a_bar_that_is_no_chance_is_refused(world, client, percent):
    reply = seen(client, world.olga, "/surprises/safe/", probability=percent)

    assert reply.status_code == 422
    assert not SafeBar.objects.exists()


# As it is seen


@pytest.mark.sweep
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_accessibility_rules_object_to_nothing(lost, open_page, live_server, signed_in):
    post_mortems.record(
        contract=lost.harbour_contract,
        cause="ours",
        avoidable=True,
        steps=[Step("Crews were not faster", "Result", "https://lighthouse.test/notes/7")],
        quote="Still six weeks",
        quoted=lost.dora,
        by=lost.ada,
        at=TODAY,
    )
    surprises.review_month(month=date(2026, 5, 1), by=lost.mona, at=TODAY)
    contracts.decide(
        contract=lost.quay_contract,
        decision="contracted",
        new_arr=Decimal(5_000),
        by=lost.quinn,
        at=TODAY,
    )
    page = open_page(cookies=signed_in(lost.olga))
    for url in (URL, file_url(lost), form_url(lost), "/surprises/months/", "/surprises/safe/"):
        page.goto(live_server.url + url)
        assert objections(page) == [], url
