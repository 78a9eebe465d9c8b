"""The first run happens once, also when two press at the same time."""

import pytest

from arbiter.foundation.actions import company
from arbiter.foundation.models import Company, Fact, Person
from arbiter.foundation.permissions import NotAllowed
from arbiter.foundation.queries import company as reads
from tests.foundation.processes import wait_until
from tests.world import JUNE

TOLD = {"name": "Lighthouse", "currency": "eur", "owner_name": "Olga Owens"}


def set_up(**more):
    told = TOLD | {"owner_email": "olga@lighthouse.test", "password": "tall-ships-sail"} | more
    return company.set_up(at=JUNE, **told)


def test_it_makes_the_company_and_its_owner(db):
    assert not reads.is_set_up()
    assert (reads.name(), reads.currency()) == ("Arbiter", "EUR")

    owner = set_up()

    assert reads.is_set_up()
    assert (owner.role, owner.check_password("tall-ships-sail")) == ("owner", True)
    assert (reads.name(), reads.currency()) == ("Lighthouse", "EUR")
    assert Fact.objects.get().name == "foundation.company_set_up"


def test_it_happens_once(db):
    set_up()

    with pytest.raises(company.AlreadySetUp):
        set_up(owner_email="second@lighthouse.test")
    assert Person.objects.filter(role="owner").count() == 1


def test_somebody_whom_a_file_named_before_becomes_the_owner(db):
    named = Person.objects.create_person(
        email="olga@lighthouse.test", name="olga@lighthouse.test", is_active=False
    )

    owner = set_up()

    assert owner.pk == named.pk
    assert (owner.role, owner.is_active, owner.name) == ("owner", True, "Olga Owens")


def test_a_currency_has_three_letters(db):
    with pytest.raises(company.UnknownCurrency):
        set_up(currency="€")
    assert not Company.objects.exists()


def test_whoever_loses_the_race_at_the_last_moment_is_told_so(db, monkeypatch):
    set_up()
    monkeypatch.setattr(reads, "is_set_up", lambda: False)

    with pytest.raises(company.AlreadySetUp, match="just set this up"):
        set_up(owner_email="second@lighthouse.test")


RACE = """
import sys
from django.utils import timezone
from arbiter.foundation.actions import company
from arbiter.foundation.refusals import Refusal
open("{folder}/ready-{who}", "w").close()
import os, time
while not os.path.exists("{folder}/go"):
    time.sleep(0.001)
try:
    company.set_up(name="Lighthouse", currency="EUR", owner_name="{who}", owner_email="{who}@lighthouse.test", at=timezone.now())
    print("owner")
except Refusal as refusal:
    print(refusal)
"""


@pytest.mark.sweep
def test_two_first_runs_at_the_same_time_make_one_owner(machine):
    both = [machine.start(RACE.format(folder=machine.folder, who=who)) for who in ("ada", "ben")]
    wait_until(lambda: len(list(machine.folder.glob("ready-*"))) == 2)
    (machine.folder / "go").touch()

    said = sorted(process.communicate(timeout=60)[0].strip() for process in both)

    assert said[1] == "owner"
    assert "Sign in instead" in said[0]
    assert machine.ask("SELECT count(*) FROM foundation_person WHERE role = 'owner'") == [(1,)]


def test_the_company_is_renamed_by_those_who_manage_the_settings(world):
    company.edit(name="Lighthouse AG", currency="chf", confirm_by_code=True, by=world.abe, at=JUNE)

    assert (reads.name(), reads.currency()) == ("Lighthouse AG", "CHF")
    assert reads.confirms_by_code()
    with pytest.raises(NotAllowed):
        company.edit(name="Mine", currency="EUR", by=world.mona, at=JUNE)


def test_what_is_not_mentioned_stays(world):
    told = {"confirm_by_code": True, "language": "de", "time_zone": "Europe/Berlin"}
    company.edit(name="Lighthouse", currency="EUR", by=world.abe, at=JUNE, **told)
    company.edit(name="Lighthouse", currency="EUR", by=world.abe, at=JUNE)

    ours = reads.current()
    assert reads.confirms_by_code()
    assert (ours.language, ours.time_zone) == ("de", "Europe/Berlin")


def test_a_company_may_go_back_to_the_zone_of_the_settings(world):
    company.edit(name="L", currency="EUR", time_zone="Europe/Berlin", by=world.abe, at=JUNE)
    company.edit(name="L", currency="EUR", time_zone="", by=world.abe, at=JUNE)

    assert reads.current().time_zone == ""
