"""Feedback, themes, surveys, rules and suppressions as workspace files: what is special about them."""

import json

import pytest
from django.test import override_settings

from arbiter.connectors.models import Import
from arbiter.connectors.workspace_files.undoing import undo
from arbiter.foundation.models import Person
from arbiter.foundation.outlet import text_of
from arbiter.voice.actions import surveys
from arbiter.voice.models import Answer, Feedback, Sorting, Suppression, SurveyVersion, Theme
from arbiter.voice.queries import suppressions
from tests.connectors.workspace_files.company import HARBOUR, NOON, write
from tests.connectors.workspace_files.running import again, check, exported, outcome, store

pytestmark = pytest.mark.django_db


def themes_of(key):
    confirmed = Sorting.objects.filter(feedback__key=key, is_confirmed=True)
    return sorted(confirmed.values_list("theme__name", flat=True))


def test_a_comment_that_comes_with_its_answer_is_feedback_once(harbour):
    found = Feedback.objects.get(answer=Answer.objects.get(key="a1"))

    assert (found.key, found.status, found.goal_key) == ("answer:a1", "in_work", "faster")
    assert Feedback.objects.count() == len(HARBOUR["feedback"])
    assert outcome(harbour)["feedback"] == (2, 0, 0, 0)


def test_answers_alone_bring_their_comments_into_the_inbox(tmp_path):
    without = {
        name: rows
        for name, rows in HARBOUR.items()
        if name not in {"feedback", "feedback_replies", "promises"}
    }

    store(write(tmp_path / "harbour", without))

    (found,) = Feedback.objects.all()
    assert (found.key, found.text) == ("answer:a1", "It depends\n\nAn API")


def test_a_theme_is_named_by_a_person_and_may_be_new(harbour, tmp_path):
    row = {**HARBOUR["feedback"][1], "theme": "Paper; Late replies"}

    again(tmp_path, "feedback", [row])

    assert themes_of("f2") == ["Late replies", "Paper"]
    assert Theme.objects.get(name="Late replies").key == "theme:Late replies"
    assert b'"Late replies;Paper"' not in exported(tmp_path / "out")["feedback.csv"]
    assert b",Late replies;Paper," in exported(tmp_path / "out")["feedback.csv"]


def test_other_themes_take_the_place_of_those_before_and_undoing_brings_them_back(
    harbour, tmp_path
):
    before = exported(tmp_path / "before")
    later = again(tmp_path, "feedback", [{**HARBOUR["feedback"][0], "theme": "Price"}])
    assert themes_of("answer:a1") == ["Price"]

    undo(Import.objects.get(pk=later.import_id), by=Person.objects.system(), at=NOON)

    assert themes_of("answer:a1") == ["API; and exports", "Paper"]
    assert exported(tmp_path / "after") == before


def end_of(key):
    return text_of(Feedback.objects.get(key=key).closed_at)


@pytest.mark.parametrize(
    ("cells", "closed_at"),
    [
        ({"closed_at": "2025-07-01T08:00:00Z"}, "2025-07-01T08:00:00Z"),
        ({"closed_at": ""}, "2025-06-01T08:00:00Z"),
        ({"closed_at": "", "replied_at": ""}, "2025-05-01T08:00:00Z"),
        ({"closed_at": "", "status": "declined"}, "2025-06-01T08:00:00Z"),
        ({"closed_at": "", "status": "new"}, ""),
    ],
)
def test_what_comes_done_was_done_when_its_file_says_or_else_when_it_was_replied_to_or_told(
    tmp_path, cells, closed_at
):
    first, second = HARBOUR["feedback"]

    store(write(tmp_path / "harbour", feedback=[first, {**second, **cells}]))

    assert end_of("f2") == closed_at


def test_what_a_file_finishes_is_done_since_now_and_what_it_opens_again_is_not(harbour, tmp_path):
    before = exported(tmp_path / "before")
    piece = HARBOUR["feedback"][0]
    report = again(tmp_path, "feedback", [{**piece, "status": "done"}])
    assert end_of("answer:a1") == text_of(NOON)
    assert themes_of("answer:a1") == ["API; and exports", "Paper"]

    assert (
        again(tmp_path, "feedback", [{**piece, "status": "done"}]).counts["feedback"].unchanged == 1
    )
    again(tmp_path, "feedback", [{**piece, "status": "planned"}])
    assert end_of("answer:a1") == ""
    again(tmp_path, "feedback", [{**piece, "status": "done", "closed_at": "2026-05-05T08:00:00Z"}])
    assert end_of("answer:a1") == "2026-05-05T08:00:00Z"

    again(tmp_path, "feedback", [{**piece, "status": "in_work"}])
    assert report.stored
    assert exported(tmp_path / "after") == before


def test_undoing_an_import_that_finished_something_opens_it_again(harbour, tmp_path):
    before = exported(tmp_path / "before")
    later = again(tmp_path, "feedback", [{**HARBOUR["feedback"][0], "status": "done"}])

    undo(Import.objects.get(pk=later.import_id), by=Person.objects.system(), at=NOON)

    assert exported(tmp_path / "after") == before


