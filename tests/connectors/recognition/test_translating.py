"""Rows of workspace files from each kind of file, and why a row is not taken."""

import csv
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.connectors.recognition.translation import Batch, translate
from arbiter.connectors.tables.directory import Directory
from tests.connectors.files import TODAY, opened, proposed, translated


def book(tmp_path, text):
    (tmp_path / "book.csv").write_text(text)
    return translated("book.csv", folder=tmp_path)


def test_a_renewal_tracker_gives_customers_people_contracts_beliefs_and_signals():
    result = translated("tracker_us.csv")

    assert result.problems == []
    assert result.rows("customers")[0] == {
        "customer_id": "harbour-logistics", "name": "Harbour Logistics", "segment": "Enterprise",
        "owner_email": "ada@vendor.example", "CSM": "Ada Byron", "Notes": "Wants fewer calls",
    }  # fmt: skip
    assert result.rows("contacts")[:2] == [
        {"contact_id": "harbour-logistics/dana-whitfield", "customer_id": "harbour-logistics",
         "name": "Dana Whitfield", "role": "decision_maker"},
        {"contact_id": "cleo@harbour.example", "customer_id": "harbour-logistics", "name": "Cleo Marsh",
         "email": "cleo@harbour.example", "role": "champion"},
    ]  # fmt: skip
    assert result.rows("contracts")[0] == {
        "contract_id": "harbour-logistics/2027-01-31", "customer_id": "harbour-logistics",
        "starts_on": "2026-01-31", "ends_on": "2027-01-31", "arr": "184000.00", "currency": "USD",
    }  # fmt: skip
    assert result.rows("beliefs")[0]["probability"] == "0.9"
    assert [(s["name"], s["value"]) for s in result.rows("signals")[:2]] == [
        ("health_score", "100"),
        ("nps", "9"),
    ]


def test_items_name_the_file_and_line_they_came_from():
    contracts = [
        item for item in translated("tracker_us.csv").items if item.file == "contracts.csv"
    ]

    assert [(item.source, item.line) for item in contracts] == [
        ("tracker_us.csv", line) for line in (2, 3, 4, 5)
    ]


def test_a_german_tracker_in_windows_1252_with_a_term_of_years():
    result = translated("tracker_de.csv")

    assert result.rows("contracts")[0] == {
        "contract_id": "müller-söhne-gmbh/2027-01-31", "customer_id": "müller-söhne-gmbh",
        "starts_on": "2024-02-01", "ends_on": "2027-01-31", "arr": "1200.50", "currency": "EUR",
        "seats": "25", "notice_days": "90",
    }  # fmt: skip
    assert [contact["role"] for contact in result.rows("contacts")] == ["decision_maker", "user"]


def test_monthly_amounts_are_multiplied_by_twelve():
    assert [c["arr"] for c in translated("tracker_es.csv").rows("contracts")] == [
        "12006.00",
        "3003.00",
    ]


def test_lost_customers_and_their_old_scores_meet_on_the_name():
    lost, scores = translated("lost.csv"), translated("scores.csv")

    assert lost.rows("contracts")[0] == {
        "contract_id": "quarry-sons/2026-02-01", "customer_id": "quarry-sons", "starts_on": "2025-02-01",
        "ends_on": "2026-02-01", "arr": "12000.00", "currency": "USD", "decision": "churned",
        "decided_on": "2026-02-01", "churn_reason": "Too expensive",
    }  # fmt: skip
    assert scores.rows("signals")[0] == {
        "customer_id": "quarry-sons", "name": "health_score", "at": "2025-08-01T00:00:00Z", "value": "88",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Account Name,Health Score,Date", "Old Mill,88,2025-08-01"),
        ("Company,Score,Snapshot", "Old Mill,88,2025-08-01"),
        ("customer,date,health score", "Old Mill,2025-08-01,88"),
        ("Kunde,Gesundheit,Datum", "Old Mill,88,2025-08-01"),
    ],
)
def test_an_old_export_of_a_score_keeps_the_day_of_each_score(tmp_path, header, row):
    (signal,) = book(tmp_path, f"{header}\n{row}\n").rows("signals")

    assert (signal["name"], signal["value"]) == ("health_score", "88")
    assert signal["at"] == "2025-08-01T00:00:00Z"


