"""Every address × everybody: who may open it, and what the rest are answered. A new address needs its rule here."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import get_resolver, reverse

from arbiter.accounts.actions import contracts
from arbiter.accounts.models import Contract
from arbiter.connectors.workspace_files import imports
from arbiter.engagement.actions import asking_rules, digests, promises, touchpoints
from arbiter.engagement.rules.asking import Trigger, When, Whom
from arbiter.foundation.actions import api_keys
from arbiter.foundation.mail import outbox
from arbiter.outcomes.actions import investments, milestones, stages
from arbiter.usage.actions import sources
from arbiter.voice.actions import answers, feedback, follow_ups, links, suppressions, themes
from tests.world import MAY, TODAY

OWNER_ADMIN = {"olga", "abe"}
LEADERS = OWNER_ADMIN | {"mona"}
EDITORS = LEADERS | {"ada", "ben", "quinn"}
EVERYBODY = EDITORS | {"otto"}
# Quinn is in another team than the owner of Harbour: for her it does not exist.
OUT_OF_REACH = {"quinn"}

Object = str


@dataclass(frozen=True)
class Rule:
    """Who may GET and POST, about what of Harbour's (by name), and what those are answered who may."""

    may: set[str]
    about: Object = ""
    get: int | None = 200
    post: int | None = None

    def answer(self, who: str, allowed: int) -> int:
        """What somebody is answered: out of reach comes after the role, for doors are inside."""
        if who == "stranger":
            return 302
        if who not in self.may:
            return 403
        return 404 if self.about and who in OUT_OF_REACH else allowed


def colleagues(**more):
    return Rule(EVERYBODY, **more)


def settings_page(**more):
    return Rule(OWNER_ADMIN, **more)


def importers(**more):
    return Rule(LEADERS, **more)


def editors(about="", **more):
    return Rule(EDITORS, about, **more)


def readers_of(about, **more):
    return Rule(EVERYBODY, about, **more)


