"""Files of events: read at once, checked row by row, stored whole or not at all, and each event once."""

import gzip
import json
from datetime import UTC, date, datetime

import polars
import pyarrow as pa
import pytest
from deltalake import DeltaTable

from arbiter.foundation.models import Fact, Person
from arbiter.foundation.permissions import NotAllowed
from arbiter.usage.actions import event_files, flushes, identities
from arbiter.usage.actions.event_files import Bad, NotEvents
from arbiter.usage.log import files, staged, writing
from arbiter.usage.log.rows import hashes
from arbiter.usage.log.table import Log, open_log
from arbiter.usage.models import Alias, Membership, SnapshotRun
from tests.usage.sending import NOON, a_source, parcel, track
from tests.usage.test_flush import Killed, killed, messages
from tests.usage.test_log import told

HEADER = "message_id,at,customer_id,user_id,event,properties\n"
GOOD = (
    'a,2026-05-01T10:00:00+02:00,harbour,ana,Export,"{""rows"": 12}"\nb,2026-05-02,quay,,Login,\n'
)


def rows_of(settled=True):
    """The events of the log as dictionaries."""
    from arbiter.usage.log.duck import duck

    with duck() as connection:
        open_log().show(connection, "log", settled=settled)
        return connection.sql("SELECT * FROM log ORDER BY message_id").to_arrow_table().to_pylist()


def written(path, text, **how):
    """A file with this text."""
    path.write_text(text, **how)
    return path


def check(*paths):
    """Say what an import would do."""
    return event_files.check(paths, at=NOON)


def store(*paths, **how):
    """Import for good."""
    return event_files.store(paths, by=Person.objects.system(), at=NOON, **how)


def counts(outcome):
    """New, unchanged and rejected rows."""
    return outcome.new, outcome.unchanged, outcome.rejected


def test_a_file_is_stored_with_when_it_was_and_when_it_was_known(db, tmp_path):
    text = HEADER.replace("\n", ",recorded_at\n")
    text += "a,2026-05-01T10:00:00+02:00,harbour,ana,Export,\"{\"\"rows\"\": 12}\",2026-05-03T00:00:00Z\n"  # fmt: skip

    outcome = store(written(tmp_path / "events.csv", text))

    assert (counts(outcome), outcome.stored) == ((1, 0, 0), True)
    assert rows_of() == [
        {
            "settled": True, "month": "2026-05", "customer_id": "harbour", "user_id": "ana", "anonymous_id": None,
            "kind": "track", "event": "Export", "at": datetime(2026, 5, 1, 8, tzinfo=UTC),
            "day": datetime(2026, 5, 1).date(), "sent_at": None, "received_at": NOON,
            "recorded_at": datetime(2026, 5, 3, tzinfo=UTC), "source": 0, "import_id": None, "message_id": "a",
            "message_hash": hashes([0], ["a"])[0].as_py(), "properties": '{"rows": 12}',
        }
    ]  # fmt: skip


def test_a_dry_run_stores_nothing(db, tmp_path):
    outcome = check(written(tmp_path / "events.csv", HEADER + GOOD))

    assert (counts(outcome), outcome.stored) == ((2, 0, 0), False)
    assert not open_log().exists


def test_importing_twice_changes_nothing(db, tmp_path):
    file = written(tmp_path / "events.csv", HEADER + GOOD)
    store(file)

    again = store(file)

    assert (counts(again), again.stored) == ((0, 2, 0), True)
    assert messages() == ["a", "b"]


def test_every_spelling_says_the_same(db, tmp_path):
    semicolons = (HEADER + "a,2026-05-01,harbour,ana,Größe,\n").replace(",", ";")
    lines = [
        {"message_id": "c", "at": "2026-05-01T00:00:00z", "customer_id": "harbour", "user_id": "ana", "event": "Größe"}
    ]  # fmt: skip
    of_json = "\n".join(json.dumps(line) for line in lines) + "\n\n"
    paths = [
        written(tmp_path / "a.csv", semicolons, encoding="cp1252"),
        written(tmp_path / "b.csv", semicolons.replace("\na;", "\nb;"), encoding="utf-16"),
        written(tmp_path / "c.jsonl", of_json),
        tmp_path / "d.csv.gz",
        tmp_path / "e.parquet",
    ]
    paths[3].write_bytes(gzip.compress(("\ufeff" + semicolons.replace(";", "\t").replace("\na\t", "\nd\t")).encode()))  # fmt: skip
    polars.DataFrame(
        {"Message_ID": ["e"], "at": [datetime(2026, 5, 1, tzinfo=UTC)], "customer_id": ["harbour"], "user_id": ["ana"], "event": ["Größe"]}
    ).write_parquet(paths[4])  # fmt: skip

    outcome = store(*paths)

    assert counts(outcome) == (5, 0, 0), outcome.bad
    assert {(row["event"], row["at"], row["user_id"]) for row in rows_of()} == {
        ("Größe", datetime(2026, 5, 1, tzinfo=UTC), "ana")
    }


