"""Which file is which, in every language we claim."""

import csv

import pytest

from arbiter.connectors.recognition.mapping import Mapping, choices
from arbiter.connectors.recognition.proposals import propose
from arbiter.connectors.recognition.registry import SHAPES, shape_of
from arbiter.foundation.refusals import Refusal
from tests.connectors.files import TODAY, opened, proposed


@pytest.mark.parametrize(
    ("file", "shape"),
    [
        ("tracker_us", "renewal_tracker.renewals"),
        ("tracker_de", "renewal_tracker.renewals"),
        ("tracker_fr", "renewal_tracker.renewals"),
        ("tracker_es", "renewal_tracker.renewals"),
        ("tracker_ambiguous", "renewal_tracker.renewals"),
        ("repeated_headers", "renewal_tracker.renewals"),
        ("lost", "renewal_tracker.lost"),
        ("scores", "renewal_tracker.scores"),
        ("hubspot_companies", "hubspot.companies"),
        ("hubspot_companies_de", "hubspot.companies"),
        ("hubspot_companies_fr", "hubspot.companies"),
        ("hubspot_contacts", "hubspot.contacts"),
        ("hubspot_deals", "hubspot.deals"),
        ("salesforce_accounts", "salesforce.accounts"),
        ("salesforce_contacts", "salesforce.contacts"),
        ("salesforce_opportunities", "salesforce.opportunities"),
        ("salesforce_contracts", "salesforce.contracts"),
        ("salesforce_account_report", "salesforce.account_report"),
        ("salesforce_contact_report", "salesforce.contact_report"),
        ("salesforce_opportunity_report", "salesforce.opportunity_report"),
        ("stripe_customers", "stripe.customers"),
        ("stripe_subscriptions", "stripe.subscriptions"),
        ("chargebee_subscriptions", "chargebee.subscriptions"),
    ],
)
def test_each_file_is_recognised_for_what_it_is(file, shape):
    proposal = proposed(f"{file}.csv")

    assert proposal.shape == shape
    assert proposal.is_recognised
    assert proposal.alternatives[0] == (shape, proposal.label, proposal.score)


def write(tmp_path, headers, *rows):
    path = tmp_path / "book.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([headers, *rows])
    return path


def test_a_spanish_export_of_209_columns_is_still_hubspot_companies(tmp_path):
    named = [
        "ID de registro",
        "Nombre de la empresa",
        "Nombre de dominio de la empresa",
        "Associated Note",
    ]
    headers = named + [f"Propiedad {number}" for number in range(205)]
    values = ["9301", "Peña Hermanos", "pena.example", "long " * 36_000] + [""] * 205
    write(tmp_path, headers, values)

    proposal = proposed("book.csv", folder=tmp_path)

    assert proposal.shape == "hubspot.companies"
    assert proposal.mapping.targets[:4] == (
        "customers.customer_id", "customers.name", "customers.domain", "skip",
    )  # fmt: skip
    assert set(proposal.mapping.targets[4:]) == {"skip"}


def test_the_older_spanish_contact_headers_are_hubspot_contacts(tmp_path):
    write(
        tmp_path,
        ["ID de registro", "Nombre", "Apellidos", "Correo", "Associated Company IDs (Primary)"],
    )

    assert proposed("book.csv", folder=tmp_path).shape == "hubspot.contacts"


def test_case_spaces_marks_and_composed_letters_do_not_matter(tmp_path):
    write(
        tmp_path,
        ["  customer_NAME ", "MONTANT ANNUEL *", "E\u0301che\u0301ance:"],
        ["Harbour", "5 €", "2027-01-31"],
    )

    assert proposed("book.csv", folder=tmp_path).mapping.targets == (
        "customers.name", "contracts.arr", "contracts.ends_on",
    )  # fmt: skip


def test_a_file_nobody_knows_is_offered_for_mapping_by_hand(tmp_path):
    write(tmp_path, ["Foo", "Bar"], ["Harbour", "1"])

    proposal = proposed("book.csv", folder=tmp_path)

    assert not proposal.is_recognised
    assert proposal.shape == "renewal_tracker.customers"
    assert proposal.mapping.targets == ("custom", "custom")


