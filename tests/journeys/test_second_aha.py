"""The second aha of the first hour, in a real browser: two plain files, and a score that everybody trusted is told."""

from datetime import UTC, datetime, time, timedelta
from statistics import median_high

import pytest
from django.utils import timezone
from sklearn.metrics import roc_auc_score

from arbiter.foundation.models import Company, Person
from tests.journeys import steps
from tests.journeys.steps import words, work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PLACES = ("Alder", "Brook", "Cliff", "Dune", "Elm", "Fjord", "Glen", "Heath", "Isle", "Juniper")
TRADES = ("Bakery", "Clinics", "Freight", "Mills", "Optics", "Works")
NAMES = [f"{place} {trade}" for trade in TRADES for place in PLACES]


class Past:
    """Sixty renewals of the last two years, every fifth lost, and a health score that knows nothing of it.

    Each has a score half a year before its end, and another, a fine one, on the day it left or stayed.
    """

    def __init__(self) -> None:
        self.today = timezone.now().date()
        self.rows = [
            (
                name,
                self.today - timedelta(days=30 + 11 * number),
                number % 5 == 2,
                number * 37 % 100,
            )
            for number, name in enumerate(NAMES)
        ]

    @property
    def lost(self):
        return [row for row in self.rows if row[2]]

    @property
    def middle(self):
        """Where the middle customer of those who renewed stood."""
        return median_high(score for *_, lost, score in self.rows if not lost)

    def contracts(self) -> str:
        lines = ["Customer,ARR (EUR),Renewal date,Status"]
        lines += [
            f"{name},{1000 + 10 * place},{ended},{'Churned' if lost else 'Renewed'}"
            for place, (name, ended, lost, _) in enumerate(self.rows)
        ]
        return "\n".join(lines)

    def scores(self) -> str:
        lines = ["Account,Health,Date"]
        for name, ended, _, score in self.rows:
            lines += [f"{name},{score},{ended - timedelta(days=185)}", f"{name},99,{ended}"]
        return "\n".join(lines)


@pytest.fixture
def past():
    return Past()


@pytest.fixture
def lee(db):
    now = datetime.combine(timezone.now().date(), time(0), UTC)
    Company.objects.create(pk=1, name="Lighthouse", currency="EUR", set_up_at=now)
    return Person.objects.create_person(
        email="lee@lighthouse.test", name="Lee Lane", role="owner", password="pass"
    )


@pytest.fixture
def page(open_page, signed_in, lee, live_server):
    return open_page(live_server.url, cookies=signed_in(lee))


@pytest.fixture
def bring_in(page, live_server, tmp_path):
    """Drop a file, check it, store it."""

    def bring_in(name, text, shape):
        path = tmp_path / name
        path.write_text(text)
        page.goto(f"{live_server.url}/imports/")
        steps.bring_in(page, path, shape)

    return bring_in


def gone(page) -> set[str]:
    """The names that stand under green and gone."""
    return set(page.locator("#gone .data-table__link").all_inner_texts())


def test_a_health_score_is_tested_against_what_happened(page, live_server, bring_in, past):
    bring_in("renewals.csv", past.contracts(), "Renewal tracker")
    bring_in("health.csv", past.scores(), "List of scores")

    page.goto(live_server.url)
    page.get_by_role("link", name="Audit").click()
    page.get_by_role("heading", name="Audit").wait_for()

    # What the data can bear: the score of half a year before, never the one of the last day.
    area = roc_auc_score([not lost for *_, lost, _ in past.rows], [row[3] for row in past.rows])
    assert "60 renewals that were decided, 12 of them lost" in words(page)
    assert "12 losses are early days." in words(page)
    assert "none told who would leave" in words(page)
    row = page.locator("#signals tr", has_text="Health score")
    assert f"{area:.2f}" in row.inner_text()
    assert "12 of 30 losses" in row.inner_text()

    # Who left in green, by hand.
    green = {name for name, _, _, score in past.lost if score >= past.middle}
    assert 0 < len(green) < len(past.lost)
    assert gone(page) == green
    assert f"{len(green)} of 12 who left stood at {past.middle} or more" in words(page)

    # What the company itself calls green.
    page.get_by_label("Green from").fill("80")
    page.get_by_role("button", name="Show").click()
    page.get_by_text("Green as you said.").wait_for()
    assert gone(page) == {name for name, _, _, score in past.lost if score >= 80}


@pytest.mark.sweep
def test_a_list_of_lost_customers_and_an_old_export_name_who_left_in_green(
    page, live_server, bring_in, past
):
    soon = past.today + timedelta(days=100)
    book = "\n".join(
        ["Customer,ARR (EUR),Renewal date", *(f"{n} Today,9000,{soon}" for n in PLACES)]
    )
    lost = ["Account,Lost date,Reason", *(f"{name},{on},Price" for name, on, *_ in past.lost)]
    scores = past.scores().splitlines() + [
        f"{name} Today,{50 + place},{past.today}" for place, name in enumerate(PLACES)
    ]
    bring_in("customers.csv", book, "Renewal tracker")
    bring_in("lost.csv", "\n".join(lost), "List of lost customers")
    bring_in("health.csv", "\n".join(scores), "List of scores")
    work()

    page.goto(f"{live_server.url}/audit/")

    # Nobody renewed on record: the audit says so, and green is the middle of the ten of today.
    assert "Only losses are on record." in words(page)
    assert "green is where the middle customer of today stands" in words(page)
    assert gone(page) == {name for name, _, _, score in past.lost if score >= 55}
