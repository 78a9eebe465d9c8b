"""`arbiter contacts`: a person's data out, and a person erased."""

import json
import zipfile

import pytest
from click.testing import CliRunner

from arbiter.accounts.models import Contact
from arbiter.cli.contacts import NobodyKnown, contacts
from tests.facts import fact_names


def run(*arguments, said=""):
    given = [str(each) for each in arguments]
    return CliRunner().invoke(contacts, given, input=said, catch_exceptions=False)


def erased():
    return set(Contact.objects.exclude(erased_at=None).values_list("pk", flat=True))


@pytest.mark.parametrize("who", ["cleo", "CLEO@harbour.test"])
def test_all_about_a_person_is_written_by_address_or_id(world, tmp_path, who):
    reply = run("export", who, tmp_path / "cleo.zip")

    assert reply.exit_code == 0
    assert "contacts: 1 row\n" in reply.output
    told = json.loads(zipfile.ZipFile(tmp_path / "cleo.zip").read("person.json"))
    assert told["contacts"][0]["email"] == "cleo@harbour.test"


def test_machines_get_one_object(world, tmp_path):
    told = json.loads(run("export", "cleo", tmp_path / "cleo.zip", "--json").output)

    assert (told["contacts"], told["rows"]["contacts"]) == (1, 1)


def test_somebody_nobody_knows_is_a_sentence(world, tmp_path):
    with pytest.raises(NobodyKnown, match=r"No contact has the address or id nobody@x\.test"):
        run("export", "nobody@x.test", tmp_path / "x.zip")
    assert not (tmp_path / "x.zip").exists()


def test_a_person_is_erased_at_every_customer_once_confirmed(world):
    other = Contact.objects.create(
        customer=world.quay, key="c2", name="Cleo Castro", email="cleo@harbour.test"
    )

    refused = run("erase", "cleo@harbour.test", said="n\n")
    assert (refused.exit_code, erased()) == (1, set())

    reply = run("erase", "cleo@harbour.test", said="y\n")
    assert "Cleo Castro, champion at Harbour" in reply.output
    assert erased() == {world.cleo.pk, other.pk}
    assert fact_names().count("accounts.contact_erased") == 2


def test_it_is_not_asked_again_with_yes(world):
    run("erase", "cleo", "--yes")

    assert erased() == {world.cleo.pk}