RULES = {
    "home": colleagues(),
    "counting": colleagues(),
    "customers": colleagues(),
    "customers-csv": editors(),
    "renewals": colleagues(),
    "renewals-csv": editors(),
    "renewals-ics": editors(),
    "audit": colleagues(),
    "audit-signal": colleagues(get=404),
    "audit-progress": colleagues(get=204),
    "audit-runs": importers(get=None, post=302),
    "audit-csv": editors(),
    "audit-json": editors(),
    "audit-gone-csv": editors(get=404),
    "theme": colleagues(get=None, post=302),
    "gallery": colleagues(),
    "gallery-page": colleagues(),
    "goal-wording": colleagues(),
    "asks": colleagues(),
    "asks-links": colleagues(get=404),
    "responses": colleagues(),
    "responses-asks": colleagues(),
    "responses-customers": colleagues(),
    "responses-comments": colleagues(),
    "responses-machine-like": colleagues(),
    "responses-review": editors("answer", get=None, post=302),
    "not-sure": colleagues(),
    "not-sure-later": colleagues(),
    # The answer of the cast waits for a belief.
    "not-sure-work": editors("answer", get=404, post=404),
    "outbox": colleagues(),
    "settings-me": colleagues(post=422),
    "settings-digest": colleagues(post=422),
    "settings-digests": settings_page(post=422),
    "settings-digest-decision": settings_page(get=None, post=302),
    "model": Rule(LEADERS | {"otto"}),
    "model-progress": Rule(LEADERS | {"otto"}),
    "model-renewals": Rule(LEADERS | {"otto"}, get=404),
    "first-data": importers(),
    "settings": settings_page(post=422),
    "settings-people": settings_page(post=200),
    "settings-person": settings_page(post=200),
    "settings-access": settings_page(get=None, post=302),
    "settings-team-new": settings_page(post=422),
    "settings-team": settings_page(post=422),
    "settings-team-dissolution": settings_page(get=None, post=302),
    "settings-mail": settings_page(post=200),
    "settings-sender": settings_page(),
    "settings-base-rate": settings_page(post=422),
    "settings-categories": settings_page(post=422),
    "settings-rates": settings_page(post=422),
    "settings-sources": settings_page(),
    "settings-source-new": settings_page(post=422),
    "settings-source": settings_page(),
    "settings-source-edit": settings_page(post=422),
    "settings-source-heard": settings_page(),
    "settings-source-key": settings_page(get=None, post=302),
    "settings-source-revocation": settings_page(get=None, post=302),
    "settings-source-rejected": settings_page(),
    "settings-rate-withdrawal": settings_page(get=None, post=404),
    "settings-business-model": settings_page(post=422),
    "metrics": colleagues(),
    "metrics-csv": editors(get=404),
    "metrics-json": editors(get=404),
    "metrics-progress": colleagues(),
    "metrics-computations": settings_page(get=None, post=302),
    "metrics-board": colleagues(),
    "metrics-measure": colleagues(),
    "metrics-measure-csv": editors(get=404),
    "metrics-measure-json": editors(get=404),
    "usage": colleagues(),
    "usage-progress": colleagues(get=204),
    "usage-snapshots": editors(get=None, post=302),
    "usage-features": colleagues(post=422),
    "usage-feature": colleagues(get=404),
    "usage-feature-description": editors(get=404, post=404),
    "usage-feature-retirement": editors(get=None, post=404),
    "usage-sets": colleagues(),
    "usage-set": colleagues(get=404),
    "usage-set-new": editors(post=422),
    "usage-set-preview": editors(get=None, post=200),
    "usage-set-versions": editors(get=404, post=404),
    "usage-set-retirement": editors(get=None, post=404),
    "usage-without-result": colleagues(),
    "usage-without-activity": colleagues(),
    "usage-events": colleagues(),
    "goal-features": editors("faster_onboarding", post=302),
    "goal-feed": editors("faster_onboarding", post=422),
    "settings-privacy": settings_page(post=422),
    "settings-sample": settings_page(post=302),
    "settings-suppressions": settings_page(post=422),
    "settings-suppression-lift": settings_page(get=None, post=302),
    "settings-suppressions-list": settings_page(get=None, post=302),
    "settings-suppressions-csv": settings_page(),
    "settings-widget": settings_page(post=422),
    "settings-widget-secret": settings_page(get=None, post=302),
    "settings-widget-end": settings_page(get=None, post=302),
    "settings-keys": settings_page(post=422),
    "settings-key-revocation": settings_page(post=302),
    "imports": importers(post=422),
    "import": importers(),
    "import-mapping": importers(get=302, post=302),
    "import-progress": importers(get=204),
    "import-checks": importers(get=None, post=302),
    "import-storing": importers(get=None, post=302),
    "import-undoing": importers(get=None, post=302),
    "import-discarding": importers(get=None, post=302),
    "import-rejected": importers(get=404),
    "customer": readers_of("harbour"),
    "customer-path": readers_of("harbour"),
    "customer-people": readers_of("harbour"),
    "customer-voice": readers_of("harbour"),
    "customer-timeline": readers_of("harbour"),
    "customer-renewal": readers_of("harbour"),
    "customer-data": readers_of("harbour"),
    "customer-preview": readers_of("harbour"),
    "goal": readers_of("faster_onboarding"),
    "customer-new": editors(post=422),
    "customer-edit": editors("harbour", post=422),
    "customer-handoff": editors("harbour", post=422),
    "customer-archive": editors("harbour", get=None, post=302),
    "contact-new": editors("harbour", post=422),
    "contact-edit": editors("cleo", post=422),
    "contact-departure": editors("cleo", get=None, post=302),
    "contact-subscription": editors("cleo", get=None, post=302),
    "contact-privacy": editors("cleo", post=422),
    "contact-export": editors("cleo", get=None, post=200),
    "contact-erasure": settings_page(post=422),
    "contract-new": editors("harbour", post=422),
    "contract-edit": editors("harbour_contract", post=422),
    "decision": editors("harbour_contract", post=422),
    "beliefs": editors("harbour_contract", post=422),
    "goal-new": editors("harbour", post=422),
    "goal-revisions": editors("faster_onboarding", post=422),
    "goal-retirement": editors("faster_onboarding", post=422),
    "goal-verdicts": editors("faster_onboarding", post=422),
    "goal-results": editors("faster_onboarding", post=422),
    "goal-awareness": editors("faster_onboarding", post=422),
    "goal-milestones": editors("faster_onboarding", post=422),
    "milestone-completion": editors("milestone", get=None, post=302),
    "milestone-removal": editors("milestone", get=None, post=302),
    "touchpoint-new": editors("harbour", post=422),
    "touchpoint-removal": editors("touchpoint", get=None, post=302),
    "investment-new": editors("harbour", post=422),
    "investment-withdrawal": editors("investment", get=None, post=302),
    "customer-answers": editors("harbour", post=422),
    "answer-opening": editors("answer", get=None, post=404),
    "answer-follow-ups": editors("answer", get=None, post=302),
    "follow-up-closing": editors("follow_up", get=None, post=302),
    "link-revocation": editors("link", get=None, post=302),
    "asks-new": editors(),
    "asks-preview": editors(get=None, post=302),
    "asks-letter": editors("cleo"),
    "asks-letters": editors(get=None, post=302),
    "asks-links-new": editors(get=None, post=200),
    "asks-links-csv": editors(get=None, post=200),
    "rules": colleagues(),
    "rules-new": importers(post=422),
    "rules-tomorrow": importers(),
    "rules-rule": importers(),
    "rules-revision": importers(post=422),
    "rules-switch": importers(get=None, post=302),
    "rules-asks": importers(get=None, post=302),
    "unsent": colleagues(),
    "settings-asking": settings_page(post=422),
    "settings-stages": settings_page(post=422),
    "settings-stage": settings_page(post=422),
    "settings-stage-archive": settings_page(get=None, post=302),
    "surveys": colleagues(),
    "surveys-survey": colleagues(),
    "surveys-preview": colleagues(),
    "surveys-mail": colleagues(),
    "surveys-new": importers(post=422),
    "surveys-version": importers(post=422),
    "surveys-wording": importers(get=302, post=302),
    "surveys-archive": importers(get=None, post=302),
    "surveys-restoration": importers(get=None, post=302),
    "surveys-people": editors(),
    "surveys-asks": editors(get=None, post=302),
    "surveys-call": editors(get=404, post=404),
    "customer-surveys": editors("harbour"),
    "surprises": colleagues(),
    "scores": colleagues(),
    "surprises-progress": colleagues(get=204),
    "surprises-months": colleagues(),
    "surprises-review": editors(get=None, post=302),
    "surprises-bar": settings_page(post=422),
    "surprises-file": readers_of("lost"),
    "surprises-post-mortem": editors("lost", post=422),
    "feedback": colleagues(),
    "feedback-piece": readers_of("piece"),
    "feedback-assignment": editors("piece", get=None, post=302),
    "feedback-status": editors("piece", get=None, post=302),
    "feedback-relation": editors("piece", get=None, post=302),
    "feedback-sorting": editors("piece", get=None, post=302),
    "feedback-replies": editors("piece", get=None, post=422),
    "customer-feedback-new": editors("harbour", post=422),
    "feedback-themes": colleagues(post=422),
    "feedback-proposals": editors(post=302),
    "feedback-suggestions": editors(get=None, post=302),
    "feedback-theme": colleagues(),
    "feedback-theme-description": editors(get=None, post=422),
    "feedback-theme-change": editors(get=None, post=422),
    "feedback-theme-members": editors(get=None, post=302),
    "feedback-theme-replies": editors(get=None, post=422),
    "promises": colleagues(),
    "promise-new": editors("harbour", post=422),
    "promise-edit": editors("promise", post=422),
    "promise-decision": editors("promise", get=None, post=302),
    "views": colleagues(post=200),
    "view-forgetting": colleagues(get=None, post=404),
    # One's own mail, or everybody's for who manages the settings: asserted below.
    "outbox-mail": Rule(EVERYBODY),
    "outbox-decision": Rule(EVERYBODY, get=None, post=302),
}
# Open to strangers, each with the test that shows that it bears it.
STRANGERS = {
    "invitation": "tests/workspace/test_settings.py",
    "demo-entry": "tests/workspace/test_sign_in.py",
    "first-run": "tests/workspace/test_first_run.py",
}
# The gallery shows page heads among its components; the letter is a mail, in a frame of the preview.
MANY_HEADINGS = {"gallery", "asks-letter", "surveys-mail"}
NUMBERS = {
    "settings-person": "ben",
    "contact-erasure": "cleo",
    "settings-access": "ben",
    "settings-team": "team",
    "settings-team-dissolution": "team",
    **dict.fromkeys((name for name in RULES if name.startswith("settings-source-")), "source"),
    "settings-source": "source",
    "settings-key-revocation": "key",
    **dict.fromkeys((name for name in RULES if name.startswith("feedback-theme")), "slow_imports"),
    "settings-digest-decision": "channel",
    "settings-suppression-lift": "suppression",
    **dict.fromkeys((name for name in RULES if name.startswith("rules-")), "rule"),
    **dict.fromkeys((name for name in RULES if name.startswith("settings-stage")), "stage"),
}