def test_a_score_of_a_month_is_refused_rather_than_taken_for_todays(tmp_path):
    result = book(tmp_path, "Customer,Health,Month\nOld Mill,88,2025-08\n")

    assert result.rows("signals") == []
    assert [problem.column for problem in result.problems] == ["Month"]


@pytest.mark.parametrize(
    "header", ["Account,Lost date,Reason", "Client,Date of cancellation,Why they left"]
)
def test_a_plain_list_of_the_lost_says_when_and_why(tmp_path, header):
    (contract,) = book(tmp_path, f"{header}\nOld Mill,2025-11-30,Price\n").rows("contracts")

    assert (contract["decision"], contract["decided_on"]) == ("churned", "2025-11-30")
    assert contract["churn_reason"] == "Price"


def test_reading_the_same_file_twice_gives_the_same_rows():
    table = opened("tracker_us.csv")
    translation = translate(table, proposed("tracker_us.csv").mapping, {}, today=TODAY)

    assert list(translation) == list(translation)


def test_several_rows_of_one_customer_are_several_contracts(tmp_path):
    result = book(
        tmp_path,
        "Customer,ARR (EUR),Renewal date,Product\n"
        "Harbour,1,2027-01-31,Rail\nHARBOUR ,2,2028-01-31,Rail\nHarbour,3,2027-01-31,Road\nHarbour,4,2027-01-31,Rail\n"
        "Harbour,4,2027-01-31,Rail\n",
    )

    assert [c["contract_id"] for c in result.rows("contracts")] == [
        "harbour/rail/2027-01-31", "harbour/rail/2028-01-31", "harbour/road/2027-01-31", "harbour/rail/2027-01-31-2",
    ]  # fmt: skip
    assert {c["customer_id"] for c in result.rows("customers")} == {"harbour"}
    assert any(
        "repeats an earlier row word for word" in note and "line 6" in note for note in result.notes
    )


def test_two_customers_of_one_name_are_told_apart_by_domain_or_refused(tmp_path):
    result = book(
        tmp_path,
        "Customer,Website\nHarbour,harbour.example\nHarbour,harbour.test\nHarbour,\nNorrvik,n.example\n",
    )

    assert [c["customer_id"] for c in result.rows("customers")] == [
        "harbour@harbour.example", "harbour@harbour.test", "norrvik",
    ]  # fmt: skip
    assert [(p.line, p.column, p.reason) for p in result.problems] == [
        (4, "Website", "two customers in this file are called “Harbour”")
    ]


def test_a_past_renewal_without_a_status_stays_open_and_is_told(tmp_path):
    result = book(tmp_path, "Customer,ARR (EUR),Renewal date\nHarbour,1,2026-01-31\n")

    assert "decision" not in result.rows("contracts")[0]
    assert any("so it stays open (line 2)" in note for note in result.notes)


def test_a_row_without_a_renewal_date_gives_a_customer_and_a_note(tmp_path):
    result = book(
        tmp_path, "Customer,ARR (EUR),Renewal date\nHarbour,1,n/a\nNorrvik,2,2027-01-31\n"
    )

    assert [c["name"] for c in result.rows("customers")] == ["Harbour", "Norrvik"]
    assert len(result.rows("contracts")) == 1
    assert any("taken without a contract (line 2)" in note for note in result.notes)


