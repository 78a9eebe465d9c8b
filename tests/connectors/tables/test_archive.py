"""Zip archives, believed in nothing."""

import stat
import zipfile

import pytest

from arbiter.connectors.tables import archive
from arbiter.connectors.tables.mistakes import is_archive
from arbiter.foundation.refusals import Refusal


@pytest.fixture
def packed(tmp_path):
    def make(files):
        path = tmp_path / "export.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
            for name, content in files.items():
                target.writestr(name, content)
        return path

    return make


def test_the_files_inside_are_listed_and_unpacked(packed, tmp_path):
    path = packed(
        {"out/customers.csv": "a", "out/contacts.csv": "b", "__MACOSX/._x": "", "out/.DS_Store": ""}
    )

    names = archive.members(path)
    written = archive.unpack(path, tmp_path / "in")

    assert is_archive(path)
    assert names == ["out/customers.csv", "out/contacts.csv"]
    assert [(file.name, file.read_text()) for file in written] == [
        ("contacts.csv", "b"),
        ("customers.csv", "a"),
    ]


@pytest.mark.parametrize(
    "name", ["../evil.csv", "/etc/evil.csv", "a/../../evil.csv", "C:\\evil.csv", "..\\evil.csv"]
)
def test_a_name_that_leaves_the_folder_is_refused(packed, tmp_path, name):
    path = packed({name: "x"})

    with pytest.raises(Refusal, match="points outside the archive"):
        archive.unpack(path, tmp_path / "in")

    assert not (tmp_path / "in").exists()


def test_an_archive_that_grows_too_large_is_stopped_and_leaves_nothing(
    packed, tmp_path, monkeypatch
):
    monkeypatch.setattr(archive, "MOST_BYTES", 1_000_000)
    path = packed({"bomb.csv": b"0" * 50_000_000})

    with pytest.raises(Refusal, match=r"when unpacked at bomb\.csv"):
        archive.unpack(path, tmp_path / "in")

    assert not (tmp_path / "in" / "bomb.csv").exists()


def test_a_link_is_refused(tmp_path):
    path = tmp_path / "link.zip"
    link = zipfile.ZipInfo("customers.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as target:
        target.writestr(link, "/etc/passwd")

    with pytest.raises(Refusal, match="is a link"):
        archive.members(path)


def test_too_many_files_none_at_all_and_damage_are_refused(packed, tmp_path):
    with pytest.raises(Refusal, match="holds 201 files"):
        archive.members(packed({f"{n}.csv": "" for n in range(201)}))
    with pytest.raises(Refusal, match="holds no files"):
        archive.members(packed({}))
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(b"PK\x03\x04 nothing more")
    with pytest.raises(Refusal, match="damaged zip"):
        archive.members(damaged)
