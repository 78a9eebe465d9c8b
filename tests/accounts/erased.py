"""A contact with something in every table, and a search for what is left of them."""

from __future__ import annotations

import json
from decimal import Decimal

from django.db import connection

from arbiter.accounts.actions import bases, contacts
from arbiter.connectors.models import Before, Import
from arbiter.engagement.actions import promises, touchpoints
from arbiter.forecast.actions import post_mortems, standings
from arbiter.forecast.actions.post_mortems import Step
from arbiter.foundation.mail import outbox
from arbiter.outcomes.actions import awareness, investments, results, revisions, verdicts
from arbiter.voice.actions import (
    answers,
    feedback,
    follow_ups,
    letters,
    links,
    replies_to_givers,
    suppressions,
)
from arbiter.voice.models import Survey, SurveyVersion
from tests.forecast.losing import lose
from tests.world import APRIL, JUNE, MARCH, MAY

# Every sentence is Cleo's own; no other text of the world has it.
SENTENCES = {
    "evidence": "She agreed on the phone on a rainy Tuesday",
    "comment": "Your harbour masters were rude to our crew",
    "would": "Send somebody who has sailed before",
    "why": "The export of timesheets loses the night shift",
    "verdict": "The new crews still ask me everything",
    "on_behalf": "She told us over coffee near the pier",
    "feedback": "Please let me print the berth list",
    "pain": "I lose every second Friday to typing",
    "constraints": "My sister's bank holds the papers",
    "assumptions": "My own evenings at forty euros an hour",
    "reason": "I moved the date because of my surgery",
    "report": "Counted by hand from my own notebook",
    "note": "Talked about her move to Lisbon",
    "custom": "Likes small boats and large dogs",
    "follow_up": "She needs a sailor as her contact",
}
WORDS = ("Cleo", "Castro", "cleo@harbour.test", *SENTENCES.values())


def everything_about(cleo, world):
    """Bring about one of everything that can hold words of Cleo's."""
    _state(cleo, world)
    _say(cleo, world)
    _want(cleo, world)
    _work(cleo, world)
    _import(cleo, world)
    standings.rebuild(as_of=JUNE)
    return cleo


def _state(cleo, world):
    cleo.title, cleo.custom = "Captain Castro's deputy", {"hobby": SENTENCES["custom"]}
    cleo.save()
    bases.state(
        contact=cleo,
        purpose="usage",
        basis="consent",
        evidence=SENTENCES["evidence"],
        by=world.ada,
        at=MARCH,
    )
    contacts.unsubscribe(contact=cleo, by=cleo, at=JUNE)


def _say(cleo, world):
    letters.send(contact=cleo, goals=[], by=world.ada, at=MARCH)
    links.make(contact=cleo, by=world.ada, at=MARCH)
    survey = Survey.objects.create(name="Call", kind="csat", purpose="transactional", made_at=MAY)
    version = SurveyVersion.objects.create(
        survey=survey,
        number=1,
        scale="1-5",
        made_at=MAY,
        parts=[
            {"id": "score", "type": "scale"},
            {"id": "again", "type": "choice", "choices": ["yes", "no"]},
            {"id": "why", "type": "text"},
        ],
    )
    details = {"again": "no", "why": SENTENCES["why"]}
    answers.give(
        contact=cleo, kind="csat", value="2", scale="1-5", version=version, details=details, by=cleo, at=APRIL
    )  # fmt: skip
    answers.give(
        contact=cleo, kind="nps", value="3", scale="0-10", comment=SENTENCES["comment"], by=cleo, at=MAY
    )  # fmt: skip
    unsure = answers.give(
        contact=cleo,
        kind="intent",
        value="not_sure",
        would_make_it_yes=SENTENCES["would"],
        evidence=SENTENCES["on_behalf"],
        by=world.ada,
        at=MAY,
    )
    made = follow_ups.set(answer=unsure, owner=world.ada, due_on=JUNE.date(), by=world.ada, at=MAY)
    made.reason = SENTENCES["follow_up"]
    made.save()
    asked = feedback.receive(
        customer=world.harbour,
        contact=cleo,
        text=SENTENCES["feedback"],
        source="interview",
        by=world.ada,
        at=MAY,
    )
    replies_to_givers.reply(
        feedback=asked, text=f"Dear Cleo Castro, you said “{SENTENCES['feedback']}”", by=world.ada, at=MAY
    )  # fmt: skip
    suppressions.suppress(
        address=cleo.email, scope="surveys", cause="complained", contact=cleo, by=cleo, at=MAY
    )
    outbox.put(
        dedupe_key="digest",
        to=world.ada.email,
        subject="Cleo Castro is not sure",
        text=f"Cleo Castro <cleo@harbour.test>: {SENTENCES['comment']}",
        html=f"<p>{SENTENCES['would']}</p>",
        at=MAY,
    )


def _want(cleo, world):
    goal = world.faster_onboarding
    goal.pain, goal.constraints = SENTENCES["pain"], SENTENCES["constraints"]
    goal.save()
    verdicts.give(goal=goal, contact=cleo, verdict="partly", comment=SENTENCES["verdict"], by=cleo, at=MAY)  # fmt: skip
    awareness.tell(goal=goal, contacts=[cleo], by=world.ada, at=APRIL)
    revisions.revise(goal=goal, reason=SENTENCES["reason"], by=cleo, at=APRIL, target=Decimal(20))
    results.report(goal=goal, value=Decimal(30), evidence=SENTENCES["report"], by=cleo, at=MAY)
    investments.state(
        customer=world.harbour,
        amount=Decimal(900),
        currency="EUR",
        assumptions=SENTENCES["assumptions"],
        stated_by=cleo,
        by=world.ada,
        at=MAY,
    )


def _work(cleo, world):
    touchpoints.log(
        customer=world.harbour, contacts=[cleo], kind="call", summary=SENTENCES["note"], by=world.ada, at=MAY
    )  # fmt: skip
    touchpoints.log(
        customer=world.harbour,
        contacts=[cleo, world.dora],
        kind="call",
        summary="Dora and CLEO CASTRO argued",
        by=world.ada,
        at=MAY,
    )
    promises.make(
        customer=world.harbour, contact=cleo, text="Cleo Castro gets a sailor", by=world.ada, at=MAY
    )
    lose(world)
    post_mortems.record(
        contract=world.harbour_contract,
        cause="ours",
        steps=[Step("Cleo Castro was not heard", evidence="Her mail")],
        quote=SENTENCES["comment"],
        quoted=cleo,
        by=world.ada,
        at=JUNE,
    )


def _import(cleo, world):
    record = Import.objects.create(source="contacts.csv", by=world.olga, at=MARCH)
    Before.objects.create(
        import_record=record,
        file="contacts",
        row=cleo.pk,
        customer=world.harbour.pk,
        before={"name": "Cleo Cook", "title": SENTENCES["custom"]},
        after={"name": "Cleo Castro"},
    )
    Before.objects.create(
        import_record=record,
        file="touchpoints",
        row=1,
        customer=world.harbour.pk,
        before={"summary": "Call with Cleo Castro"},
        after={"summary": "Call"},
    )


def left_of(words):
    """Where any of some words stands in any text of any table, as (table, column, word)."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for column in connection.introspection.get_table_description(cursor, table):
                cursor.execute(f'SELECT CAST("{column.name}" AS TEXT) FROM "{table}"')
                texts = "\n".join(str(value) for (value,) in cursor.fetchall()).casefold()
                found += [
                    (table, column.name, word)
                    for word in words
                    if word.casefold() in texts or json.dumps(word)[1:-1].casefold() in texts
                ]
    return found
