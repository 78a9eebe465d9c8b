"""`arbiter suppressions`: the list in, the list out."""

import csv
import json

import pytest
from click.testing import CliRunner

from arbiter.accounts.actions import contacts
from arbiter.cli.suppressions import suppressions
from arbiter.voice.actions import suppressions as verbs
from arbiter.voice.models import Suppression
from arbiter.voice.queries import suppressions as held
from tests.facts import fact_names
from tests.world import JUNE, MAY


def run(*arguments):
    told = [str(each) for each in arguments]
    return CliRunner().invoke(suppressions, told, catch_exceptions=False)


def listed(folder, words, encoding="utf-8"):
    (folder / "list.csv").write_bytes(words.encode(encoding))
    return folder / "list.csv"


def rows():
    return list(
        Suppression.objects.order_by("address_hash", "at").values_list(
            "address_hash", "address", "scope", "cause", "at", "detail", "lifted_at"
        )
    )


@pytest.mark.parametrize(
    "words",
    [
        "Email\ncleo@harbour.test\nmarie@käse.test\n\n",
        "\ufeffE-mail;Name\ncleo@harbour.test;Cleo\nmarie@käse.test;Marie\n",
        "address\tscope\ncleo@harbour.test\tALL\nmarie@käse.test\t\n",
    ],
)
def test_a_list_from_elsewhere_stops_everything(world, tmp_path, words):
    reply = run("import", listed(tmp_path, words))

    assert (reply.exit_code, reply.stdout) == (0, "2 new, 0 unchanged.\n")
    [kept] = held.of_address("cleo@harbour.test", at=JUNE)
    assert (kept.scope, kept.cause, kept.at) == ("all", "imported", JUNE)
    assert fact_names() == ["voice.suppressions_imported"]


def test_an_old_character_set_is_read(world, tmp_path):
    run("import", listed(tmp_path, "address,detail\ncleo@harbour.test,Käse\n", "cp1252"))

    assert Suppression.objects.get().detail == "Käse"


def test_the_same_list_again_changes_nothing(world, tmp_path):
    file = listed(tmp_path, "address\ncleo@harbour.test\nCLEO@harbour.test\n")

    assert [run("import", file).stdout for _ in range(2)] == [
        "1 new, 1 unchanged.\n",
        "0 new, 2 unchanged.\n",
    ]
    assert fact_names() == ["voice.suppressions_imported"]


def test_bad_lines_are_named_and_nothing_is_imported(world, tmp_path):
    words = "address,scope,at\ncleo@harbour.test,,\nnobody,,\na@b.test,some,\n,,\nc@d.test,,soon\n"

    reply = run("import", listed(tmp_path, words))

    assert reply.exit_code == 1
    assert reply.stderr.splitlines() == [
        "line 3: nobody is no mail address.",
        "line 4: some is none of surveys, education, all.",
        "line 6: soon is no moment such as 2026-06-01T09:00:00Z.",
        "3 bad, nothing imported.",
    ]
    assert rows() == []


@pytest.mark.parametrize("words", ["", "name\nCleo\n", "address\nnobody\n"])
def test_for_machines_problems_are_an_object(world, tmp_path, words):
    reply = run("import", listed(tmp_path, words), "--json")

    told = json.loads(reply.stdout)
    assert (reply.exit_code, told["new"], len(told["problems"])) == (1, 0, 1)


def test_what_is_exported_and_imported_again_says_the_same(world, tmp_path):
    told = {"by": world.olga, "at": MAY}
    verbs.suppress(address="cleo@harbour.test", scope="surveys", cause="unsubscribed", **told)
    verbs.suppress(address="=cmd@harbour.test", scope="all", cause="by_us", detail="+1", **told)
    lifted = verbs.suppress(address="sam@harbour.test", scope="all", cause="bounced", **told)
    verbs.lift(suppression=lifted, by=world.olga, at=JUNE)
    Suppression.objects.filter(address="cleo@harbour.test").update(address="")
    before, file = rows(), tmp_path / "out.csv"

    assert run("export", file).stdout == f"{file}: 3 lines\n"
    assert "'=cmd@harbour.test" in file.read_text()
    assert run("import", file).stdout == "0 new, 3 unchanged.\n"
    Suppression.objects.all().delete()
    assert run("import", file).stdout == "3 new, 0 unchanged.\n"

    assert rows() == [(*row[:1], row[1], *row[2:]) for row in before]
    # Erased, the address is still spared by its hash.
    assert held.of_address("cleo@harbour.test", at=JUNE)


def test_who_wants_no_mail_at_all_is_on_the_list_for_other_tools(world, tmp_path):
    contacts.unsubscribe(contact=world.cleo, by=world.cleo, at=MAY)

    run("export", tmp_path / "out.csv")

    [row] = csv.DictReader((tmp_path / "out.csv").read_text().splitlines())
    assert (row["address"], row["scope"], row["cause"]) == (
        "cleo@harbour.test",
        "all",
        "unsubscribed",
    )


def test_a_line_without_anything_to_know_it_by_is_refused(world, tmp_path):
    reply = run("import", listed(tmp_path, "address_hash\nabc\n"))

    assert reply.stderr.startswith("line 2: There is neither an address nor the hash of one.")
