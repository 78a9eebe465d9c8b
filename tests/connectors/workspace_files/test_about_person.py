"""All that is on file about one person leaves as a zip, and no table is forgotten."""

import csv
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps

from arbiter.accounts.models import Contact
from arbiter.connectors.workspace_files import about_person
from arbiter.foundation.permissions import NotAllowed
from arbiter.usage.actions import flushes
from arbiter.voice.actions import answers, links
from tests.accounts.erased import SENTENCES, everything_about
from tests.facts import last_fact
from tests.usage.sending import a_source, parcel, track
from tests.world import JUNE, MAY


def taken(world, *people):
    held = io.BytesIO()
    counts = about_person.export(people, held, by=world.olga, at=JUNE)
    return counts, zipfile.ZipFile(held)


@pytest.fixture
def cleo(world):
    """Cleo, of whom something is in every table."""
    return everything_about(world.cleo, world)


def test_every_word_of_theirs_is_in_it_as_json_and_as_csv(cleo, world):
    counts, archive = taken(world, cleo)

    told = json.loads(archive.read("person.json"))
    text = json.dumps(told, ensure_ascii=False)
    assert [name for name, said in SENTENCES.items() if said not in text] == []
    files = {name.removesuffix(".csv") for name in archive.namelist() if name.endswith(".csv")}
    assert files == {name for name, rows in told.items() if rows and name != "exported_at"}
    given = list(csv.DictReader(io.StringIO(archive.read("answers.csv").decode())))
    assert [row["comment"] for row in given] == [row["comment"] for row in told["answers"]]
    expected = {"answers": 3, "lawful_bases": 1, "touchpoints": 2, "follow_ups": 1, "mails": 2}
    assert {name: counts[name] for name in expected} == expected


def test_nothing_that_opens_something_is_in_it(cleo, world):
    _, token = links.make(contact=cleo, by=world.ada, at=MAY)

    _, archive = taken(world, cleo)

    text = archive.read("person.json").decode()
    assert token not in text
    assert "hash" not in text


def test_what_others_said_is_not_in_it(cleo, world):
    answers.give(
        contact=world.dora,
        kind="nps",
        value="9",
        scale="0-10",
        comment="Only between us two",
        by=world.dora,
        at=MAY,
    )

    _, archive = taken(world, cleo)

    assert "between us" not in archive.read("person.json").decode()


def test_what_they_did_in_the_product_is_in_it(world):
    parcel(a_source(), track("signed in", user="cleo"), track("another", user="dora"))
    flushes.flush(at=JUNE + timedelta(minutes=1))

    _, archive = taken(world, world.cleo)

    (event,) = json.loads(archive.read("person.json"))["usage_events"]
    assert (event["event"], event["user_id"]) == ("Report Exported", "cleo")


def test_the_journal_tells_of_it_and_its_lines_about_them_are_in_it(cleo, world):
    _, archive = taken(world, cleo)

    assert (last_fact().name, last_fact().subject_id) == ("connectors.contact_exported", cleo.pk)
    names = {row["name"] for row in json.loads(archive.read("person.json"))["facts"]}
    assert {"accounts.basis_stated", "voice.answer_given", "voice.feedback_received"} <= names


def test_a_person_at_two_customers_is_one_file(world):
    other = Contact.objects.create(
        customer=world.quay, key="c2", name="Cleo Castro", email="cleo@harbour.test"
    )

    _, archive = taken(world, world.cleo, other)

    rows = json.loads(archive.read("person.json"))["contacts"]
    assert [row["contact_id"] for row in rows] == ["cleo", "c2"]


def test_no_table_that_refers_to_a_contact_is_forgotten(world):
    referring = {
        model._meta.label: field
        for model in apps.get_models()
        for field in [*model._meta.fields, *model._meta.many_to_many]
        if field.related_model is Contact
    }

    told = {section.name for section in about_person.sections(world.cleo)}

    assert len(referring) > 12
    for label in referring:
        assert about_person.name_of(apps.get_model(label)) in told, f"{label} is in no export"


def test_it_is_for_those_who_may_take_data_out(world):
    with pytest.raises(NotAllowed):
        about_person.export([world.cleo], io.BytesIO(), by=world.otto, at=JUNE)