@pytest.fixture
def cast(world):
    """The world with one of everything that has an address."""
    world.team = world.ben.team
    world.answer = answers.give(
        contact=world.dora, kind="intent", value="not_sure", by=world.dora, at=MAY
    )
    world.follow_up = follow_ups.set(
        answer=world.answer,
        owner=world.ada,
        due_on=(TODAY + timedelta(days=9)).date(),
        by=world.ada,
        at=MAY,
    )
    world.link, world.token = links.make(contact=world.cleo, by=world.ada, at=TODAY)
    _, world.other_token = links.make(contact=world.dov, by=world.quinn, at=TODAY)
    world.milestone = milestones.add(
        customer=world.harbour,
        goal=world.faster_onboarding,
        title="First crew alone",
        by=world.ada,
        at=MAY,
    )
    world.touchpoint = touchpoints.log(
        customer=world.harbour,
        contacts=[world.cleo],
        kind="call",
        summary="Hello",
        by=world.ada,
        at=MAY,
    )
    world.investment = investments.state(
        customer=world.harbour,
        amount=Decimal(100),
        currency="EUR",
        stated_by=world.cleo,
        by=world.ada,
        at=MAY,
    )
    world.lost = Contract.objects.create(
        customer=world.harbour, starts_on=date(2024, 10, 1), ends_on=date(2025, 9, 30)
    )
    contracts.decide(
        contract=world.lost, decision="churned", churn_cause="ours", by=world.ada, at=MAY
    )
    _hear(world)
    world.source, _ = sources.make(name="Web app", kind="server", by=world.abe, at=MAY)
    world.key, _ = api_keys.make(person=world.ada, name="Warehouse", by=world.abe, at=MAY)
    world.rule = asking_rules.make(
        name="Ask", when=When(Trigger.MANUAL), whom=Whom(), by=world.mona, at=MAY
    )
    world.stage = stages.add(name="trial", meaning="It works", by=world.olga, at=MAY)
    world.draft = imports.receive(name="customers.csv", by=world.olga, at=TODAY)
    world.mail = outbox.put(
        dedupe_key="x", to="cleo@harbour.test", subject="Hello", text="Hello", at=TODAY
    )
    return world


