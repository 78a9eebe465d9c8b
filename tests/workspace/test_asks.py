"""Asking: whom, what we believe first, by letter, link or voice."""

import csv
import io
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from arbiter.accounts.models import Customer
from arbiter.forecast.actions import beliefs
from arbiter.forecast.models import Belief
from arbiter.foundation.models import OutboxMail
from arbiter.outcomes.models import Verdict
from arbiter.voice.actions import answers, links
from arbiter.voice.models import Answer, Ask, FollowUp, PersonalLink
from arbiter.workspace.asks.table import guarded
from tests.browser import objections
from tests.portal.test_letter import text
from tests.world import JUNE, MAY


@pytest.fixture
def ada(client, world):
    """Ada, signed in."""
    client.force_login(world.ada)
    return client


def chosen(page):
    """The contacts that are ticked."""
    found = re.findall(r'name="contact" value="(\d+)"( checked)?', page.content.decode())
    return {int(pk) for pk, checked in found if checked}


def form(world, *people, **more):
    return {"contact": [person.pk for person in people], "verdicts": "on", **more}


def test_the_queue_shows_whom_nobody_asked_most_money_first(client, world):
    client.force_login(world.olga)

    page = client.get("/asks/?days=200")

    read = text(page)
    assert read.index("Harbour") < read.index("Quay")
    assert "€48k" in read
    assert "Never asked" in read


def test_the_queue_holds_nobody_out_of_reach(ada):
    assert "Quay" not in text(ada.get("/asks/?days=999999999"))


def test_from_the_queue_the_deciders_are_chosen(ada, world):
    page = ada.get("/asks/new/?state=never_asked&days=180")

    assert chosen(page) == {world.dora.pk, world.sam.pk}
    assert f'name="belief-{world.harbour_contract.pk}"' in page.content.decode()


def test_a_person_who_is_named_is_the_one_chosen_and_the_screen_warns(ada, world):
    page = ada.get(f"/asks/new/?contact={world.cleo.pk}")

    assert chosen(page) == {world.cleo.pk}
    assert "Only people who do not decide are chosen." in text(page)
    assert "Dora Diaz, decision maker, is not chosen." in text(page)


def test_who_cannot_get_a_letter_is_shown_with_the_reason(ada, world):
    world.dora.unsubscribed_at = MAY
    world.dora.save()

    page = ada.get(f"/asks/new/?customer={world.harbour.pk}")

    assert "no letter: unsubscribed on 1 May 2026." in text(page)
    assert "Dora Diaz, decision maker, unsubscribed on 1 May 2026." in text(page)
    assert chosen(page) == {world.sam.pk}


def test_a_fresh_belief_is_not_asked_for_again_and_an_old_one_is(ada, world):
    log = {"contract": world.harbour_contract, "by": world.ada, "reason": "Quiet"}
    where = f"/asks/new/?customer={world.harbour.pk}"
    beliefs.log(probability=Decimal("0.7"), at=JUNE - timedelta(days=91), **log)
    assert "How likely does Harbour renew?" in text(ada.get(where))

    beliefs.log(probability=Decimal("0.6"), at=JUNE - timedelta(days=90), **log)

    assert "How likely does Harbour renew?" not in text(ada.get(where))
    assert "We believe 60%" in text(ada.get(where))


def test_another_teams_customer_is_not_to_be_asked(ada, world):
    page = ada.get(f"/asks/new/?customer={world.quay.pk}&contact={world.dov.pk}&contact=x")

    assert "Nobody to ask here." in text(page)


def test_the_number_of_queries_does_not_grow_with_customers(
    client, world, django_assert_max_num_queries
):
    client.force_login(world.olga)
    for number in range(20):
        Customer.objects.create(name=f"Customer {number}")
    every = "&".join(f"customer={pk}" for pk in Customer.objects.values_list("pk", flat=True))

    with django_assert_max_num_queries(40):
        page = client.get(f"/asks/new/?{every}")

    assert text(page).count("Nobody is known here.") == 20


def test_the_preview_shows_the_letter_and_who_gets_none_and_records_nothing(
    ada, world, everything_but_sessions
):
    world.cleo.email = ""
    world.cleo.save()
    before = everything_but_sessions()

    page = ada.post("/asks/preview/", form(world, world.cleo, world.dora))

    read = text(page)
    assert "Dora, is Lighthouse working for you?" in read
    assert "no letter: has no mail address." in read
    assert "Send 1 letter" in read
    assert "Make 2 links" in read
    assert "Spend a third less on outside help desks" in read
    assert everything_but_sessions() == before


