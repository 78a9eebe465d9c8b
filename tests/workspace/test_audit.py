"""The audit's page: what the stored audit says, no more than it bears, and the names behind it."""

import csv
import io
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from arbiter.accounts.models import Customer, Renewal, Signal
from arbiter.forecast.actions import audits, standings
from arbiter.forecast.models import Audit, Edition
from arbiter.forecast.models.audit import AuditRun
from tests.browser import objections
from tests.forecast import decided
from tests.kept import once
from tests.world import MAY, TODAY

URL = "/audit/"
COUNT = 88
"""So many terms of the book end before TODAY; eleven of them were lost."""


@pytest.fixture
def told(world):
    return once(a_book_that_was_audited, world)


def a_book_that_was_audited(world):
    """A book in which the customers' word tells who leaves, and the health score does not."""
    decided.book(COUNT, believed=True)
    for number, one in enumerate(Customer.objects.filter(key__startswith="b")):
        ended = one.contracts.get().ends_on
        for name, value in (("logins_30d", number), ("nps", 10 - number % 3)):
            decided.score(one, value, decided.noon(ended - timedelta(days=200)), name=name)
    Customer.objects.filter(key__startswith="b").update(owner=world.ada)
    audits.perform(at=TODAY, clock=lambda: TODAY)
    standings.rebuild(as_of=TODAY)
    return world


@pytest.fixture
def seen(client):
    """What somebody sees there."""

    def seen(person, query="", url=URL):
        client.force_login(person)
        return client.get(url + query)

    return seen


def text(reply):
    return " ".join(reply.content.decode().split())


def test_the_headline_counts_what_told_and_what_did_not(told, seen):
    page = seen(told.mona)

    found = page.context["told"]
    assert found.total == found.predicts + found.chance + found.too_few
    assert found.predicts >= 1
    assert f"<strong>{found.total}</strong> numbers you trust" in text(page)
    assert f"{COUNT} renewals that were decided, 11 of them lost" in text(page)


def test_every_number_stands_in_the_drawing_with_whose_it_is(told, seen):
    rows = {row["label"]: row for row in seen(told.mona).context["rows"]}

    assert rows["Will you continue?"]["strong"]
    assert rows["Will you continue?"]["detail"] == "their word, known of 100%"
    assert rows["Health score"]["detail"] == "ours, known of 100%"
    assert not rows["Health score"]["strong"]
    assert rows["Health score"]["note"] == "Not enough data: 11 of 30 losses"


def test_the_page_says_what_so_few_losses_bear(told, seen):
    assert "11 losses are early days." in text(seen(told.mona))


def test_another_lead_is_chosen(told, seen):
    page = seen(told.mona, "?days=30")

    assert page.context["choice"].lead == 30
    assert "30 days before the renewal" in text(page)


def test_what_came_of_each_answer_is_told(told, seen):
    rows = {row["answer"]: row for row in seen(told.mona).context["answers"]}

    assert (rows["no"]["count"], rows["no"]["n"]) == (11, 22)
    assert (rows["yes"]["count"], rows["yes"]["n"]) == (66, 66)