def _hear(world):
    """What a customer said besides answers, what we promised, and who is told of it."""
    world.piece = feedback.receive(
        customer=world.harbour, text="Slow", source="ticket", by=world.ada, at=MAY
    )
    world.slow_imports = themes.make(name="Slow imports", by=world.ada, at=MAY)
    world.channel = digests.order_channel(
        kind="slack", name="#x", address="https://hooks.test/x", hour=17, by=world.abe, at=MAY
    )
    world.suppression = suppressions.suppress(
        address="gone@quay.test", scope="all", cause="bounced", by=world.abe, at=MAY
    )
    world.promise = promises.make(customer=world.harbour, text="Faster", by=world.ada, at=MAY)


def addresses(namespace):
    """Every name with its pattern in a namespace ("" for none)."""
    for entry in get_resolver().url_patterns:
        if getattr(entry, "namespace", None) == namespace or (
            not namespace and not hasattr(entry, "url_patterns")
        ):
            yield from _named(entry)


def _named(entry):
    if hasattr(entry, "url_patterns"):
        for inner in entry.url_patterns:
            yield from _named(inner)
    else:
        yield entry.name, entry


def address(name, cast):
    """The address of a rule, about Harbour's things."""
    pattern = dict(addresses("workspace"))[name]
    wanted = pattern.pattern.converters
    if not wanted:
        return reverse(f"workspace:{name}")
    about = RULES[name].about or NUMBERS.get(name, "")
    subject = (
        "draft" if name.startswith("import") else "mail" if name.startswith("outbox") else about
    )
    number = getattr(cast, subject).pk if subject else 1
    given = {"slug": "home", "page": "home", "number": 0, "measure": "nps", "key": "nps"}
    return reverse(f"workspace:{name}", kwargs={key: given.get(key, number) for key in wanted})


