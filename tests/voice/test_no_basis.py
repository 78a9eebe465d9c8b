"""Without a lawful basis for it, nobody is written to."""

import pytest

from arbiter.accounts.actions import bases
from arbiter.foundation.models import MailStatus, OutboxMail
from arbiter.voice.actions import letters
from arbiter.voice.queries import budget
from arbiter.voice.rules.budget import Request
from tests.world import APRIL, JUNE, MAY


def decided(contact, purpose, kind, at=JUNE):
    request = Request(budget.addressee(contact), purpose, kind)
    return budget.of([request.to], at=at).decide(request, at=at)


@pytest.mark.parametrize(
    ("stated", "purpose", "kind"),
    [
        ("outcome", "outcome", "intent"),
        ("relationship", "relationship", "nps"),
        ("transactional", "transactional", "csat"),
        ("education", "relationship", "check_in"),
    ],
)
def test_none_stops_mail_for_its_purpose_from_then_on(world, stated, purpose, kind):
    bases.state(contact=world.cleo, purpose=stated, basis="none", by=world.ada, at=MAY)

    assert decided(world.cleo, purpose, kind).code == "no_basis"
    assert decided(world.cleo, purpose, kind, at=APRIL).may
    assert decided(world.dora, purpose, kind).may


def test_another_purpose_goes_on(world):
    bases.state(contact=world.cleo, purpose="education", basis="none", by=world.ada, at=MAY)

    assert decided(world.cleo, "relationship", "nps").may


def test_a_letter_without_basis_is_kept_unsent_with_its_reason(world):
    bases.state(contact=world.cleo, purpose="outcome", basis="none", by=world.ada, at=MAY)

    mailed = letters.send(contact=world.cleo, goals=[], by=world.ada, at=JUNE)

    mail = OutboxMail.objects.get()
    assert mail.status == MailStatus.DROPPED
    assert (
        mail.reason
        == mailed.because
        == ("Cleo Castro may not be asked: there is no lawful basis for it.")
    )