def test_a_reply_names_the_question_it_was_written_to(harbour):
    assert Feedback.objects.get(key="f2").ask.key == HARBOUR["feedback"][1]["ask_id"]


def test_the_words_of_feedback_are_never_changed(harbour, tmp_path):
    report = again(tmp_path, "feedback", [{**HARBOUR["feedback"][1], "text": "All is well"}])

    assert not report.stored
    assert "a piece of feedback is never changed" in str(report.problems[0])


def test_feedback_is_of_its_customers_own_people(harbour, tmp_path):
    report = again(tmp_path, "feedback", [{**HARBOUR["feedback"][1], "contact_id": "cleo"}])

    assert "this contact is of another customer" in str(report.problems[0])


def test_what_somebody_asked_is_nobodys_row(harbour):
    assert set(harbour.counts) >= {"surveys", "survey_versions", "wordings", "stages"}
    assert SurveyVersion.objects.get(key="our-nps-1").parts == [
        {"id": "score", "type": "scale"},
        {"id": "why", "type": "text"},
    ]


def test_a_library_that_was_taken_in_elsewhere_comes_in_as_the_same(tmp_path):
    surveys.adopt_library(by=Person.objects.system(), at=NOON)

    report = check(_exported(tmp_path))

    assert {counts.unchanged for name, counts in report.counts.items() if name == "wordings"} == {
        len(surveys.library.BUILT_IN) * len(surveys.library.LANGUAGES)
    }


def _exported(tmp_path):
    exported(tmp_path / "out")
    return tmp_path / "out"


@pytest.mark.parametrize(
    ("file", "cells", "column", "says"),
    [
        ("survey_versions", {"parts": "[]"}, "parts", "asks from one to"),
        ("survey_versions", {"parts": "{}"}, "parts", "no JSON array"),
        ("survey_versions", {"parts": "[NaN"}, "parts", "no JSON"),
        ("wordings", {"words": '{"question": "\\u0000"}'}, "words", "NUL"),
        ("wordings", {"words": '{"question": "\\ud800"}'}, "words", "no JSON"),
        ("wordings", {"words": '{"question": 1e999}'}, "words", "no JSON"),
        ("asking_rules", {"when": '{"on": "the moon"}'}, "when", "waits for nothing known"),
        ("asking_rules", {"when": '{"on": "every"}'}, "when", "how many months"),
        ("asking_rules", {"whom": '{"most_people": "all"}'}, "whom", "cannot be read"),
        ("promises", {"broken_at": "2026-07-01"}, "broken_at", "was not broken"),
        ("suppressions", {"address": ""}, "address", "nobody’s address"),
        ("contacts", {"time_zone": "Berlin"}, "time_zone", "no time zone"),
        ("asks", {"survey_version_id": "none"}, "survey_version_id", "no survey version"),
        ("answers", {"details": "[]"}, "details", "no JSON object"),
        ("answers", {"scale": "10-0"}, "scale", "no scale"),
    ],
)
def test_a_bad_row_is_refused_by_line(tmp_path, file, cells, column, says):
    first, *others = HARBOUR[file]

    report = check(write(tmp_path / "harbour", **{file: [{**first, **cells}, *others]}))

    (problem,) = [each for each in report.problems if each.file == f"{file}.csv"]
    assert (problem.line, problem.column) == (2, column)
    assert says in problem.reason


def test_two_versions_of_one_number_cannot_both_be_kept(tmp_path):
    first = HARBOUR["survey_versions"][0]
    rows = [*HARBOUR["survey_versions"], {**first, "survey_version_id": "again"}]

    report = check(write(tmp_path / "harbour", survey_versions=rows))

    found = [each for each in report.problems if each.file == "survey_versions.csv"]
    assert [(each.line, each.column) for each in found] == [(4, "number")]


def test_a_suppressed_address_is_found_by_the_hash_of_this_installation(harbour):
    assert [each.key for each in suppressions.of_address("Ana@harbour.example", at=NOON)] == []
    kept = Suppression.objects.get(key="x1")
    assert kept.address_hash == suppressions.hash_of("Ana@harbour.example")
    assert Suppression.objects.get(key="x2").address_hash == "5f" * 32


def test_under_another_secret_the_same_addresses_are_spared(harbour, tmp_path):
    folder = _exported(tmp_path)
    Suppression.objects.all().delete()

    with override_settings(SECRET_KEY="another secret, long enough for anything at all"):
        store(folder)
        hashed = suppressions.hash_of("Ana@harbour.example")
        assert Suppression.objects.get(key="x1").address_hash == hashed


def test_json_leaves_with_its_names_in_order(harbour, tmp_path):
    text = exported(tmp_path / "out")["asking_rules.csv"].decode()

    assert '"{""months"": 3, ""on"": ""every""}"' in text
    assert json.loads('{"months": 3, "on": "every"}')["months"] == 3


def test_who_was_erased_stays_so_elsewhere(tmp_path):
    erased = {**HARBOUR["contacts"][2], "name": "Erased", "erased_at": "2026-05-01T08:00:00Z"}

    store(write(tmp_path / "harbour", contacts=[*HARBOUR["contacts"][:2], erased]))

    assert b",2026-05-01T08:00:00Z" in exported(tmp_path / "out")["contacts.csv"]
