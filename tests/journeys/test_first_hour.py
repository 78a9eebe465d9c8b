"""A customer-success leader's first hour, in a real browser: from an empty database to a customer's own word."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.browser import expect
from tests.journeys.steps import bring_in, words, work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEADER = [
    "Account Name",
    "Opportunity Name",
    "Stage",
    "Close Date",
    "Amount",
    "Type",
    "Opportunity Owner",
]
NAMES = [f"{place} {trade}" for place in ("Alder", "Brook", "Cliff", "Dune", "Elm") for trade in (
    "Bakery", "Clinics", "Freight", "Mills", "Optics", "Works")]  # fmt: skip


class Portfolio:
    """Thirty customers as a Salesforce report exports them: odd cents, American dates, a footer."""

    def __init__(self) -> None:
        today = timezone.now().date()
        self.rows = [
            (
                name,
                Decimal("10000.07") + Decimal("1234.51") * number,
                today + timedelta(days=20 + 7 * number),
            )
            for number, name in enumerate(NAMES)
        ]
        self.due = [row for row in self.rows if row[2] <= today + timedelta(days=180)]

    def csv(self) -> str:
        lines = [",".join(f'"{cell}"' for cell in HEADER)]
        lines += [
            f'"{name}","{name} renewal","Negotiation","{day.month}/{day.day}/{day.year}","USD {arr:,}","Renewal","Lee Lane"'
            for name, arr, day in self.rows
        ]
        return "\n".join(
            [
                *lines,
                "",
                '"Grand Totals (30 records)"',
                '"Confidential Information - Do Not Distribute"',
            ]
        )


@pytest.fixture
def portfolio():
    return Portfolio()


def set_up(page, url):
    page.goto(url)
    page.fill("[name=name]", "Lighthouse")
    page.fill("[name=currency]", "USD")
    page.fill("[name=owner_name]", "Lee Lane")
    page.fill("[name=owner_email]", "lee@lighthouse.test")
    page.fill("[name=password]", "k0rrekt-h0rse-battery")
    page.fill("[name=due]", "40")
    page.fill("[name=renewed]", "34")
    page.get_by_role("button", name="Set up").click()


def meet(page, url, customer):
    """Add the person who decides."""
    page.goto(f"{url}/customers/?q={customer}")
    page.get_by_role("link", name=customer).first.click()
    page.wait_for_url(re.compile(r"/customers/\d+/"))
    address = page.url
    page.goto(f"{address}contacts/new/")
    page.fill("[name=name]", "Ana Ruiz")
    page.fill("[name=email]", "ana@alder.test")
    page.select_option("[name=role]", "decision_maker")
    page.get_by_role("button", name="Add contact").click()
    page.get_by_text("Ana Ruiz is added.").wait_for()
    return address


def ask(page, url, address):
    """Say what we believe, then make a link to hand over; returns it."""
    page.goto(f"{url}/asks/new/?customer={address.rstrip('/').rsplit('/', 1)[1]}")
    page.get_by_label("Ana Ruiz").check()
    page.get_by_label("Chance in percent").fill("90")
    page.get_by_label("Why, in one line").fill("They use it daily.")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name=re.compile("link")).click()
    return page.get_by_label("Link of Ana Ruiz").input_value()


def answer(open_page, link):
    """On a phone, without JavaScript: choose, send, read the thanks."""
    phone = open_page(link, width=390, javascript=False)
    phone.get_by_role("heading", name=re.compile("to continue with Lighthouse after")).wait_for()
    phone.get_by_role("radio", name=re.compile("^Yes")).check()
    phone.get_by_role("button", name="Send", exact=True).click()
    phone.get_by_role("heading", name=re.compile("Thank you")).wait_for()


def counted(page) -> str:
    """The sums behind the headline, to the cent."""
    page.get_by_text("How this is counted").click()
    return " ".join(page.locator("dl.home-counted").inner_text().split())


def chance(page, address) -> int:
    """Our forecast in percent, as the customer's page says it."""
    page.goto(f"{address}renewal/")
    told = page.locator(".side-by-side__value").nth(2).inner_text()
    return int(told.split("%")[0])


def test_from_one_csv_to_a_customers_word(live_server, settings, open_page, tmp_path, portfolio):
    settings.BASE_URL = live_server.url
    path = tmp_path / "report.csv"
    path.write_text(portfolio.csv())
    due = f"${sum(arr for _, arr, _ in portfolio.due):,.2f}"
    first, first_arr, _ = portfolio.rows[0]
    url, page = live_server.url, open_page()

    set_up(page, url)
    bring_in(page, path, "Salesforce")
    page.goto(url)

    # The sum of what renews, by hand and to the cent; the emptiness is the message.
    assert (
        f"Renewing in the next 180 days: ${sum(arr for _, arr, _ in portfolio.due) / 1000:,.0f}k"
        in words(page)
    )
    assert "You have not said what you believe. No customer has told you yes." in words(page)
    assert f"within 180 days: {due} in {len(portfolio.due)} contracts" in counted(page)

    address = meet(page, url, first)
    chance_before = chance(page, address)
    link = ask(page, url, address)
    page.goto(url)
    assert "You believe 90% stays. No customer has told you yes." in words(page)

    answer(open_page, link)
    work()

    page.goto(url)
    assert "Customers have told you yes for 2%" in words(page)
    assert f"${first_arr:,.2f} of {due}, 1 customer" in counted(page)
    expect(page.get_by_role("link", name=re.compile(r"Yes")).first).to_be_visible()
    assert chance(page, address) > chance_before
    page.goto(f"{address}timeline/")
    assert re.search("Ana Ruiz .*continue", words(page))
    page.goto(f"{url}/renewals/")
    expect(page.get_by_role("row", name=re.compile(first)).get_by_text("Yes").first).to_be_visible()