def test_green_and_gone_names_those_who_left_at_the_middle_of_those_who_stayed(told, seen):
    page = seen(told.mona)
    gone = page.context["gone"]
    left = Renewal.objects.filter(decision="churned").values("contract__customer")
    scores = Signal.objects.filter(name="health_score", customer__key__startswith="b")
    stayed = sorted(scores.exclude(customer__in=left).values_list("value", flat=True))
    green = scores.filter(customer__in=left, value__gte=stayed[len(stayed) // 2])

    assert (gone.signal, gone.threshold) == ("health_score", stayed[len(stayed) // 2])
    assert {row.customer_id for row in gone.rows} == set(green.values_list("customer", flat=True))
    assert f"<strong>{len(gone.rows)} of 11</strong> who left" in text(page)


def test_a_company_says_what_it_calls_green(told, seen):
    page = seen(told.mona, "?signal=nps&from=10")

    assert (page.context["gone"].signal, page.context["gone"].threshold) == ("nps", 10)
    assert "Green as you said." in text(page)


def test_every_name_can_be_had(told, seen, monkeypatch):
    monkeypatch.setattr("arbiter.workspace.audit.names.SHOWN", 2)

    few, every = seen(told.mona, "?from=0"), seen(told.mona, "?from=0&all=yes")

    assert (len(few.context["gone_rows"]), len(every.context["gone_rows"])) == (2, 11)
    assert "all=yes#gone" in text(few)


def test_who_left_is_parted_by_use_and_by_content(told, seen):
    page = seen(told.mona)

    assert sum(quarter.count for quarter in page.context["quarters"]) == 11
    assert "Used it, and were happy" in text(page)


def test_a_colleague_of_another_team_reads_no_name(told, seen):
    page = seen(told.quinn)

    assert page.context["told"].total > 0
    assert "B003" not in text(page)
    assert page.context["gone"].lost == 0


def test_customers_of_today_stand_beside_with_one_thing_to_do(told, seen):
    decided.score(told.harbour, 10, MAY, name="nps")
    decided.score(told.harbour, 40, MAY, name="logins_30d")
    standings.rebuild(as_of=TODAY)

    short = {each.title: each for each in seen(told.mona).context["short"]}

    promoter = short["Would recommend us, and that is all we know"].items[0]
    assert (promoter.title, promoter.verb) == ("Harbour", "Ask")
    assert "NPS 10" in promoter.detail
    assert "renews in " in promoter.detail
    assert short["Active, and no result"].items[0].verb == "Find out"


def test_a_term_that_ended_undecided_was_due(told, seen):
    decided.score(told.harbour, 10, MAY, name="nps")
    told.harbour.contracts.update(ends_on=TODAY - timedelta(days=9))
    standings.rebuild(as_of=TODAY)

    short = {each.title: each for each in seen(told.mona).context["short"]}

    promoter = short["Would recommend us, and that is all we know"].items[0]
    assert "was due 9 days ago" in promoter.detail


def test_a_number_that_knows_too_much_is_said_to(told, seen):
    for renewal in Renewal.objects.select_related("contract__customer"):
        early = decided.noon(renewal.contract.ends_on - timedelta(days=190))
        gone = float(renewal.decision == "churned")
        decided.score(renewal.contract.customer, gone, early, name="exit_score")
    audits.perform(at=TODAY, clock=lambda: TODAY)

    page = seen(told.mona)

    assert page.context["told"].suspect == 1
    assert "may be written after the decision" in text(page)
    assert "hardly any honest number" in text(seen(told.mona, "?name=exit_score", "/audit/signal/"))


def test_one_number_has_its_page(told, seen):
    page = seen(told.mona, "?name=health_score", "/audit/signal/")

    assert [row["label"] for row in page.context["rows"]] == [
        f"{lead} days before" for lead in (180, 120, 90, 60, 30)
    ]
    assert "Of those, renewed" in text(page)
    assert seen(told.mona, "?name=luck", "/audit/signal/").status_code == 404


@pytest.mark.parametrize(
    "query", ["?days=soon", "?from=green", "?from=nan", "?signal=luck", "?signal=%00"]
)
def test_an_address_that_makes_no_sense_shows_the_usual(told, seen, query):
    page = seen(told.mona, query)

    assert page.status_code == 200
    assert page.context["choice"].lead == 90
    assert page.context["gone"].signal == "health_score"


def test_before_any_decision_the_page_asks_for_a_file(world, seen):
    assert "Bring a list of past renewals" in text(seen(world.mona))
    assert "Bring in a file" not in text(seen(world.ada))


def test_with_decisions_and_no_number_it_says_what_is_missing(world, seen):
    decided.decide(decided.term(decided.customer("fir"), MAY.date()), "churned")
    audits.perform(at=TODAY, clock=lambda: TODAY)
    assert "Only losses are on record." in text(seen(world.mona))

    decided.decide(decided.term(decided.customer("oak"), MAY.date()), "renewed")
    audits.perform(at=TODAY, clock=lambda: TODAY)
    page = text(seen(world.mona))

    assert "1 of 10 losses: too few to say anything." in page
    assert "Nobody was asked whether they would continue." in page


def test_it_is_made_anew_by_a_button_and_says_how_far_it_is(told, client):
    client.force_login(told.mona)

    reply = client.post("/audit/runs/")

    assert reply.url == URL
    assert "The numbers are being tested." in text(client.get(URL))
    AuditRun.objects.filter(finished_at=None).update(started_at=TODAY, done=500, total=2_000)
    assert "500 of 2,000 customers are read." in text(client.get("/audit/progress/"))
    audits.perform(at=TODAY, clock=lambda: TODAY)
    assert client.get("/audit/progress/").headers["HX-Refresh"] == "true"


def test_a_failure_is_said(told, client):
    AuditRun.objects.create(wanted_at=TODAY, started_at=TODAY, finished_at=TODAY, problem="no")
    client.force_login(told.mona)

    assert "The last test did not work." in text(client.get(URL))


def test_a_look_records_nothing(told, seen, everything_but_sessions):
    seen(told.mona)
    before = everything_but_sessions()

    seen(told.mona)
    seen(told.mona, "?name=nps", "/audit/signal/")

    assert everything_but_sessions() == before


def test_the_number_of_queries_does_not_grow_with_losses(told, client):
    client.force_login(told.mona)
    few = asked_for(client)

    for number in range(20):
        gone = decided.customer(f"gone{number}")
        decided.decide(decided.term(gone, MAY.date()), "churned")
        there = decided.customer(f"there{number}")
        decided.score(there, 10, MAY, name="nps")
        decided.term(there, TODAY.date() + timedelta(days=90))
    audits.make(as_of=TODAY)
    standings.rebuild(as_of=TODAY)

    assert asked_for(client) == few
    assert few[0] <= 20
    assert few[1] <= 10
    assert client.get(URL).context["short"][0].count == 20


def asked_for(client):
    """How many queries the first look after a change takes, and the next."""
    Edition.objects.update(token=uuid4().hex)
    looks = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(URL)
        looks.append(len(asked))
    return looks


def test_machines_get_the_objects_of_the_command(told, seen):
    lines = json.loads(seen(told.mona, "?days=60", "/audit.json").content)

    assert {line["lead_days"] for line in lines} == {60}
    assert lines[0]["name"] == "intent"
    assert lines[0]["says"] == "predicts"


def test_spreadsheets_get_the_same_and_run_nothing(told, seen):
    Signal.objects.filter(name="logins_30d").update(name="=cmd()")
    audits.perform(at=TODAY, clock=lambda: TODAY)

    rows = list(csv.DictReader(io.StringIO(seen(told.mona, "", "/audit.csv").content.decode())))

    assert "'=cmd()" in {row["name"] for row in rows}
    assert "auc_low" in rows[0]
    assert len(rows[0]) == len(json.loads(seen(told.mona, "", "/audit.json").content)[0])


def test_the_names_come_for_a_spreadsheet_to_whom_they_concern(told, seen):
    Customer.objects.filter(key="b003").update(name="=cmd()")

    rows = seen(told.ada, "?from=0", "/audit/gone.csv").content.decode().splitlines()

    assert rows[0].startswith("customer,lost_on,told_on,arr")
    assert len(rows) == 12
    assert any(row.startswith("'=cmd(),") for row in rows)
    assert len(seen(told.quinn, "?from=0", "/audit/gone.csv").content.splitlines()) == 1


def test_before_the_first_audit_there_is_nothing_to_take(world, seen):
    assert seen(world.mona, "", "/audit/gone.csv").status_code == 404
    assert json.loads(seen(world.mona, "", "/audit.json").content) == []
    assert seen(world.mona, "", "/audit.csv").content.decode().startswith("name,title,lead_days,n,")
    assert not Audit.objects.exists()


def test_the_way_there_stands_in_the_navigation(told, seen):
    nav = {item["label"]: item for item in seen(told.otto).context["nav"]}

    assert nav["Audit"]["url"] == reverse("workspace:audit")
    assert nav["Audit"]["current"]


@pytest.mark.sweep
@pytest.mark.browser
@pytest.mark.parametrize("path", [URL, "/audit/signal/?name=health_score"])
def test_everybody_can_read_it(told, live_server, open_page, signed_in, path):
    page = open_page(live_server.url + path, cookies=signed_in(told.mona))

    assert objections(page) == []