def test_a_belief_dated_after_the_end_is_left_out():
    result = translated("tracker_us.csv", {"as_of": "2026-11-21"})

    assert "quarry-sons/2026-02-01" not in {
        belief["contract_id"] for belief in result.rows("beliefs")
    }


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        ("Customer,ARR (EUR),Renewal date\nHarbour,12k,2027-01-31\n", 2, "ARR (EUR)", "“12k” is a shortened amount"),
        ("Customer,ARR (EUR),Renewal date\nHarbour,-5,2027-01-31\n", 2, "ARR (EUR)", "the amount -5 is below zero"),
        ("Customer,ARR (EUR),Renewal date\nHarbour,5,46053\n", 2, "Renewal date", "day number of a spreadsheet"),
        ("Customer,ARR (EUR),Renewal date\nHarbour,5,31/02/2027\n", 2, "Renewal date", "no day of the calendar"),
        ("Customer,ARR (EUR),Renewal date\n,5,2027-01-31\n", 2, "Customer", "the row names no customer"),
        ("Customer,ARR (EUR),Renewal date\nHarbour,5,2027-01-31,oops\n", 2, "", "the row has 4 cells and the header 3"),
        ("Customer,ARR,Currency,Renewal date\nHarbour,5,,2027-01-31\n", 2, "Currency", "the amount has no currency"),
        ("Customer,ARR,Currency,Renewal date\nA,5,EUR,2027-01-31\nB,€5,USD,2027-01-31\n", 3, "Currency", "in EUR but"),
        ("Customer,ARR,Currency,Renewal date\nA,5,EUR,2027-01-31\nB,5,dollars,2027-01-31\n", 3, "Currency", "not clearly"),
        ("Customer,ARR (EUR),Renewal date,Start date\nA,5,2027-01-31,2028-01-01\n", 2, "Renewal date", "would start on"),
        ("Customer,Email,Role\nA,a@a.example,\nB,call me,\n", 3, "Email", "is not an e-mail address"),
        ("Customer,ARR (EUR),Renewal date,Confidence\nA,5,2027-01-31,120%\n", 2, "Confidence", "is not a chance"),
        ("Customer,ARR (EUR),Renewal date,NPS\nA,5,2027-01-31,9\nB,5,2027-01-31,good one\n", 3, "NPS", "not an amount"),
        ("Customer,Website\nA,a.example\nB,we have none\n", 3, "Website", "is not a domain"),
        ("Customer,ARR (EUR),Renewal date,Seats\nA,5,2027-01-31,5\nB,5,2027-01-31,2.5\n", 3, "Seats", "whole number"),
        ("Customer,ARR (EUR),Renewal date,Auto-renew\nA,5,2027-01-31,yes\nB,5,2027-01-31,if asked\n", 3, "Auto-renew",
         "neither yes nor no"),
    ],
)  # fmt: skip
def test_a_bad_row_is_named_by_line_and_column_with_a_remedy(tmp_path, text, line, column, reason):
    problem = book(tmp_path, text).problems[0]

    assert (problem.line, problem.column) == (line, column)
    assert reason in problem.reason
    assert problem.remedy.endswith(".")
    assert str(problem).startswith(f"book.csv, line {line}")


def test_good_rows_around_a_bad_one_are_still_given(tmp_path):
    result = book(
        tmp_path,
        "Customer,ARR (EUR),Renewal date\nA,5,2027-01-31\nB,x1,2027-01-31\nC,7,2027-01-31\n",
    )

    assert [c["name"] for c in result.rows("customers")] == ["A", "C"]
    assert [problem.line for problem in result.problems] == [3]


def test_salesforce_ids_of_both_lengths_meet_and_deleted_rows_are_left_out():
    accounts = translated("salesforce_accounts.csv")
    contracts = translated("salesforce_contracts.csv").rows("contracts")

    assert [c["customer_id"] for c in accounts.rows("customers")] == [
        "salesforce:0015g00000Nc7yKAAR"
    ]
    assert accounts.rows("customers")[0]["Tier__c"] == "Gold"
    assert [(c["customer_id"], c["ends_on"]) for c in contracts] == [
        ("salesforce:0015g00000Nc7yKAAR", "2028-02-01")
    ]


def test_the_footer_of_a_report_is_stripped_but_a_customer_called_total_is_kept():
    result = translated("salesforce_opportunity_report.csv", {"value_period": "year"})

    assert [c["name"] for c in result.rows("customers")] == [
        "Harbour Logistics",
        "Total",
        "Café du Port",
    ]
    assert [c["arr"] for c in result.rows("contracts")] == ["184000.00", "9500.50", "1200.00"]
    assert result.problems == []
    assert any(note.startswith("3 rows: is a total or notice") for note in result.notes)


def test_won_opportunities_are_contracts_that_start_then():
    contracts = translated("salesforce_opportunities.csv", {"value_period": "year"}).rows(
        "contracts"
    )

    assert [(c["contract_id"], c["starts_on"], c["ends_on"]) for c in contracts] == [
        ("salesforce:0065g00000AbCdEAAV", "2026-01-31", "2027-01-31")
    ]


