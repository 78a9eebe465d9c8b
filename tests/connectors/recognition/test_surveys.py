"""Exports of survey tools are recognised, their scales known or asked for, and what lies off a scale is refused by line."""

import csv

import pytest

from arbiter.connectors.recognition.proposals import propose
from arbiter.connectors.recognition.translation import translate
from arbiter.connectors.tables.directory import Directory
from arbiter.connectors.tables.headers import Column
from arbiter.connectors.tables.questions import Unanswered
from arbiter.connectors.tables.survey_headers import meaning
from tests.connectors.files import TODAY, Result, opened
from tests.connectors.survey_exports import TOOLS, drawn, write

ONE_EACH = {"delighted", "retently", "asknicely"}
BY_MONTH = {"surveymonkey": {"date_order:3": "month first"}}


def directory():
    known = Directory()
    known.add_customer("hubspot:9001", "Firm", "firm.example")
    return known


def read(folder, tool, given, answers=None, known=None):
    path = write(tool, folder / f"{tool}.csv", given)
    return translate_file(path, answers or BY_MONTH.get(tool, {}), known or directory())


def translate_file(path, answers, known=None):
    table = opened(path.name, path.parent)
    mapping = propose(table, today=TODAY, answers=answers).mapping
    return Result(translate(table, mapping, answers, today=TODAY, directory=known))


def book(tmp_path, rows, answers=None, known=None):
    path = tmp_path / "book.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return translate_file(path, answers or {}, known)


@pytest.mark.parametrize("tool", TOOLS)
def test_an_export_is_recognised_and_every_answer_in_it_taken(tmp_path, tool):
    given = drawn(60, one_each=tool in ONE_EACH)

    result = read(tmp_path, tool, given)
    path = tmp_path / f"{tool}.csv"

    expected = sorted(
        (kind, str(score), f"{each.at:%Y-%m-%dT%H:%M}")
        for each in given
        for kind, score in each.scores.items()
        if tool != "hubspot" or kind == "nps"
    )
    told = sorted((row["kind"], row["value"], row["at"][:16]) for row in result.rows("answers"))
    assert propose(opened(path.name, tmp_path), today=TODAY).shape.startswith(f"{tool}.")
    assert result.problems == []
    assert told == expected
    assert [row["comment"] for row in result.rows("answers") if "comment" in row] == [
        "Comment 0, with a comma",
        "Comment 40, with a comma",
    ]


@pytest.mark.parametrize("tool", TOOLS)
def test_a_score_off_its_scale_is_refused_by_line(tmp_path, tool):
    given = drawn(9, one_each=False)
    given[4].scores["nps"] = 11

    result = read(tmp_path, tool, given)

    (problem,) = result.problems
    with (tmp_path / f"{tool}.csv").open(encoding="utf-8") as file:
        line = next(number for number, row in enumerate(csv.reader(file), start=1) if "11" in row)
    assert (problem.line, problem.value) == (line, "11")
    assert "11 does not lie on the scale 0-10 of NPS" in problem.reason


def google(question, *values):
    head = ["Timestamp", "Email Address", question]
    return [head, *([f"2026-05-0{at} 10:00", f"p{at}@firm.example", value] for at, value in enumerate(values, 1))]  # fmt: skip


def test_effort_up_to_5_is_asked_for_since_5_may_be_easy_or_hard(tmp_path):
    with pytest.raises(Unanswered, match="On which scale is CES"):
        book(tmp_path, google("Effort", "5", "3"))


@pytest.mark.parametrize(
    ("answer", "scale", "version"),
    [
        ("1-5", "1-5", "imported-ces-1-5-up"),
        ("1-5 effort", "1-5", None),
        ("1-7", "1-7", None),
        ("1-7 effort", "1-7", "imported-ces-1-7-down"),
    ],
)
def test_the_end_that_is_good_is_kept_with_the_answers(tmp_path, answer, scale, version):
    result = book(tmp_path, google("Effort", "5", "3"), {"scale:ces": answer})

    assert [row["scale"] for row in result.rows("answers")] == [scale, scale]
    assert {row.get("survey_version_id") for row in result.rows("answers")} == {version}
    assert len(result.rows("survey_versions")) == (1 if version else 0)


def test_satisfaction_beyond_5_is_asked_for(tmp_path):
    with pytest.raises(Unanswered, match="On which scale is CSAT"):
        book(tmp_path, google("How satisfied are you?", "8", "3"))

    result = book(tmp_path, google("How satisfied are you?", "8", "3"), {"scale:csat": "1-10"})
    assert [row["scale"] for row in result.rows("answers")] == ["1-10", "1-10"]


def test_labels_beside_numbers_and_labels_alone_are_read(tmp_path):
    result = book(
        tmp_path, google("Are you satisfied?", "5 - Very satisfied", "Very dissatisfied", "4", "3 (so so)")
    )  # fmt: skip

    assert [row["value"] for row in result.rows("answers")] == ["5", "1", "4", "3"]