BAD = [
    (",2026-05-01,harbour,,Export,", "message_id", "", "it is missing. Every event needs it."),
    ("x,soon,harbour,,Export,", "at", "soon", "it is not an instant. Write it as YYYY-MM-DDTHH:MM:SSZ."),
    ("x,2026-05-01T10:00:00,harbour,,Export,", "at", "2026-05-01T10:00:00", "it does not say in which time zone. Add Z, or an offset such as +02:00."),
    ("x,2026-02-31,harbour,,Export,", "at", "2026-02-31", "there is no such instant. Correct it."),
    ("x,2026-06-09,harbour,,Export,", "at", "2026-06-09", "it lies in the future. Correct it."),
    ("x,2026-05-01, ,ana,Export,", "customer_id", "", "it is missing. Give the key of the customer."),
    ("x,2026-05-01,harbour,ana,,", "event", "", "it is missing. Say what happened."),
    ("x,2026-05-01,harbour,ana,Export,[1]", "properties", "[1]", 'it is no JSON object. Write it as {"plan": "pro"}.'),
    ("x,2026-05-01,harbour,ana,Export,{oops", "properties", "{oops", 'it is no JSON object. Write it as {"plan": "pro"}.'),
    (f"{'x' * 201},2026-05-01,harbour,,Export,", "message_id", "x" * 201, "it is 201 characters long. Keep it to 200."),
    ("x,2026-05-01,harbour", "", "", "the row cannot be read (missing columns). Correct it."),
]  # fmt: skip


@pytest.mark.parametrize(("row", "column", "value", "reason"), BAD)
def test_a_bad_row_is_named_and_stops_everything(db, tmp_path, row, column, value, reason):
    file = written(tmp_path / "events.csv", f"{HEADER}{GOOD}{row}\n")

    outcome = store(file)

    assert outcome.bad == {"events.csv": [Bad(4, column, value, reason)]}
    assert (counts(outcome), outcome.stored) == ((2, 0, 1), False)
    assert not open_log().exists


def test_the_good_rows_are_stored_on_request(db, tmp_path):
    outcome = store(written(tmp_path / "events.csv", f"{HEADER}{GOOD}{BAD[1][0]}\n"), partial=True)

    assert (counts(outcome), outcome.stored) == ((2, 0, 1), True)
    assert messages() == ["a", "b"]


def test_lines_are_counted_over_broken_ones(db, tmp_path):
    text = f"{HEADER}{BAD[-1][0]}\n{GOOD}{BAD[1][0]}\n"

    outcome = check(written(tmp_path / "events.csv", text))

    assert [bad.line for bad in outcome.bad["events.csv"]] == [2, 5]


def test_a_line_that_is_no_json_is_named(db, tmp_path):
    good = '{"message_id": 7, "at": "2026-05-01", "customer_id": 5, "event": "E", "properties": {"a": 1}}'

    outcome = check(written(tmp_path / "events.jsonl", f"{good}\n\nno json\n[1]\n"))

    assert counts(outcome) == (1, 0, 2)
    assert [(bad.line, bad.reason) for bad in outcome.bad["events.jsonl"]] == [
        (3, "the line is no JSON object. Write one object a line."),
        (4, "the line is no JSON object. Write one object a line."),
    ]


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("events.csv", "message_id,event\na,b\n", "has no column at, customer_id"),
        ("events.xlsx", "", "should end in"),
        ("events.parquet", "PAR1 but no more", "cannot be read"),
    ],
)
def test_what_is_no_file_of_events_is_refused(db, tmp_path, name, text, why):
    with pytest.raises(NotEvents, match=why):
        store(written(tmp_path / name, text))


def test_a_message_is_one_event_whichever_file_or_source_brings_it(db, tmp_path):
    parcel(a_source(), track("live"), track("live too", customer=None))
    flushes.flush(at=NOON)
    row = "{},2026-05-01,harbour,ana,Export,\n"
    one = written(tmp_path / "one.csv", HEADER + row.format("live") + row.format("x") * 2)
    two = written(tmp_path / "two.csv", HEADER + row.format("x") + row.format("live too"))

    outcome = store(one, two)

    assert counts(outcome) == (1, 4, 0)
    assert messages() == ["live", "live too", "x"]


def test_users_are_learnt_from_files_as_from_sources(db, tmp_path):
    text = "message_id,at,customer_id,user_id,event,kind,anonymous_id\n"
    text += "a,2026-05-02,harbour,ana,Export,,\nb,2026-05-01,harbour,ana,Export,,\n"
    text += "c,2026-05-03,,ana,,identify,x1\n"

    store(written(tmp_path / "events.csv", text))

    assert list(Membership.objects.values_list("user_key", "customer_key", "recorded_at")) == [
        ("ana", "harbour", datetime(2026, 5, 1, tzinfo=UTC))
    ]
    assert list(Alias.objects.values_list("user_key", "other_key")) == [("ana", "x1")]
    assert [row["kind"] for row in rows_of(settled=False)] == ["identify"]