def test_stripe_amounts_become_yearly_and_cancelled_ones_are_lost():
    result = translated("stripe_subscriptions.csv", {"unit_price": "unit"})
    month, year, gone = result.rows("contracts")

    assert (month["arr"], year["arr"], gone["arr"]) == ("1782.00", "9500.00", "1200.00")
    assert (gone["decision"], gone["decided_on"], gone["ends_on"], gone["churn_cause"]) == (
        "churned", "2026-02-10", "2026-02-10", "payment",
    )  # fmt: skip
    assert {c["customer_id"]: c.get("stage") for c in result.rows("customers")}[
        "stripe:cus_Tide"
    ] == "trial"


def test_a_stripe_customer_without_a_name_goes_by_its_description():
    assert [c["name"] for c in translated("stripe_customers.csv").rows("customers")] == [
        "Harbour Logistics", "Corner shop",
    ]  # fmt: skip


def test_a_chargebee_subscription_that_will_not_renew_is_a_renewal_already_lost():
    yearly, leaving, gone = translated("chargebee_subscriptions.csv").rows("contracts")

    assert (yearly["arr"], yearly.get("decision")) == ("1200.00", None)
    assert (leaving["ends_on"], leaving["decision"], leaving["decided_on"]) == (
        "2026-12-01",
        "churned",
        "2026-11-12",
    )
    assert (gone["ends_on"], gone["decision"]) == ("2026-03-20", "churned")


def test_contacts_of_companies_that_are_no_customers_are_left_out():
    directory = Directory()
    directory.add_customer("hubspot:9001", "Harbour Logistics", "harbour.example")

    result = translated("hubspot_contacts.csv", directory=directory)

    assert result.rows("contacts") == [
        {"contact_id": "hubspot:501", "customer_id": "hubspot:9001", "name": "Cleo Marsh",
         "email": "cleo@harbour.example", "role": "champion", "title": "Head of Operations"}
    ]  # fmt: skip
    assert result.rows("answers") == [
        {"answer_id": "hubspot:501/nps/2026-09-01T10:00:00Z", "contact_id": "hubspot:501", "kind": "nps",
         "at": "2026-09-01T10:00:00Z", "value": "9", "scale": "0-10"}
    ]  # fmt: skip
    assert any("not among your customers" in note for note in result.notes)


def test_files_of_one_batch_know_each_other_whatever_their_order():
    directory = Directory()
    translations = tuple(
        translate(opened(name), proposed(name).mapping, {}, today=TODAY, directory=directory)
        for name in ("hubspot_contacts.csv", "hubspot_companies.csv")
    )
    batch = Batch(translations, directory)

    first, second = list(batch), list(batch)

    assert [item.row["name"] for item in first if item.file == "contacts.csv"] == [
        "Cleo Marsh",
        "Ana Ruiz",
    ]
    assert first == second


@pytest.mark.parametrize(
    ("known", "domain", "customer_id"),
    [
        ("Harbour Logistics", "", "hubspot:9001"),
        ("Another name", "harbour.example", "hubspot:9001"),
        ("Harbour Logistics", "elsewhere.example", "harbour-logistics"),
        ("Somebody else", "", "harbour-logistics"),
    ],
)
def test_a_file_without_ids_finds_the_customer_we_know(tmp_path, known, domain, customer_id):
    (tmp_path / "book.csv").write_text(
        "Customer,Website,Segment\nHarbour Logistics,harbour.example,SMB\n"
    )
    directory = Directory()
    directory.add_customer("hubspot:9001", known, domain)

    customer = translated("book.csv", folder=tmp_path, directory=directory).rows("customers")[0]

    assert customer["customer_id"] == customer_id
    assert customer["name"] == (known if customer_id.startswith("hubspot") else "Harbour Logistics")


def test_another_systems_id_joins_by_domain_but_two_ids_of_one_system_stay_two():
    directory = Directory()
    directory.add_customer("hubspot:9001", "Harbour", "harbour.example")
    directory.add_customer("hubspot:9003", "Tidewater", "gmail.com")

    stripe = translated("stripe_customers.csv", directory=directory)
    hubspot = translated("hubspot_companies.csv", directory=directory)

    assert [c["customer_id"] for c in stripe.rows("customers")] == [
        "hubspot:9001",
        "stripe:cus_Shop2",
    ]
    assert [c["customer_id"] for c in hubspot.rows("customers")] == ["hubspot:9001", "hubspot:9003"]


