"""What an imported export of each survey tool says, counted by us and by another library: the same."""

from datetime import UTC, datetime

import polars
import pytest

from arbiter.connectors.recognition.proposals import propose
from arbiter.connectors.recognition.translation import translate
from arbiter.connectors.tables.directory import Directory
from arbiter.connectors.tables.reading import open_table
from arbiter.connectors.workspace_files import importing
from arbiter.connectors.workspace_files.sources import Recognised
from arbiter.forecast.actions import standings
from arbiter.foundation.models import Person
from arbiter.voice.queries import ratings
from arbiter.voice.queries.responses import Window
from tests.connectors.survey_exports import TOOLS, drawn, write
from tests.connectors.workspace_files.company import write_file
from tests.connectors.workspace_files.running import store

pytestmark = [pytest.mark.django_db, pytest.mark.sweep, pytest.mark.once]
AS_OF = datetime(2026, 5, 15, tzinfo=UTC)
ROWS = 10_000
ONE_EACH = {"delighted", "retently", "asknicely"}
SCALES = {"0-10, 10 is best": "nps", "1-5, 5 is best": "csat", "1-7, 7 is best": "ces"}


def imported(path, answers):
    """Import the file as recognised, under its own proposal."""
    table, known, today = open_table(path), Directory(), AS_OF.date()
    known.add_customer("hubspot:9001", "Firm", "firm.example")
    mapping = propose(table, today=today, answers=answers).mapping
    translation = translate(table, mapping, answers, today=today, directory=known)
    source = Recognised(name=path.name, items=lambda: iter(translation), tables={path.name: table})
    with standings.deferred():
        return importing.store(source, by=Person.objects.system(), at=AS_OF)


def counted_by_another_library(given, kinds):
    """Each person's last score in the window, and the figures of those."""
    rows = [
        (kind, each.email if "csat" in kinds else str(each.number), each.number, score)
        for each in given
        for kind, score in each.scores.items()
        if kind in kinds
    ]
    frame = polars.DataFrame(rows, schema=["kind", "who", "order", "score"], orient="row")
    last = frame.sort("order").group_by("kind", "who", maintain_order=True).last()
    figures = {}
    for (kind,), some in last.group_by("kind"):
        scores = some["score"]
        if kind == "nps":
            share = (scores >= 9).mean() - (scores <= 6).mean()
        else:
            share = (scores >= {"csat": 4, "ces": 6}[kind]).mean()
        figures[kind] = (len(scores), share)
    return figures


@pytest.mark.parametrize("tool", TOOLS)
def test_an_export_of_10_000_rows_says_the_same_to_a_second_library(tmp_path, tool):
    kinds = {"nps"} if tool == "hubspot" else {"nps", "csat", "ces"}
    given = drawn(ROWS, one_each=tool in ONE_EACH)
    answers = {"date_order:3": "month first"} if tool == "surveymonkey" else {}
    store(write_file(tmp_path / "customers.csv", [{"customer_id": "hubspot:9001", "name": "Firm"}]))

    report = imported(write(tool, tmp_path / f"{tool}.csv", given), answers)

    assert report.stored, [str(problem) for problem in report.problems[:3]]
    window = Window(AS_OF, months=6)
    told = {SCALES[str(each.scale)]: (each.n, each.estimate().value) for each in ratings.read(Person.objects.system(), window)}  # fmt: skip
    expected = counted_by_another_library(given, kinds)
    assert told.keys() == expected.keys()
    for kind, (n, share) in expected.items():
        assert told[kind][0] == n
        assert told[kind][1] == pytest.approx(share * (100 if kind == "nps" else 1), abs=1e-9)