@pytest.mark.parametrize("value", ["7.5", "good"])
def test_what_is_no_score_is_refused(tmp_path, value):
    result = book(tmp_path, google("Would you recommend us?", "9", value))

    assert [(problem.line, problem.value) for problem in result.problems] == [(3, value)]


def test_who_is_known_by_address_is_found_there_and_keeps_their_name(tmp_path):
    known = Directory()
    known.add_customer("harbour", "Harbour Logistics", "harbour.example")
    known.add_contact("cleo", "harbour", "p1@firm.example")

    result = book(tmp_path, google("Would you recommend us?", "9"), known=known)

    assert [row["contact_id"] for row in result.rows("answers")] == ["cleo"]
    assert result.rows("contacts") == result.rows("customers") == []


def test_who_is_at_a_domain_nobody_knows_is_a_new_customer_there(tmp_path):
    result = book(tmp_path, google("Would you recommend us?", "9"))

    assert result.rows("customers") == [
        {"customer_id": "firm-example", "name": "firm.example", "domain": "firm.example"}
    ]
    assert [row["contact_id"] for row in result.rows("contacts")] == ["p1@firm.example"]


def test_an_answer_that_nobody_gave_is_left_out_and_told(tmp_path):
    rows = google("Would you recommend us?", "9", "8", "7")
    rows[1][1], rows[2][1] = "", "somebody@gmail.com"

    result = book(tmp_path, rows)

    assert [row["value"] for row in result.rows("answers")] == ["7"]
    assert any("does not say who answered" in note for note in result.notes)


def test_an_answer_without_its_day_is_refused(tmp_path):
    rows = google("Would you recommend us?", "9", "8")
    rows[1][0] = ""

    (problem,) = book(tmp_path, rows).problems

    assert (problem.line, problem.column) == (2, "Timestamp")


def test_a_comment_without_a_score_is_feedback(tmp_path):
    rows = [["Timestamp", "Email Address", "Would you recommend us?", "Why?"],
            ["2026-05-01 10:00", "p1@firm.example", "", "Too slow"]]  # fmt: skip

    result = book(tmp_path, rows)

    assert [(row["text"], row["source"]) for row in result.rows("feedback")] == [
        ("Too slow", "survey")
    ]
    assert result.rows("answers") == []


def test_scores_whose_kind_no_column_tells_are_asked_for(tmp_path):
    rows = [["Score", "Email", "Permalink", "Created at"],
            ["5", "p1@firm.example", "https://x.example/1", "2026-05-01"]]  # fmt: skip
    with pytest.raises(Unanswered, match="What was asked for the score"):
        book(tmp_path, rows)

    result = book(tmp_path, rows, {"kind_of_score": "csat"})
    assert [(row["kind"], row["scale"]) for row in result.rows("answers")] == [("csat", "1-5")]


def test_another_kind_than_ours_is_left_out_and_told(tmp_path):
    rows = [["Score", "Email", "Survey type", "Created at"],
            ["5", "p1@firm.example", "smileys", "2026-05-01"]]  # fmt: skip

    result = book(tmp_path, rows)

    assert result.rows("answers") == []
    assert any("none of NPS, CSAT and CES" in note for note in result.notes)


def test_a_file_nobody_recognises_is_mapped_by_hand(tmp_path):
    rows = [["Wer", "Punkte", "Wann"], ["p1@firm.example", "9", "2026-05-01"]]
    path = tmp_path / "book.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    table = opened("book.csv", tmp_path)
    mapping = propose(table, today=TODAY).mapping.from_json(
        {
            "shape": "renewal_tracker.customers",
            "targets": ["contacts.email", "answers.nps", "answers.at"],
        }
    )

    (answer,) = Result(translate(table, mapping, {}, today=TODAY)).rows("answers")

    assert (answer["kind"], answer["value"], answer["contact_id"]) == ("nps", "9", "p1@firm.example")  # fmt: skip


def test_previews_of_qualtrics_are_left_out(tmp_path):
    path = write("qualtrics", tmp_path / "qualtrics.csv", drawn(2))
    path.write_text(path.read_text().replace("IP Address", "Survey Preview", 1))

    result = translate_file(path, {"scale:ces": "1-7"})

    assert any("preview" in note for note in result.notes)
    assert len(result.rows("answers")) == 3


def test_the_same_export_gives_the_same_answers_again(tmp_path):
    given = drawn(20)

    assert [row["answer_id"] for row in read(tmp_path, "typeform", given).rows("answers")] == [
        row["answer_id"] for row in read(tmp_path, "typeform", given).rows("answers")
    ]


@pytest.mark.parametrize(
    ("question", "target"),
    [
        ("Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?", "answers.nps"),
        ("Êtes-vous satisfait ?", "answers.csat"),
        ("¿Fue fácil?", "answers.ces"),
        ("Warum?", "answers.comment"),
        ("Q1_NPS_GROUP", "skip"),
        ("Favourite colour", "skip"),
    ],
)
def test_a_question_is_known_by_its_words(question, target):
    assert meaning(Column(0, question, question)) == target