def test_a_known_address_keeps_its_contact():
    directory = Directory()
    directory.add_customer("harbour-logistics", "Harbour Logistics")
    directory.add_contact("c-7", "harbour-logistics", "Cleo@harbour.example")

    contacts = translated("tracker_us.csv", directory=directory).rows("contacts")

    assert "c-7" in {contact["contact_id"] for contact in contacts}


def test_several_addresses_in_a_cell_are_several_people(tmp_path):
    result = book(
        tmp_path, 'Customer,Contact,Email\nHarbour,"Cleo; Dana","cleo@h.example; dana@h.example"\n'
    )

    assert [(c["name"], c["email"]) for c in result.rows("contacts")] == [
        ("Cleo", "cleo@h.example"), ("Dana", "dana@h.example"),
    ]  # fmt: skip


def test_a_person_or_score_on_several_rows_is_given_once(tmp_path):
    result = book(
        tmp_path,
        "Customer,ARR (EUR),Renewal date,Contact,Email,NPS\n"
        "Harbour,1,2027-01-31,Cleo,cleo@h.example,9\nHarbour,2,2028-01-31,Cleo,cleo@h.example,9\n"
        "Harbour,3,2029-01-31,Cleopatra,cleo@h.example,4\n",
    )

    assert [(c["name"], c["email"]) for c in result.rows("contacts")] == [
        ("Cleo", "cleo@h.example")
    ]
    assert [signal["value"] for signal in result.rows("signals")] == ["9"]
    assert len(result.rows("contracts")) == 3
    assert any("something else of a contact" in note and "line 4" in note for note in result.notes)
    assert any("another number for the same customer" in note for note in result.notes)


def test_files_of_one_batch_do_not_say_a_person_twice():
    names = ("stripe_customers.csv", "stripe_subscriptions.csv")
    answers = {"unit_price": "unit"}
    batch = Batch(
        tuple(translate(opened(n), proposed(n).mapping, answers, today=TODAY) for n in names),
        Directory(),
    )

    contacts = [item.row["contact_id"] for item in batch if item.file == "contacts.csv"]

    assert len(contacts) == len(set(contacts))
    assert "billing@harbour.example" in contacts


def test_a_corrected_file_of_rejected_rows_has_no_new_fields(tmp_path):
    result = book(tmp_path, "Customer,Colour,rejected_line,rejected_reason\nHarbour,blue,3,no\n")

    assert result.rows("customers") == [
        {"customer_id": "harbour", "name": "Harbour", "Colour": "blue"}
    ]


def test_a_custom_field_never_hides_a_column_of_ours(tmp_path):
    result = book(tmp_path, "Customer,Name,Colour\nHarbour,Alias,blue\n")

    assert result.rows("customers")[0] == {
        "customer_id": "harbour", "name": "Harbour", "Name (imported)": "Alias", "Colour": "blue",
    }  # fmt: skip


CONTRACT = st.tuples(
    st.text(st.characters(categories=("L", "N")), min_size=1, max_size=12),
    st.decimals(0, 1_000_000, places=2),
    st.dates(date(2024, 1, 1), date(2029, 12, 31)),
)


@given(contracts=st.lists(CONTRACT, min_size=1, max_size=12, unique=True), comma=st.booleans())
def test_no_cent_and_no_day_is_lost_on_the_way(tmp_path_factory, contracts, comma):
    folder = tmp_path_factory.mktemp("book")
    with (folder / "book.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";" if comma else ",")
        writer.writerow(["Customer", "ARR (EUR)", "Renewal date"])
        for name, arr, ends_on in contracts:
            writer.writerow(
                [name, str(arr).replace(".", ",") if comma else arr, f"{ends_on:%d.%m.%Y}"]
            )

    result = translated("book.csv", folder=folder)

    assert result.problems == []
    assert sum(Decimal(c["arr"]) for c in result.rows("contracts")) == sum(
        arr for _, arr, _ in contracts
    )
    assert sorted(c["ends_on"] for c in result.rows("contracts")) == sorted(
        ends_on.isoformat() for _, _, ends_on in contracts
    )
    assert len({c["contract_id"] for c in result.rows("contracts")}) == len(contracts)
