"""Dropping files in: recognised, corrected, asked about, shown, stored, undone."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from arbiter.accounts.models import Contract, Customer
from arbiter.connectors.models import Import
from arbiter.connectors.workspace_files import importing, imports, sources
from arbiter.foundation.jobs import worker
from tests.connectors.files import FILES
from tests.world import TODAY

pytestmark = pytest.mark.django_db(transaction=True)

TRACKER = "Customer,ARR,Currency,Renewal date,Contact email\nHarbour,48000.50,EUR,2026-09-30,cleo@harbour.test\nTidewater,9500,EUR,2026-12-31,\n"


@pytest.fixture
def desk(client, world):
    """Mona's desk: she may import."""
    client.force_login(world.mona)
    return Desk(client)


class Desk:
    """What a person does on the import pages, with a worker at hand."""

    def __init__(self, client):
        self.client = client
        self.url = ""

    def drop(self, *files):
        uploads = [
            SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
            for name, content in files
        ]
        reply = self.client.post("/imports/", {"file": uploads})
        if reply.status_code == 302:
            self.url = reply.url
        return reply

    def see(self, path=""):
        return self.client.get(self.url + path, follow=True)

    def fill(self, **fields):
        return self.client.post(
            f"{self.url}mapping/",
            {name.replace("__", "-"): value for name, value in fields.items()},
        )

    def check(self, answers=None, **fields):
        reply = self.client.post(f"{self.url}mapping/", {"check": "1", **(answers or {}), **fields})
        self.work()
        return reply

    def store(self, **fields):
        reply = self.client.post(f"{self.url}storing/", fields)
        self.work()
        return reply

    def work(self):
        while worker.run_due(timezone.now()):
            pass


def test_a_plain_tracker_is_recognised_shown_checked_and_stored(desk):
    desk.drop(("renewals.csv", TRACKER))
    mapping = desk.see().content.decode()
    assert "Looks like <strong>Renewal tracker</strong>" in mapping
    assert "Renewal date (contract end)" in mapping

    desk.check()
    checked = desk.see().content.decode()
    assert "Every row can be read." in checked
    assert not Customer.objects.filter(name="Tidewater").exists()

    desk.store()

    assert "Stored." in desk.see().content.decode()
    contract = Contract.objects.get(customer__name="Tidewater")
    assert (contract.arr, contract.currency, str(contract.ends_on)) == (9500, "EUR", "2026-12-31")
    assert Customer.objects.filter(name="Harbour").count() == 1


def test_the_same_file_again_changes_nothing(desk):
    for _ in range(2):
        desk.drop(("renewals.csv", TRACKER))
        desk.check()
        shown = desk.see().content.decode()
        desk.store()

    assert "Nothing would change." in shown
    assert Contract.objects.filter(customer__name="Tidewater").count() == 1


def test_questions_stop_the_check_until_they_are_answered(desk):
    desk.drop(("renewals.csv", "Customer,ARR,Renewal date\nTidewater,9500,03/04/2027\n"))

    stopped = desk.check()
    assert stopped.status_code == 422
    assert "Which day does “03/04/2027” mean" in stopped.content.decode()

    desk.check({"answer-0-date_order:2": "month first", "answer-0-currency": "USD"})
    desk.store()

    contract = Contract.objects.get(customer__name="Tidewater")
    assert (str(contract.ends_on), contract.currency) == ("2027-03-04", "USD")


def test_a_corrected_column_is_kept_and_remembered_for_the_next_file_of_that_shape(desk):
    book = "Customer,ARR (EUR),Renewal date,Notes\nTidewater,9500,2026-12-31,Fewer calls\n"
    desk.drop(("first.csv", book))

    shown = desk.client.post(f"{desk.url}mapping/", {"target-0-3": "customers.why_bought"})
    assert '<option value="customers.why_bought" selected>' in shown.content.decode()
    desk.check()
    desk.store()
    desk.drop(("second.csv", book.replace("Tidewater", "Old Mill")))

    assert Customer.objects.get(name="Tidewater").why_bought == "Fewer calls"
    again = desk.see().content.decode()
    assert '<option value="customers.why_bought" selected>' in again
    assert "Read as the last file with these columns was." in again


def test_choosing_another_kind_of_file_begins_anew(desk):
    desk.drop(("renewals.csv", TRACKER))

    shown = desk.client.post(
        f"{desk.url}mapping/", {"shape-0": "hubspot.companies", "target-0-0": "skip"}
    )

    assert '<option value="hubspot.companies" selected>' in shown.content.decode()