@contextmanager
def undone():
    """Let something happen and take it back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_every_address_of_the_workspace_has_its_rule():
    assert {name for name, _ in addresses("workspace")} == RULES.keys() | STRANGERS.keys()


def test_every_view_of_the_workspace_says_who_may_open_it():
    silent = [
        name for name, entry in addresses("workspace") if not hasattr(entry.callback, "access")
    ]
    open_ = {name for name, entry in addresses("workspace") if entry.callback.access.strangers}

    assert silent == []
    assert open_ == STRANGERS.keys()


@pytest.mark.parametrize("name", [name for name in RULES if not name.startswith("outbox-")])
def test_everybody_gets_the_status_the_rule_says(cast, client, name):
    rule, url = RULES[name], address(name, cast)
    expected, seen, headings = {}, {}, set()
    for who in (*sorted(EVERYBODY), "stranger"):
        client.logout()
        if who != "stranger":
            client.force_login(getattr(cast, who))
        for method, allowed in (("get", rule.get), ("post", rule.post)):
            answer = rule.answer(who, allowed or 405)
            # The method is looked at after the role, and before the door.
            expected[who, method] = 405 if allowed is None and answer == 404 else answer
            with undone():
                response = getattr(client, method)(url)
            seen[who, method] = response.status_code
            if not response.streaming and b"</html>" in response.content:
                headings.add(response.content.count(b"<h1"))

    assert {key: (seen[key], expected[key]) for key in seen if seen[key] != expected[key]} == {}
    assert headings <= {1} or name in MANY_HEADINGS


def test_a_mail_is_shown_to_who_sent_it_and_to_who_manages_the_settings(cast, client):
    seen = {}
    for who in sorted(EVERYBODY):
        client.force_login(getattr(cast, who))
        seen[who] = client.get(reverse("workspace:outbox-mail", args=[cast.mail.pk])).status_code

    assert {who for who, status in seen.items() if status == 200} == OWNER_ADMIN
    assert set(seen.values()) == {200, 404}


ELSEWHERE = {"healthz", "readyz"}


def test_every_other_address_belongs_to_sign_in_or_says_that_we_live():
    rest = {name for name, _ in addresses("")}
    account = {
        name
        for entry in get_resolver().url_patterns
        for name, _ in _named(entry)
        if name.startswith("account_")
    }

    assert rest == ELSEWHERE
    assert "account_signup" in account


def test_nobody_signs_up_by_themselves(cast, client):
    reply = client.post(
        reverse("account_signup"), {"email": "eve@evil.test", "password1": "k0rrekt-h0rse-battery"}
    )

    assert type(cast.olga).objects.filter(email="eve@evil.test").count() == 0
    assert reply.status_code < 500
