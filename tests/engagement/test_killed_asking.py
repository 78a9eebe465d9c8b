"""A process killed at any point of asking loses nobody and asks nobody twice."""

import random
import signal
from collections import Counter
from email import message_from_bytes

import pytest

from tests.foundation.servers import mail_server

SET_UP = """
from arbiter.accounts.models import Contact
from arbiter.engagement.actions import asking_rules
from arbiter.engagement.rules.asking import Trigger, When, Whom
from arbiter.accounts.models import Contract, Customer
from tests.world import MAY, World
from datetime import date
world = World()
for number in range(20):
    customer = Customer.objects.create(key=f"k{number}", name=f"Killed {number}", owner=world.ada)
    Contract.objects.create(customer=customer, starts_on=date(2026, 1, 1), ends_on=date(2026, 7, 31))
    Contact.objects.create(
        key=f"k{number}", customer=customer, name=f"Kim {number}", email=f"k{number}@kill.test", role="sponsor"
    )
for survey in ("", "nps"):
    rule = asking_rules.make(
        name="Rule", when=When(Trigger.BEFORE_RENEWAL, days=(150,)), whom=Whom(roles=("sponsor",)),
        survey_key=survey, by=world.mona, at=MAY,
    )
    asking_rules.switch_on(rule=rule, by=world.mona, at=MAY)
"""
# Whatever a process does goes through the database, so that every point lies between two of its statements.
DIE_AT = """
import os, signal
from django.db import connection
left = {left}
def count(execute, sql, params, many, context):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)
connection.execute_wrappers.append(count)
"""
ASK = """
from datetime import timedelta
from arbiter.engagement.actions import occasions
from arbiter.foundation.mail import dispatch
from tests.world import JUNE
occasions.find_occasions(JUNE)
occasions.ask_due(JUNE)
while dispatch.send_due(JUNE):
    pass
print("done")
"""
OCCASIONS = "SELECT state, count(*) FROM engagement_occasion GROUP BY state"
ASKED = "SELECT contact_id, kind, count(*) FROM voice_ask WHERE kind != 'verdict' GROUP BY contact_id, kind"
LINKS = "SELECT count(*) FROM voice_personallink"
MAILS = "SELECT message_id, status FROM foundation_outboxmail"


@pytest.mark.sweep
def test_whatever_point_it_is_killed_at_everybody_is_asked_once(machine):
    dice = random.Random(11)
    with mail_server() as server:
        machine.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{server.port}"
        machine.run(SET_UP)
        killed = 0
        for _ in range(13):
            process = machine.start(DIE_AT.format(left=dice.randint(1, 180)) + ASK)
            process.communicate(timeout=120)
            killed += process.returncode == -signal.SIGKILL
        assert killed >= 8
        assert machine.run(ASK) == "done"
        came = Counter(
            message_from_bytes(mail.original_content)["Message-ID"] for mail in server.handler.mails
        )

    states = dict(machine.ask(OCCASIONS))
    # Harbour's sponsor is Sam; the survey waits until the outcome question is a month old.
    assert states == {"asked": 21, "waiting": 21}
    asked = machine.ask(ASKED)
    assert [times for _, _, times in asked] == [1] * 21
    assert machine.ask(LINKS) == [(21,)]
    mails = dict(machine.ask(MAILS))
    assert len(mails) == 21
    assert set(came.values()) == {1}
    assert set(came) <= set(mails)
    # What was claimed when the process died is shown to a person to decide about; nothing else is missing.
    missing = {status for number, status in mails.items() if number not in came}
    assert missing <= {"sending"}
    assert {status for number, status in mails.items() if number in came} <= {"sent", "sending"}
