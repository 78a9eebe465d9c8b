"""Exports of survey tools as those write them, of any length: drawn by a seeded generator, never by the product."""

from __future__ import annotations

import csv
import json
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

BEGAN = datetime(2026, 3, 1, 8)
SCALES = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}


@dataclass(frozen=True)
class Given:
    """One response: who, when, what on each scale that was asked, and a comment."""

    number: int
    person: int
    at: datetime
    scores: dict[str, int]
    comment: str

    @property
    def email(self) -> str:
        return f"p{self.person}@firm{self.person % 50}.example"


def drawn(count: int, *, one_each: bool = False, people: int = 600, seed: int = 7) -> list[Given]:
    """Draw responses; `one_each` gives each one score of one kind, else one of every kind."""
    dice = random.Random(seed)
    found = []
    for number in range(count):
        kinds = [dice.choice([*SCALES])] if one_each else [*SCALES]
        scores = {kind: dice.randint(*SCALES[kind]) for kind in kinds}
        comment = f"Comment {number}, with a comma" if number % 40 == 0 else ""
        at = BEGAN + timedelta(minutes=7 * number)
        found.append(Given(number, dice.randrange(people), at, scores, comment))
    return found


def write(tool: str, path: Path, given: list[Given]) -> Path:
    """Write responses as a tool would."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(_TOOLS[tool](given))
    return path


def _rows_of_scores(header, row):
    def rows(given):
        yield header
        for each in given:
            for kind, score in each.scores.items():
                yield row(each, kind, score)

    return rows


def _at(each, form="%Y-%m-%d %H:%M:%S"):
    return each.at.strftime(form)


def _surveymonkey(given):
    asked = ["How likely is it that you would recommend us to a friend?", "Overall, how satisfied are you with us?",
             "The vendor made it easy to handle my issue.", "What is the reason for your scores?"]  # fmt: skip
    yield ["Respondent ID", "Collector ID", "Date Created", "Date Modified", "IP Address", "Email Address", "First Name",
           "Last Name", "Custom Data 1", *asked]  # fmt: skip
    yield [*[""] * 9, "Response", "Response", "Response", "Open-Ended Response"]
    for each in given:
        form = "%m/%d/%Y %I:%M:%S %p"
        yield [118_000_000_000 + each.number, 42, _at(each, form), _at(each, form), "", each.email, "Pat",
               f"Nr {each.person}", "", *_scores(each), each.comment]  # fmt: skip


def _typeform(given):
    yield ["#", "How likely are you to recommend us?", "How satisfied are you?", "How easy was it to get started?",
           "Why?", "email", "Response Type", "Start Date (UTC)", "Stage Date (UTC)", "Submit Date (UTC)", "Network ID",
           "Tags", "Ending"]  # fmt: skip
    for each in given:
        yield [f"tf{each.number}", *_scores(each), each.comment, each.email, "completed", _at(each), "", _at(each),
               "ab12", "", "Thanks"]  # fmt: skip


def _qualtrics(given):
    names = ["StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished",
             "RecordedDate", "ResponseId", "RecipientLastName", "RecipientFirstName", "RecipientEmail",
             "ExternalReference", "LocationLatitude", "LocationLongitude", "DistributionChannel", "UserLanguage",
             "Q1_NPS_GROUP", "Q1", "Q2", "Q3", "Q4"]  # fmt: skip
    yield names
    yield ["Start Date", "End Date", "Response Type", *names[3:17], "How likely … recommend - Group",
           "How likely are you to recommend us?", "How satisfied are you with support?",
           "It was easy to get what I wanted.", "Why did you give these scores?"]  # fmt: skip
    yield [json.dumps({"ImportId": name}) for name in names]
    for each in given:
        yield [_at(each), _at(each), "IP Address", "", 100, 60, "True", _at(each), f"R_{each.number}", f"Nr {each.person}",
               "Pat", each.email, "", "", "", "email", "EN", "Promoter", *_scores(each), each.comment]  # fmt: skip


def _google_forms(given):
    yield ["Timestamp", "Email Address", "How likely are you to recommend us? (0-10)", "How satisfied are you?",
           "Was it easy to work with us?", "Anything else?"]  # fmt: skip
    for each in given:
        yield [_at(each, "%Y/%m/%d %I:%M:%S %p GMT+0"), each.email, *_scores(each), each.comment]


def _hubspot(given):
    yield ["Record ID", "First Name", "Last Name", "Email", "Associated Company", "Associated Company IDs (Primary)",
           "Contact owner", "Lifecycle Stage", "Last NPS survey rating", "Last NPS survey date", "Last NPS survey comment"]  # fmt: skip
    for each in given:
        yield [each.number, "Pat", f"Nr {each.number}", f"n{each.number}@firm.example", "Firm", "9001", "Ada", "Customer",
               each.scores["nps"], _at(each, "%Y-%m-%d %H:%M"), each.comment]  # fmt: skip


def _scores(each):
    return [each.scores.get(kind, "") for kind in SCALES]


_TOOLS = {
    "delighted": _rows_of_scores(
        ["Response ID", "Person ID", "Name", "Email", "Survey type", "Score", "Comment", "Created at", "Permalink", "Tags"],
        lambda each, kind, score: [f"{each.number}", each.person, f"Pat Nr {each.person}", each.email, kind, score,
                                   each.comment, _at(each, "%Y-%m-%d %H:%M:%S UTC"), "", ""],
    ),
    "retently": _rows_of_scores(
        ["ID", "Email", "First name", "Last name", "Company", "Metric", "Campaign name", "Channel", "Score", "Feedback",
         "Created date"],
        lambda each, kind, score: [f"r{each.number}", each.email, "Pat", f"Nr {each.person}", f"Firm {each.person % 50}",
                                   kind.upper(), "Quarterly", "email", score, each.comment,
                                   _at(each, "%Y-%m-%dT%H:%M:%SZ")],
    ),
    "asknicely": _rows_of_scores(
        ["Response ID", "Person ID", "Name", "Email", "Answer", "Comment", "Question type", "Sent", "Opened", "Responded",
         "Segment"],
        lambda each, kind, score: [each.number, each.person, f"Pat Nr {each.person}", each.email, score, each.comment, kind,
                                   "", "", int(each.at.timestamp()), ""],
    ),
    "surveymonkey": _surveymonkey,
    "typeform": _typeform,
    "qualtrics": _qualtrics,
    "google_forms": _google_forms,
    "hubspot": _hubspot,
}  # fmt: skip
TOOLS = tuple(_TOOLS)
