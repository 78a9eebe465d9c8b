"""Export, import into an empty database, export again: the same bytes."""

import shutil
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings

from arbiter.connectors.workspace_files import exporting
from arbiter.connectors.workspace_files.spec import FILES
from arbiter.forecast.actions import standings
from arbiter.sample.write import write as write_sample
from tests.connectors.workspace_files.companies import companies
from tests.connectors.workspace_files.company import HARBOUR, contents, write
from tests.connectors.workspace_files.running import check, exported, outcome, store

pytestmark = pytest.mark.django_db


@contextmanager
def an_empty_database():
    """Forget at the end whatever was stored in between. Where customers stand is no part of an export."""
    with standings.deferred(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def there_and_back(rows, folder: Path):
    """Import rows, export; import that into an empty database, export. Return both exports."""
    with an_empty_database():
        report = store(write(folder / "made", rows))
        assert report.stored, [str(problem) for problem in report.problems]
        first = exported(folder / "first")
    with an_empty_database():
        report = store(folder / "first")
        assert report.stored, [str(problem) for problem in report.problems]
        return first, exported(folder / "second")


def test_a_company_with_every_column_comes_back_byte_by_byte(tmp_path):
    first, second = there_and_back(HARBOUR, tmp_path)

    assert first == second
    assert set(first) == {f"{name}.csv" for name in HARBOUR} | {"workspace.json"}


@pytest.mark.parametrize("value", ["7.435178049835577e-302", "0.30000000000000004", "5e-324"])
def test_a_number_comes_back_to_its_last_digit(tmp_path, value):
    signals = [{**HARBOUR["signals"][0], "value": value}]

    first, second = there_and_back({**HARBOUR, "signals": signals}, tmp_path)

    assert first == second
    assert f",{value}\n" in first["signals.csv"].decode()


@pytest.mark.sweep
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=companies())
def test_any_company_comes_back_byte_by_byte(db, rows):
    with TemporaryDirectory() as folder:
        first, second = there_and_back(rows, Path(folder))

    assert first == second


@pytest.mark.sweep
def test_every_file_is_among_those_that_are_drawn():
    seen = set()

    @settings(max_examples=60, deadline=None, derandomize=True, phases=[Phase.generate])
    @given(rows=companies())
    def look(rows):
        seen.update(rows)

    look()

    assert FILES.keys() - seen == set()


@pytest.mark.sweep
def test_the_sample_company_comes_back_byte_by_byte(tmp_path):
    write_sample(tmp_path / "sample", today=date(2026, 6, 15))
    with an_empty_database():
        assert store(tmp_path / "sample").stored
        first = exported(tmp_path / "first")
    with an_empty_database():
        assert store(tmp_path / "first").stored
        assert exported(tmp_path / "second") == first


def test_importing_twice_changes_nothing(tmp_path):
    folder = write(tmp_path / "harbour")
    store(folder)
    before = exported(tmp_path / "before")

    again = store(folder)

    assert all(created == updated == 0 for created, updated, _, _ in outcome(again).values())
    assert exported(tmp_path / "after") == before


def test_parquet_says_the_same_as_csv(tmp_path):
    store(write(tmp_path / "harbour"))
    exporting.export(tmp_path / "parquet", parquet=True)

    report = check(tmp_path / "parquet")

    assert {path.suffix for path in (tmp_path / "parquet").iterdir()} == {".parquet", ".json"}
    assert outcome(report) == {name: (0, 0, len(rows), 0) for name, rows in HARBOUR.items()}


def test_parquet_alone_makes_the_same_company(tmp_path):
    with an_empty_database():
        store(write(tmp_path / "harbour"))
        first = exported(tmp_path / "first")
        exporting.export(tmp_path / "parquet", parquet=True)
    with an_empty_database():
        store(tmp_path / "parquet")
        assert exported(tmp_path / "second") == first


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_other_spellings_of_a_file_say_the_same(tmp_path, encoding, delimiter):
    lines = [
        ("customer_id", "name", "segment"),
        ("harbour", "Häfen & Söhne", "Große"),
        ("dunes", "Düne", ""),
    ]
    text = "\r\n".join(delimiter.join(line) for line in lines) + "\r\n"
    (tmp_path / "customers.csv").write_bytes(text.encode(encoding))

    report = store(tmp_path / "customers.csv")

    assert outcome(report) == {"customers": (2, 0, 0, 0)}
    assert "harbour,Häfen & Söhne,,Große" in exported(tmp_path / "out")["customers.csv"].decode()


def test_a_zip_says_the_same_as_its_folder(tmp_path):
    write(tmp_path / "packed" / "harbour")
    archive = shutil.make_archive(str(tmp_path / "harbour"), "zip", tmp_path / "packed")

    report = store(Path(archive))

    assert outcome(report) == {name: (len(rows), 0, 0, 0) for name, rows in HARBOUR.items()}


def test_an_export_replaces_an_earlier_one_and_nothing_else(tmp_path):
    store(write(tmp_path / "harbour"))
    exported(tmp_path / "out")
    exported(tmp_path / "out")
    (tmp_path / "out" / "thesis.docx").write_text("mine")

    with pytest.raises(exporting.NotEmpty, match=r"thesis\.docx"):
        exporting.export(tmp_path / "out")

    assert "thesis.docx" in contents(tmp_path / "out")


def test_an_empty_company_is_customers_and_the_manifest(tmp_path):
    assert exported(tmp_path / "out") == {
        "customers.csv": b"customer_id,name,domain,segment,industry,region,owner_email,stage,since,parent_id,why_bought,promised_value\n",
        "workspace.json": b'{\n  "format": 1,\n  "exported_at": null\n}\n',
    }