def test_a_header_whose_cells_say_otherwise_is_not_believed(tmp_path):
    write(
        tmp_path,
        ["Customer", "Owner", "Health", "Contact", "Renewal", "Renewal date"],
        ["Harbour", "Ada Byron", "sunny", "cleo@harbour.example", "automatic", "2027-01-31"],
    )

    assert proposed("book.csv", folder=tmp_path).mapping.targets == (
        "customers.name", "custom", "custom", "contacts.email", "custom", "contracts.ends_on",
    )  # fmt: skip


def test_an_empty_yearly_amount_gives_way_to_a_filled_one(tmp_path):
    write(
        tmp_path,
        ["Record ID", "Deal Name", "Deal Stage", "Annual contract value", "Amount", "Close Date"],
        *[["1", "Renewal", "Open", "", "500", "2027-01-31"]] * 3,
    )

    targets = proposed("book.csv", folder=tmp_path).mapping.targets

    assert targets[3:5] == ("skip", "contracts.value")


def test_a_proposal_shows_how_cells_will_read():
    columns = {column.label: column for column in proposed("tracker_us.csv").columns}

    assert columns["ARR (USD)"].read_as[:2] == ("184,000.00 USD", "9,500.50 USD")
    assert columns["Renewal Date"].read_as[:2] == ("31 January 2027", "4 March 2027")
    assert columns["Renewal Date"].target_label == "Renewal date (contract end)"
    assert columns["Health"].read_as == ("100", "0", "50")


def test_each_status_is_shown_with_the_decision_it_is_read_as():
    proposal = proposed("tracker_us.csv", answers={"decision:parked": "churned"})

    assert proposal.statuses == (
        ("Active", 1, "open"), ("At Risk", 1, "open"), ("Parked", 1, "churned"), ("Churned", 1, "churned"),
    )  # fmt: skip


def test_a_person_may_choose_another_shape_or_correct_a_column():
    table = opened("tracker_us.csv")
    targets = list(proposed("tracker_us.csv").mapping.targets)
    targets[-1] = "customers.why_bought"

    corrected = propose(
        table, today=TODAY, mapping=Mapping("renewal_tracker.renewals", tuple(targets))
    )
    other = propose(table, today=TODAY, shape="renewal_tracker.scores")

    assert corrected.mapping.targets[-1] == "customers.why_bought"
    assert other.shape == "renewal_tracker.scores"
    with pytest.raises(Refusal, match="No kind of file"):
        propose(table, today=TODAY, shape="excel")


def test_a_mapping_survives_as_json_and_is_found_again_by_the_headers():
    first, again = opened("tracker_us.csv"), opened("tracker_us.csv")
    mapping = proposed("tracker_us.csv").mapping

    assert Mapping.from_json(mapping.to_json()) == mapping
    assert first.fingerprint == again.fingerprint != opened("tracker_de.csv").fingerprint


@pytest.mark.parametrize(
    ("targets", "says"),
    [
        (("customers.name", "contracts.arr"), "has 3 columns and the mapping 2"),
        (("customers.name", "contracts.arr", "contracts.arr"), "are both read as ARR"),
        (("customers.name", "contracts.arr", "nonsense"), "cannot be read as 'nonsense'"),
        (("skip", "contracts.arr", "contracts.ends_on"), "No column names the customer"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(targets, says):
    with pytest.raises(Refusal, match=says):
        Mapping("renewal_tracker.renewals", targets).check(opened("tracker_ambiguous.csv"))


def test_every_target_that_a_shape_names_can_be_chosen_and_read():
    for shape in SHAPES:
        mapping = Mapping(shape.key, tuple(target for target in shape.fields if target != "skip"))
        offered = {target.name for target in choices(mapping)}

        assert shape_of(shape.key) is shape
        assert {mapping.target(at).name for at in range(len(mapping.targets))} <= offered