def test_two_columns_of_one_meaning_are_refused_with_both_names(desk):
    desk.drop(("renewals.csv", TRACKER))

    reply = desk.check({"target-0-4": "contracts.arr"})

    assert reply.status_code == 422
    assert "“ARR” and “Contact email” are both read as ARR" in reply.content.decode()


def test_bad_rows_stop_everything_unless_only_the_good_ones_are_wanted(desk):
    desk.drop(("renewals.csv", TRACKER + "Old Mill,12k,EUR,2026-12-31,\n"))
    desk.check()

    shown = desk.see().content.decode()
    assert "1 row cannot be taken." in shown
    assert "renewals.csv, line 4" in shown
    assert "shortened amount" in shown
    rejected = desk.client.get(f"{desk.url}rejected/0/")
    text = b"".join(rejected.streaming_content).decode()
    assert "Old Mill,12k,EUR,2026-12-31" in text
    assert "Tidewater" not in text

    desk.store(partial="1")

    assert Customer.objects.filter(name="Tidewater").exists()
    assert not Customer.objects.filter(name="Old Mill").exists()


def test_several_files_of_one_tool_are_one_import(desk):
    names = ("hubspot_contacts.csv", "hubspot_companies.csv", "hubspot_deals.csv")
    desk.drop(*((name, (FILES / name).read_bytes()) for name in names))

    desk.check({"answer-2-deals_mean": "renewals", "answer-2-value_period": "year"})
    desk.store()

    harbour = Customer.objects.get(key="hubspot:9001")
    assert harbour.name == "Harbour Logistics"
    assert harbour.contacts.get().email == "cleo@harbour.example"
    assert {contract.key for contract in harbour.contracts.all()} == {
        "hubspot:9001/2027-01-31", "hubspot:701",
    }  # fmt: skip


def test_customers_of_one_name_from_two_tools_may_be_joined_and_stay_so(desk):
    desk.drop(("renewals.csv", TRACKER.replace("Harbour,", "Harbour Logistics,")))
    desk.check()
    desk.store()
    deals = ("deals.csv", (FILES / "hubspot_deals.csv").read_bytes())
    answers = {"answer-0-deals_mean": "renewals", "answer-0-value_period": "year"}
    desk.drop(deals)
    desk.check(answers)

    assert "Some customers may be there twice." in desk.see().content.decode()
    desk.client.post(f"{desk.url}checks/", {"join": "1"})
    desk.work()
    desk.store()
    desk.drop(deals)
    desk.check()

    assert "Nothing would change." in desk.see().content.decode()
    harbour = Customer.objects.get(name="Harbour Logistics")
    assert {contract.key for contract in harbour.contracts.all()} == {
        "harbour-logistics/2026-09-30", "hubspot:701",
    }  # fmt: skip


def test_a_zip_is_unpacked_and_its_files_recognised(desk):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(FILES / "stripe_customers.csv", "export/customers of stripe.csv")
        archive.write(FILES / "stripe_subscriptions.csv", "export/subscriptions.csv")

    desk.drop(("export.zip", packed.getvalue()))

    shown = desk.see().content.decode()
    assert "Looks like <strong>Stripe customers</strong>" in shown
    assert "Looks like <strong>Stripe subscriptions</strong>" in shown


def test_what_came_by_the_command_line_tells_what_it_did(client, world, tmp_path):
    (tmp_path / "customers.csv").write_text("customer_id,name\ntide,Tidewater\nquay,Quay\n")
    importing.store(sources.open_source(tmp_path, name="Nightly"), by=world.olga, at=TODAY)
    client.force_login(world.mona)

    page = client.get(reverse("workspace:import", args=[Import.objects.get().pk]))

    text = " ".join(page.content.decode().split())
    assert "1 created, 0 updated, 1 unchanged" in text
    assert "What it did" in text


def test_our_own_files_need_no_mapping(desk):
    desk.drop(("customers.csv", "customer_id,name\ntide,Tidewater\n"))
    assert "Check the files first" in desk.see().content.decode()

    desk.client.post(f"{desk.url}checks/")
    desk.work()
    desk.store()

    assert Customer.objects.get(key="tide").name == "Tidewater"