@pytest.mark.parametrize("where", [(Log, "append_sorted"), (identities, "learn_memberships")])
def test_an_import_that_was_killed_is_finished_by_doing_it_again(db, tmp_path, monkeypatch, where):
    file = written(tmp_path / "events.csv", HEADER + GOOD)
    with monkeypatch.context() as patch:
        patch.setattr(*where, killed)
        with pytest.raises(Killed):
            store(file)

    store(file)

    assert messages() == ["a", "b"]
    assert Membership.objects.filter(user_key="ana").exists()


def test_an_import_can_be_taken_out_again(db, tmp_path):
    store(written(tmp_path / "one.csv", HEADER + GOOD), import_id=7)
    store(written(tmp_path / "two.csv", f"{HEADER}c,2026-05-01,harbour,ana,Export,\n"), import_id=8)

    assert event_files.remove(import_id=7, at=NOON) == 2
    assert [message for _, message in told(open_log())] == ["c"]


def test_usage_is_counted_anew_after_an_import_and_after_its_undoing(db, tmp_path):
    store(written(tmp_path / "one.csv", HEADER + GOOD), import_id=7)
    assert SnapshotRun.objects.get().whole
    SnapshotRun.objects.all().delete()

    event_files.remove(import_id=8, at=NOON)
    assert not SnapshotRun.objects.exists()
    event_files.remove(import_id=7, at=NOON)
    assert SnapshotRun.objects.get().whole


def test_a_large_file_is_sorted_in_parts(db, tmp_path, monkeypatch):
    monkeypatch.setattr(staged, "SORTED_AT_ONCE", 10)
    rows = [
        f"{n:02},2026-0{1 + n % 3 if n < 30 else 4}-01,c{n % 7},ana,Export,\n" for n in range(60)
    ]

    store(written(tmp_path / "events.csv", HEADER + "".join(rows)))

    assert messages() == [f"{n:02}" for n in range(60)]
    assert [(part.month, part.rows) for part in open_log().parts] == [
        ("2026-01", 10), ("2026-02", 10), ("2026-03", 10), ("2026-04", 30),
    ]  # fmt: skip


def test_files_that_are_full_are_followed_by_others(db, tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "FILE_BYTES", 1)
    monkeypatch.setattr(writing, "ROWS_IN_A_GROUP", 1)
    monkeypatch.setattr(staged, "ROWS_AT_ONCE", 1)
    rows = [f"{n},2026-01-01,c{n % 7},ana,Export,\n" for n in range(200)]

    store(written(tmp_path / "events.csv", HEADER + "".join(rows)))

    assert len(open_log().parts) > 1
    assert open_log().rows == 200


def test_the_log_knows_between_which_moments_a_file_is(db, tmp_path):
    store(written(tmp_path / "events.csv", HEADER + GOOD))

    [told] = pa.table(DeltaTable(open_log().location).get_add_actions(flatten=True)).to_pylist()

    assert (told["num_records"], told["min.at"], told["max.at"], told["min.day"]) == (
        2, datetime(2026, 5, 1, 8, tzinfo=UTC), datetime(2026, 5, 2, tzinfo=UTC), date(2026, 5, 1),
    )  # fmt: skip


def test_columns_that_nobody_knows_are_named(db, tmp_path):
    text = "message_id,at,customer_id,event,Favourite colour\na,2026-05-01,harbour,Export,blue\n"

    assert check(written(tmp_path / "events.csv", text)).unknown == {
        "events.csv": ["Favourite colour"]
    }


def test_the_journal_says_that_files_came(db, tmp_path):
    heard = []

    outcome = event_files.store(
        [written(tmp_path / "events.csv", HEADER + GOOD)],
        by=Person.objects.system(),
        at=NOON,
        told=lambda name, rows: heard.append((name, rows)),
    )

    assert outcome.rows == 2
    assert heard == [("events.csv", 2)]
    assert Fact.objects.get(name="usage.events_imported").details == {
        "new": 2, "unchanged": 0, "rejected": 0,
    }  # fmt: skip


def test_only_who_may_import_may(world, tmp_path):
    with pytest.raises(NotAllowed):
        event_files.store([tmp_path / "events.csv"], by=world.otto, at=NOON)


def test_a_hash_is_the_same_in_both_languages(db, tmp_path):
    messages = [f"{number}-ü" for number in range(50)]
    text = HEADER + "".join(f"{each},2026-05-01,harbour,,Export,\n" for each in messages)

    store(written(tmp_path / "events.csv", text))

    found = {row["message_id"]: row["message_hash"] for row in rows_of()}
    assert [found[each] for each in messages] == hashes([0] * 50, messages).to_pylist()
    assert min(found.values()) < 0 < max(found.values())


def test_an_ending_is_found_behind_a_gz(tmp_path):
    assert [files.ending(tmp_path / name) for name in ("e.CSV", "e.jsonl.gz", "e.2026.parquet")] == [
        ".csv", ".jsonl", ".parquet",
    ]  # fmt: skip