def test_the_preview_says_in_which_language_the_letter_is(ada, world):
    world.dora.language = "ar"
    world.dora.save()

    page = ada.post("/asks/preview/", form(world, world.dora)).content.decode()

    assert '<p lang="ar" dir="auto"><b>\u2068Dora\u2069، هل يفيدكم ما تقدمه' in page
    assert (
        '<pre class="letter-text" lang="ar" dir="auto" tabindex="0">مرحبًا \u2068Dora\u2069،' in page
    )


def test_the_preview_carries_the_belief_on(ada, world):
    pk = world.harbour_contract.pk
    said = {f"belief-{pk}": "62,5 %", f"reason-{pk}": 'New "boss"'}

    page = ada.post("/asks/preview/", form(world, world.dora, **said)).content.decode()

    assert f'name="belief-{pk}" value="62.5"' in page
    assert 'value="New &quot;boss&quot;"' in page
    assert not Belief.objects.exists()


@pytest.mark.parametrize("typed", ["lots", "101", "-1", "NaN", "1e9"])
def test_a_belief_that_is_none_is_told(ada, world, typed):
    said = {f"belief-{world.harbour_contract.pk}": typed, "customer": world.harbour.pk}

    reply = ada.post("/asks/preview/", form(world, world.dora, **said), follow=True)

    assert "is no chance in percent" in text(reply)
    assert "Harbour" in text(reply)


def test_nobody_chosen_is_told(ada, world):
    reply = ada.post("/asks/preview/", {"customer": world.harbour.pk}, follow=True)

    assert "Nobody was chosen." in text(reply)


def test_the_letters_html_is_shown_as_a_mail_program_would(ada, world):
    reply = ada.get(f"/asks/preview/{world.cleo.pk}/letter/?verdicts=on")

    policy = reply.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "'unsafe-inline'" in policy.split("style-src")[1].split(";")[0]
    assert reply.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "Do you expect Harbour to continue" in reply.content.decode()
    assert ada.get(f"/asks/preview/{world.dov.pk}/letter/").status_code == 404


def test_letters_are_sent_and_the_belief_is_logged_before(ada, world):
    pk = world.harbour_contract.pk
    data = form(world, world.dora, **{f"belief-{pk}": "62.5", f"reason-{pk}": "New boss"})

    reply = ada.post("/asks/letters/", data, follow=True)

    assert "1 letter is in the outbox. There is no mail server" in text(reply)
    belief = Belief.objects.get()
    assert (belief.probability, belief.reason, belief.by) == (
        Decimal("0.6250"),
        "New boss",
        world.ada,
    )
    assert OutboxMail.objects.get().to == "dora@harbour.test"
    assert Ask.objects.filter(contact=world.dora, kind="verdict").count() == 2


def test_every_letter_not_sent_says_why(ada, world):
    world.cleo.email = ""
    world.cleo.save()
    ada.post("/asks/letters/", form(world, world.dora))

    reply = ada.post("/asks/letters/", form(world, world.cleo, world.dora, world.dov), follow=True)

    assert "Not sent: Cleo Castro has no mail address." in text(reply)
    assert "Not sent: Dora Diaz was asked on 1 June, less than 7 days ago." in text(reply)
    assert "Nobody was asked." in text(reply)
    assert "Dov" not in text(reply)
    assert Ask.objects.filter(kind="intent").count() == 1


def test_a_belief_that_may_not_be_logged_asks_nobody(ada, world):
    world.harbour_contract.ends_on = date(2026, 5, 1)
    world.harbour_contract.save()
    data = form(world, world.dora, **{f"belief-{world.harbour_contract.pk}": "50"})

    for where in ("/asks/letters/", "/asks/links/new/"):
        assert "Nobody was asked. This contract is not open" in text(
            ada.post(where, data, follow=True)
        )
    assert not Ask.objects.exists()


def test_links_are_shown_once_each_with_a_button_to_copy(ada, world, client):
    page = ada.post("/asks/links/new/", form(world, world.cleo, world.dora))

    urls = re.findall(r'value="(http://localhost:8000/p/[^"]+)"', page.content.decode())
    assert len(urls) == 2
    assert page.headers["Cache-Control"] == "no-store"
    assert page.content.decode().count("Copy</span>") == 2
    assert client.get(urls[0].removeprefix("http://localhost:8000")).status_code == 200
    assert not OutboxMail.objects.exists()


