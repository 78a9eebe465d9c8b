"""Settings are understood whole or the start stops with a sentence."""

import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from arbiter.config.environment import Environment


@pytest.fixture
def given(monkeypatch):
    """Return an environment in which only these variables are set."""

    def given(**variables):
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return Environment()

    return given


@pytest.mark.parametrize(
    ("said", "meant"), [("yes", True), ("1", True), ("On", True), ("no", False), ("", False)]
)
def test_a_switch_takes_the_usual_words(given, said, meant):
    assert given(SWITCH=said).yes_or_no("SWITCH", default=True) is meant


def test_a_switch_refuses_what_is_neither(given):
    with pytest.raises(ImproperlyConfigured, match="SWITCH is 'perhaps': say yes or no"):
        given(SWITCH="perhaps").yes_or_no("SWITCH", default=True)


@pytest.mark.parametrize("said", ["eleven", "11", "-1", "1.5"])
def test_a_number_out_of_range_is_refused(given, said):
    with pytest.raises(ImproperlyConfigured, match="whole number from 0 to 10"):
        given(NUMBER=said).whole("NUMBER", default=0, low=0, high=10)


def test_a_word_that_is_no_choice_is_refused_with_the_choices(given):
    with pytest.raises(ImproperlyConfigured, match="choose one of INFO, ERROR"):
        given(LEVEL="LOUD").one_of("LEVEL", ["INFO", "ERROR"], default="INFO")


@pytest.mark.parametrize("said", ["arbiter.example.com", "ftp://arbiter.example.com", "https://"])
def test_an_address_needs_its_scheme_and_host(given, said):
    with pytest.raises(ImproperlyConfigured, match="give an address such as https://"):
        given(ADDRESS=said).url("ADDRESS", default="http://localhost")


def test_an_address_loses_its_trailing_slash(given):
    assert given(ADDRESS="https://a.example/").url("ADDRESS", default="") == "https://a.example"


def test_a_list_is_split_at_commas(given):
    assert given(HOSTS=" a.example, ,b.example ").words("HOSTS", default=[]) == [
        "a.example",
        "b.example",
    ]


def test_a_folder_is_made(given, tmp_path):
    folder = given(FOLDER=str(tmp_path / "new/one")).folder("FOLDER", default=tmp_path)

    assert folder.is_dir()


def test_a_folder_that_cannot_be_made_is_refused(given, tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(ImproperlyConfigured, match="it cannot be made"):
        given(FOLDER=str(tmp_path / "file/folder")).folder("FOLDER", default=tmp_path)


def test_a_secret_is_made_once_and_kept_from_others(given, tmp_path):
    path = tmp_path / "secret"
    first = given().secret("NOWHERE_SECRET", kept_in=path, make=lambda: "a" * 50)
    second = given().secret("NOWHERE_SECRET", kept_in=path, make=lambda: "b" * 50)

    assert first == second == "a" * 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_secret_may_come_from_a_file(given, tmp_path):
    (tmp_path / "given").write_text("c" * 40 + "\n")
    env = given(OUR_SECRET_FILE=str(tmp_path / "given"))

    assert env.secret("OUR_SECRET", kept_in=tmp_path / "unused", make=lambda: "") == "c" * 40


def test_a_short_secret_is_refused(given, tmp_path):
    with pytest.raises(ImproperlyConfigured, match="at least 32"):
        given(OUR_SECRET="short").secret("OUR_SECRET", kept_in=tmp_path / "unused", make=lambda: "")


def test_sqlite_takes_the_write_lock_at_the_start_of_a_transaction(given):
    found = given(DB="sqlite:////data/a.sqlite3").database("DB", default="")

    assert str(found["NAME"]) == "/data/a.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_postgresql_keeps_its_connections(given):
    found = given(DB="postgres://ada:pw@db.example:5433/arbiter").database("DB", default="")

    assert (found["HOST"], str(found["PORT"]), found["NAME"]) == ("db.example", "5433", "arbiter")
    assert found["CONN_MAX_AGE"] == 600


def test_another_database_is_refused(given):
    with pytest.raises(ImproperlyConfigured, match="use sqlite"):
        given(DB="mysql://somewhere/arbiter").database("DB", default="")


def test_the_version_is_the_newest_of_the_changelog(tmp_path):
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## 2.1.0\n\n## 2.0.0\n")

    assert Environment.changelog_version(tmp_path / "CHANGELOG.md") == "2.1.0"


def test_a_changelog_without_a_version_stops_the_start(tmp_path):
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n")

    with pytest.raises(ImproperlyConfigured, match="names no version"):
        Environment.changelog_version(tmp_path / "CHANGELOG.md")