def test_our_own_files_and_others_do_not_go_together(desk):
    reply = desk.drop(
        ("customers.csv", "customer_id,name\ntide,Tidewater\n"), ("renewals.csv", TRACKER)
    )

    assert reply.status_code == 422
    assert (
        "customers.csv is in our own format and the other files are not" in reply.content.decode()
    )


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "empty"),
        ("book.xlsx", b"PK\x03\x04broken", "zip archive"),
        ("page.csv", b"<!DOCTYPE html><html>", "is a web page"),
        ("open.csv", b'a,b\n1,"2\n', "line 2: a quotation mark is opened there"),
        ("late.csv", b"a,b\n" + b"1,2\n" * 999 + b'1,"2\n', "line 1001: a quotation mark"),
    ],
)
def test_what_cannot_be_read_is_refused_at_the_door_and_leaves_nothing(desk, name, content, says):
    reply = desk.drop((name, content))

    assert reply.status_code == 422
    assert says in reply.content.decode()
    assert "Nothing was imported yet." in desk.client.get("/imports/").content.decode()


def test_an_upload_without_a_file_is_told(desk):
    reply = desk.client.post("/imports/")

    assert reply.status_code == 422
    assert "Choose a file first." in reply.content.decode()


def test_an_import_can_be_undone(desk):
    desk.drop(("renewals.csv", TRACKER))
    desk.check()
    desk.store()

    desk.client.post(f"{desk.url}undoing/")

    assert "Undone." in desk.see().content.decode()
    assert not Customer.objects.filter(name="Tidewater").exists()


def test_a_draft_can_be_discarded_and_a_stored_import_cannot(desk):
    desk.drop(("renewals.csv", TRACKER))
    desk.client.post(f"{desk.url}discarding/")
    assert desk.client.get(desk.url).status_code == 404

    desk.drop(("renewals.csv", TRACKER))
    desk.check()
    desk.store()
    kept = desk.client.post(f"{desk.url}discarding/", follow=True)

    assert "undo it instead" in kept.content.decode()


def test_progress_is_shown_while_it_runs_and_the_page_comes_back_after(desk):
    desk.drop(("renewals.csv", TRACKER))
    desk.client.post(f"{desk.url}mapping/", {"check": "1"})

    waiting = desk.see().content.decode()
    fragment = desk.client.get(f"{desk.url}progress/")
    desk.work()
    done = desk.client.get(f"{desk.url}progress/")

    assert "Under way" in waiting
    assert 'http-equiv="refresh"' in waiting
    assert 'role="progressbar"' in fragment.content.decode()
    assert (done.status_code, done["HX-Refresh"]) == (204, "true")


def test_a_file_that_can_no_longer_be_read_says_so_and_stores_nothing(desk):
    desk.drop(("customers.csv", "customer_id,name\ntide,Tidewater\n"))
    record = imports.newest()[0]
    (imports.folder(record) / "files" / "customers.csv").write_bytes(b"customer_id,name\n1,\x00\n")

    desk.client.post(f"{desk.url}checks/")
    desk.work()

    shown = desk.see().content.decode()
    assert "It cannot be read." in shown
    assert "line 2: there is a NUL byte" in shown
    assert "Store" not in shown.split("<main")[1]


def test_what_would_be_overwritten_is_shown_before_and_after(desk):
    desk.drop(("renewals.csv", TRACKER))
    desk.check()
    desk.store()
    desk.drop(("renewals.csv", TRACKER.replace("9500", "12500")))

    desk.check()

    shown = desk.see().content.decode()
    assert "What would be overwritten" in shown
    assert "<del>9500" in shown
    assert "<ins>12500" in shown


def test_storing_twice_stores_once(desk):
    desk.drop(("renewals.csv", TRACKER))
    desk.check()

    desk.client.post(f"{desk.url}storing/")
    desk.client.post(f"{desk.url}storing/")
    desk.work()

    assert Contract.objects.filter(customer__name="Tidewater").count() == 1


def test_a_wide_export_shows_what_is_taken_and_the_rest_on_demand(desk):
    headers = ["Record ID", "Company name", *(f"Property {number}" for number in range(207))]
    desk.drop(("all.csv", ",".join(headers) + "\n9001,Harbour" + "," * 207 + "\n"))

    short, whole = (
        desk.see().content.decode(),
        desk.client.get(f"{desk.url}mapping/?all=1").content.decode(),
    )

    assert "207 more columns are left out." in short
    assert "Property 100" not in short
    assert "Property 100" in whole


@pytest.mark.parametrize(
    ("who", "status"), [("mona", 200), ("olga", 200), ("ada", 403), ("otto", 403)]
)
def test_only_those_who_may_import_see_the_page(client, world, who, status):
    client.force_login(getattr(world, who))

    assert client.get("/imports/").status_code == status
