"""What the sender's domain publishes, asked of a name server on loopback."""

import pytest
from django.urls import reverse
from dns import resolver as dns_resolver

from arbiter.foundation.mail import sender_check
from arbiter.foundation.mail.sender_check import State, check
from tests.browser import axe_findings
from tests.foundation.names import name_server

DOMAIN = "lighthouse.test"
SPF, DKIM, DMARC = DOMAIN, f"pm._domainkey.{DOMAIN}", f"_dmarc.{DOMAIN}"
KEY = "A" * 392
ALL_WELL = {
    SPF: ["google-site-verification=x", "v=spf1 include:spf.mtasv.net ~all"],
    DKIM: [f"v=DKIM1; k=rsa; p={KEY}"],
    DMARC: ["v=DMARC1; p=quarantine"],
}


def look(known, domain=DOMAIN, selector="pm", server="postmark"):
    with name_server(known) as by:
        return {each.kind: each for each in check(domain, selector=selector, server=server, by=by)}


def test_a_domain_that_publishes_all_three_is_good():
    found = look(ALL_WELL)

    assert {each.state for each in found.values()} == {State.GOOD}
    assert found["DKIM"].record == ALL_WELL[DKIM][0]
    assert not any(each.add for each in found.values())


def test_what_is_missing_comes_with_the_record_to_add():
    found = look({SPF: []})

    assert {each.state for each in found.values()} == {State.MISSING}
    assert found["SPF"].add == "v=spf1 include:spf.mtasv.net ~all"
    assert found["DKIM"].host == DKIM
    assert found["DMARC"].add == f"v=DMARC1; p=none; rua=mailto:postmaster@{DOMAIN}"


@pytest.mark.parametrize(
    ("kind", "texts", "sentence"),
    [
        (SPF, ["v=spf1 mx ~all", "v=spf1 a ~all"], "several"),
        (SPF, ["v=spf1 include:spf.mtasv.net +all"], "everybody"),
        (SPF, ["v=spf1 mx -all"], "add include:spf.mtasv.net"),
        (DKIM, ["v=DKIM1; p="], "withdrawn"),
        (DKIM, ["v=DKIM1; p=short"], "shorter than 1,024 bits"),
        (DMARC, ["v=DMARC1; rua=mailto:x@y.test"], "not understood"),
        (DMARC, ["v=DMARC1; p=none", "v=DMARC1; p=reject"], "not understood"),
    ],
)
def test_what_is_wrong_says_why(kind, texts, sentence):
    [found] = [each for each in look(ALL_WELL | {kind: texts}).values() if each.host == kind]

    assert found.state == State.WRONG
    assert sentence in found.sentence
    assert found.add


@pytest.mark.parametrize(
    ("record", "mended"),
    [
        ("v=spf1 mx -all", "v=spf1 mx include:spf.mtasv.net -all"),
        ("v=spf1 mx", "v=spf1 mx include:spf.mtasv.net"),
    ],
)
def test_a_record_that_is_there_is_mended_and_not_replaced(record, mended):
    assert look(ALL_WELL | {SPF: [record]})["SPF"].add == mended


def test_a_short_key_of_another_kind_is_no_weak_one():
    assert look(ALL_WELL | {DKIM: ["v=DKIM1; k=ed25519; p=short"]})["DKIM"].state == State.GOOD


def test_what_the_organisation_says_of_dmarc_holds_below():
    known = {DMARC: ["v=DMARC1; p=none"]}

    found = look(known, domain=f"mail.{DOMAIN}")["DMARC"]

    assert (found.state, found.host) == (State.GOOD, DMARC)
    assert "watches only" in found.sentence


@pytest.mark.parametrize(
    ("server", "add"),
    [("mail.lighthouse.test", "v=spf1 a:mail.lighthouse.test ~all"), ("", "v=spf1 mx ~all")],
)
def test_a_mail_server_of_ones_own_is_named_by_its_host(server, add):
    assert look({}, server=server)["SPF"].add == add


@pytest.mark.parametrize("selector", ["", "no selector", "-x", "a" * 70])
def test_without_a_selector_dkim_is_not_known(selector):
    assert look(ALL_WELL, selector=selector)["DKIM"].state == State.UNKNOWN


def test_where_nobody_answers_nothing_is_wrong(monkeypatch):
    monkeypatch.setattr(sender_check, "LIFETIME_SECONDS", 0.1)

    with name_server({}, silent=True) as by:
        found = check(DOMAIN, selector="pm", by=by)

    assert {each.state for each in found} == {State.UNKNOWN}
    assert all("did not tell" in each.sentence for each in found)


@pytest.fixture
def page(client, world, settings):
    settings.EMAIL_FROM = f"Lighthouse <hello@{DOMAIN}>"
    settings.EMAIL_URL = "anymail+postmark://key@"
    client.force_login(world.abe)
    return lambda **asked: client.get(reverse("workspace:settings-sender"), asked).content.decode()


def test_the_page_looks_up_only_when_asked(page, monkeypatch):
    monkeypatch.setattr(sender_check, "resolver", lambda: pytest.fail("asked"))

    assert DOMAIN in page()
    assert "Enter a valid value" in page(selector="no selector")


def test_the_page_shows_how_it_stands_and_what_to_add(page, monkeypatch):
    with name_server({SPF: ALL_WELL[SPF]}) as by:
        monkeypatch.setattr(sender_check, "resolver", lambda: by)
        shown = page(selector="pm")

    assert "It says which servers may send." in shown
    assert "There is no key, so no signature can be checked." in shown
    assert f"v=DMARC1; p=none; rua=mailto:postmaster@{DOMAIN}" in shown


def test_a_machine_without_name_servers_says_so(page, monkeypatch):
    def none(**told):
        raise dns_resolver.NoResolverConfiguration

    monkeypatch.setattr(dns_resolver, "Resolver", none)

    assert page(selector="").count("This machine knows no name server.") == 3


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_fits_a_phone_and_axe_finds_nothing(
    world, settings, monkeypatch, live_server, open_page, signed_in
):
    settings.EMAIL_FROM = f"Lighthouse <hello@a-rather-long-department.customers.{DOMAIN}>"
    with name_server({}) as by:
        monkeypatch.setattr(sender_check, "resolver", lambda: by)
        url = live_server.url + reverse("workspace:settings-sender") + "?selector=pm"
        shown = open_page(url, theme="dark", width=390, cookies=signed_in(world.abe))

    assert axe_findings(shown) == []
    assert shown.evaluate("document.documentElement.scrollWidth") == 390
