"""The files themselves: the same bytes every time, sane in size, and safe to open."""

import csv
import json
import unicodedata
from datetime import date

import pytest

from arbiter.sample import write
from arbiter.sample.tables import COLUMNS, Tables
from tests.sample.reading import Written

LEAP_DAY = date(2028, 2, 29)


def _bytes(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_same_day_and_seed_give_the_same_bytes(ledgerly, tmp_path):
    write(tmp_path, today=ledgerly.today)

    assert _bytes(tmp_path) == _bytes(ledgerly.folder)


def test_another_seed_makes_another_company(ledgerly, tmp_path):
    write(tmp_path, today=ledgerly.today, seed=1)

    assert _bytes(tmp_path)["answers.csv"] != _bytes(ledgerly.folder)["answers.csv"]


def test_another_day_moves_every_date_and_keeps_the_company(ledgerly, tmp_path):
    write(tmp_path, today=LEAP_DAY)
    later = Written(tmp_path, LEAP_DAY)

    moved = LEAP_DAY - ledgerly.today

    assert list(later.customers) == list(ledgerly.customers)
    assert [row["ends_on"] for row in later.contracts] == [
        (date.fromisoformat(row["ends_on"]) + moved).isoformat() for row in ledgerly.contracts
    ]
    assert [row["value"] for row in later.rows("signals")] == [
        row["value"] for row in ledgerly.rows("signals")
    ]


def test_a_folder_holds_every_file_of_the_format_with_its_header(ledgerly):
    assert {path.stem for path in ledgerly.folder.glob("*.csv")} == set(COLUMNS)
    assert json.loads((ledgerly.folder / "workspace.json").read_text())["format"] == 1
    for file, columns in COLUMNS.items():
        with (ledgerly.folder / f"{file}.csv").open(encoding="utf-8", newline="") as stream:
            lines = list(csv.reader(stream))
        assert tuple(lines[0]) == columns
        assert {len(line) for line in lines} == {len(columns)}


def test_there_are_about_240_customers_and_three_years_of_history(ledgerly):
    assert 235 <= len(ledgerly.customers) <= 245
    assert min(row["starts_on"] for row in ledgerly.contracts) < ledgerly.day(-1000)
    assert 200 <= len([row for row in ledgerly.contracts if row["decision"]]) <= 320


def test_it_stays_small(ledgerly, tmp_path):
    write(tmp_path, today=ledgerly.today)

    assert 500_000 < sum(path.stat().st_size for path in tmp_path.iterdir()) < 8_000_000


def test_no_cell_can_be_taken_for_a_formula(ledgerly):
    cells = [cell for file in COLUMNS for row in ledgerly.rows(file) for cell in row.values()]

    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_names_come_from_many_countries(ledgerly):
    people = "".join(row["name"] for row in ledgerly.contacts.values())
    companies = {row["name"] for row in ledgerly.customers.values()}

    scripts = {unicodedata.name(letter).split()[0] for letter in people if letter.isalpha()}
    assert scripts >= {"LATIN", "GREEK", "CYRILLIC", "HANGUL", "CJK"}
    assert set("éøłğőřñãåßç") <= set(people.lower())
    assert len({row["language"] for row in ledgerly.contacts.values()}) >= 20
    assert {"森岡計器", "Дніпро Зерно", "Αιγαίο Ναυτιλία", "Cửu Long Thủy Sản"} <= companies


def test_mail_addresses_reach_nobody(ledgerly):
    addresses = [row["email"] for row in ledgerly.contacts.values()]
    owners = {row["owner_email"] for row in ledgerly.customers.values()}

    assert all(
        address.isascii() and address.endswith(".example") for address in [*addresses, *owners]
    )
    assert len(set(addresses)) == len(addresses)
    assert len(owners) >= 5


def test_some_files_carry_columns_of_their_own(ledgerly):
    assert any(row["crm_id"] for row in ledgerly.customers.values())
    assert any(row["purchase_order"] for row in ledgerly.contracts)


def test_a_cell_without_a_column_is_refused():
    with pytest.raises(KeyError, match="goals has no column colour"):
        Tables().add("goals", colour="red")