def test_the_links_come_as_a_mail_merge(ada, world):
    world.dora.name = "=HYPERLINK(1)"
    world.dora.save()
    page = ada.post("/asks/links/new/", form(world, world.dora)).content.decode()
    tokens = re.findall(r'name="token" value="([^"]+)"', page)
    _, theirs = links.make(contact=world.dov, by=world.quinn, at=JUNE)

    reply = ada.post("/asks/links.csv", {"token": [*tokens, theirs, "nonsense"]})

    (row,) = csv.DictReader(io.StringIO(reply.content.decode()))
    assert row["email"] == "dora@harbour.test"
    assert row["name"] == "'=HYPERLINK(1)"
    assert row["yes"] == f"http://localhost:8000/p/{tokens[0]}/?answer=yes"
    assert reply.headers["Content-Type"].startswith("text/csv")


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_is_taken_for_a_formula(cell):
    assert guarded(cell) == f"'{cell}"
    assert guarded("Dora = boss") == "Dora = boss"


def test_links_are_listed_without_their_token_and_revoked(ada, world):
    link, token = links.make(contact=world.cleo, by=world.ben, at=MAY)
    where = f"/asks/links/?customer={world.harbour.pk}"
    listed = ada.get(where)
    assert "Cleo Castro" in text(listed)
    assert "by Ben Brandt" in text(listed)
    assert token not in listed.content.decode()
    assert link.token_hash not in listed.content.decode()

    reply = ada.post(f"/links/{link.pk}/revocation/", follow=True)

    assert "The link of Cleo Castro opens no more." in text(reply)
    assert "revoked by us" in text(reply)
    assert ada.get(f"/p/{token}/").status_code == 410


def test_what_is_out_of_reach_does_not_exist(ada, world):
    link, _ = links.make(contact=world.dov, by=world.quinn, at=MAY)
    theirs = answers.give(contact=world.dov, kind="intent", value="no", by=world.dov, at=MAY)

    assert ada.post(f"/links/{link.pk}/revocation/").status_code == 404
    assert ada.get(f"/asks/links/?customer={world.quay.pk}").status_code == 404
    assert ada.get("/asks/links/").status_code == 404
    assert ada.get(f"/customers/{world.quay.pk}/answers/").status_code == 404
    assert ada.post(f"/answers/{theirs.pk}/follow-ups/").status_code == 404
    assert PersonalLink.objects.get().revoked_at is None


def test_an_observer_looks_and_asks_nobody(client, world):
    client.force_login(world.otto)
    link, _ = links.make(contact=world.cleo, by=world.ada, at=MAY)

    assert client.get("/asks/").status_code == 200
    assert "Ask those chosen" not in text(client.get("/asks/"))
    for where in ("/asks/new/", f"/customers/{world.harbour.pk}/answers/"):
        assert client.get(where).status_code == 403
    for where in (
        "/asks/preview/",
        "/asks/letters/",
        "/asks/links/new/",
        "/asks/links.csv",
        f"/links/{link.pk}/revocation/",
    ):
        assert client.post(where, form(world, world.cleo)).status_code == 403


def test_what_was_asked_shows_who_has_answered(ada, world):
    ada.post("/asks/letters/", form(world, world.dora, world.cleo))
    answers.give(contact=world.dora, kind="intent", value="yes", by=world.dora, at=JUNE)

    read = text(ada.get("/asks/?show=asked"))

    assert re.search(r"Dora Diaz Harbour Letter today by Ada Arnold Answered", read)
    assert re.search(r"Cleo Castro Harbour Letter today by Ada Arnold No reply yet", read)


def test_a_sealed_answer_is_hidden_until_we_say_what_we_believe(ada, world):
    from arbiter.forecast.actions import standings

    answers.give(contact=world.dora, kind="intent", value="no", by=world.dora, at=MAY)
    standings.rebuild(as_of=JUNE)

    page = ada.get(f"/asks/new/?customer={world.harbour.pk}")

    assert "hidden until you say what you believe" in text(page)
    assert "answer-badge" not in page.content.decode().split("<main", 1)[1]


def said(world, **more):
    return {
        "contact": world.dora.pk,
        "said_on": "2026-05-20",
        "evidence": "Call with Ada",
        "value": "not_sure",
        "comment": "Budget",
        "would_make_it_yes": "Fewer seats",
        **more,
    }


def test_the_call_script_words_the_questions(ada, world):
    page = ada.get(f"/customers/{world.harbour.pk}/answers/?contact={world.dora.pk}")

    read = text(page)
    assert "“Dora, I am not calling to sell." in read
    assert "Do you expect Harbour to continue with us after 30 September 2026?" in read
    assert "You said you want: Spend a third less on outside help desks." in read


def test_what_they_said_by_voice_is_recorded_on_their_behalf(ada, world):
    judged = {
        f"verdict-{world.lower_support_cost.pk}": "partly",
        f"helped-{world.lower_support_cost.pk}": "yes",
        f"belief-{world.harbour_contract.pk}": "40",
    }

    reply = ada.post(f"/customers/{world.harbour.pk}/answers/", said(world, **judged))

    assert (reply.status_code, reply.headers["Location"]) == (
        302,
        f"/customers/{world.harbour.pk}/",
    )
    answer, verdict = Answer.objects.get(), Verdict.objects.get()
    assert (answer.contact, answer.value, answer.on_behalf_by) == (
        world.dora,
        "not_sure",
        world.ada,
    )
    assert (answer.at.date(), answer.recorded_at) == (date(2026, 5, 20), JUNE)
    assert answer.ask.channel == "call"
    assert (verdict.verdict, verdict.helped, verdict.on_behalf_by) == ("partly", "yes", world.ada)
    assert verdict.evidence == answer.evidence == "Call with Ada"
    assert Belief.objects.get().probability == Decimal("0.4000")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"evidence": ""}, "This field is required"),
        ({"value": ""}, "Choose what they said: at least one answer."),
        ({"said_on": "soon"}, "Enter a valid date"),
        ({"contact": "0"}, "Select a valid choice"),
    ],
)
def test_without_evidence_or_answer_nothing_is_recorded(ada, world, change, told):
    reply = ada.post(f"/customers/{world.harbour.pk}/answers/", said(world, **change))

    assert reply.status_code == 422
    assert told in text(reply)
    assert not Answer.objects.exists()


def test_a_not_sure_gets_an_owner_and_a_date(ada, world):
    answer = answers.give(
        contact=world.cleo, kind="intent", value="not_sure", by=world.cleo, at=MAY
    )
    where = f"/answers/{answer.pk}/follow-ups/"

    ada.post(where, {"owner": world.ben.pk, "due_on": "2026-06-10"})

    follow_up = FollowUp.objects.get()
    assert (follow_up.owner, follow_up.due_on) == (world.ben, date(2026, 6, 10))
    for wrong in (
        {},
        {"owner": 0, "due_on": "2026-06-10"},
        {"owner": world.ben.pk, "due_on": "2026-04-01"},
    ):
        assert ada.post(where, wrong).status_code == 302
    assert FollowUp.objects.count() == 1
    ada.post(f"/follow-ups/{follow_up.pk}/closing/")
    ada.post(f"/follow-ups/{follow_up.pk}/closing/")
    assert FollowUp.objects.get().closed_at == JUNE


def test_where_the_deciders_cannot_be_reached_nobody_friendly_is_chosen_instead(ada, world):
    for contact in (world.dora, world.sam):
        contact.email = ""
        contact.save()
    assert chosen(ada.get(f"/asks/new/?customer={world.harbour.pk}")) == set()

    for contact in (world.dora, world.sam):
        contact.delete()
    assert chosen(ada.get(f"/asks/new/?customer={world.harbour.pk}")) == {world.cleo.pk}


@pytest.mark.sweep
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_no_page_of_asking_has_a_finding(world, live_server, open_page, signed_in):
    where = f"{live_server.url}/asks/new/?customer={world.harbour.pk}"
    page = open_page(where, cookies=signed_in(world.ada))
    assert objections(page) == []
    page.get_by_role("button", name="Preview").click()
    page.wait_for_url("**/preview/")
    assert objections(page) == []
    page.get_by_role("button", name="Make 2 links").click()
    page.wait_for_url("**/links/new/")
    assert objections(page) == []
    for path in (
        "/asks/",
        "/asks/?show=asked",
        f"/asks/links/?customer={world.harbour.pk}",
        f"/customers/{world.harbour.pk}/answers/?contact={world.dora.pk}",
    ):
        page.goto(live_server.url + path)
        assert objections(page) == [], path


TOGETHER = """
cell => {
  const date = document.createRange();
  date.selectNode(cell.firstChild);
  return cell.querySelector("span").getBoundingClientRect().left - date.getBoundingClientRect().right;
}
"""


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_on_a_phone_what_stands_in_a_cell_stays_together(world, live_server, open_page, signed_in):
    page = open_page(f"{live_server.url}/asks/?days=365", width=390, cookies=signed_in(world.mona))

    apart = page.eval_on_selector('td[data-label="Renews"]', TOGETHER)

    assert abs(apart) < 2
    assert page.get_by_role("checkbox", name="Ask Harbour").is_checked()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
