"""What stops and asks, and what each answer changes."""

from datetime import date

import pytest

from arbiter.connectors.recognition.mapping import Mapping
from arbiter.connectors.recognition.proposals import propose
from arbiter.connectors.recognition.translation import translate
from arbiter.connectors.tables.questions import Unanswered
from tests.connectors.files import TODAY, opened, proposed, translated


def book(tmp_path, text):
    path = tmp_path / "book.csv"
    path.write_text(text)
    return path


def keys(proposal):
    return [question.key for question in proposal.unanswered]


def test_ambiguous_dates_and_a_missing_currency_stop_the_import():
    proposal = proposed("tracker_ambiguous.csv")

    assert keys(proposal) == ["date_order:2", "currency"]
    with pytest.raises(Unanswered, match="Which day does “03/04/2027” mean") as stopped:
        translated("tracker_ambiguous.csv")
    assert stopped.value.field == "date_order:2"
    assert len(stopped.value.questions) == 2


@pytest.mark.parametrize(
    ("order", "ends_on"), [("day first", "2027-04-03"), ("month first", "2027-03-04")]
)
def test_the_answers_decide_how_the_file_is_read(order, ends_on):
    answers = {"date_order:2": order, "currency": "CHF"}

    contract = translated("tracker_ambiguous.csv", answers).rows("contracts")[0]

    assert (contract["ends_on"], contract["currency"], contract["arr"]) == (
        ends_on,
        "CHF",
        "12000.00",
    )
    assert keys(proposed("tracker_ambiguous.csv", answers=answers)) == []


def test_an_answer_that_is_no_option_is_no_answer():
    assert keys(proposed("tracker_ambiguous.csv", answers={"date_order:2": "yes", "currency": "XXX"})) == [
        "date_order:2", "currency",
    ]  # fmt: skip


def test_the_order_of_another_column_is_suggested_but_not_taken(tmp_path):
    book(tmp_path, "Customer,Contract start,Renewal date\nHarbour,1/31/2026,03/04/2027\n")

    question = proposed("book.csv", folder=tmp_path).unanswered[0]

    assert (question.suggestion, question.required) == ("month first", True)


def test_a_dollar_is_asked_for_with_the_dollars_first(tmp_path):
    book(tmp_path, 'Customer,ARR,Renewal date\nHarbour,"$1,200",2027-01-31\n')

    question = proposed("book.csv", folder=tmp_path).unanswered[0]

    assert question.text == "Which currency is “$” in “ARR”?"
    assert [option.value for option in question.options[:3]] == ["USD", "CAD", "AUD"]


def test_a_euro_sign_a_code_or_a_header_need_no_question(tmp_path):
    for text in (
        "ARR\nHarbour,€5",
        "ARR\nHarbour,5 SEK",
        "ARR (GBP)\nHarbour,5",
        "ARR (GBP)\nHarbour,$5",
    ):
        book(tmp_path, f"Customer,{text}\n")
        assert keys(proposed("book.csv", folder=tmp_path)) == []


@pytest.mark.parametrize(
    ("period", "arr"), [("year", "1200.00"), ("month", "14400.00"), ("term", "600.00")]
)
def test_an_amount_without_a_period_is_asked_for(tmp_path, period, arr):
    book(
        tmp_path,
        "Customer,Amount,Currency,Start date,End date\nHarbour,1200,EUR,2026-02-01,2028-01-31\n",
    )

    assert keys(proposed("book.csv", folder=tmp_path)) == ["value_period"]
    contract = translated("book.csv", {"value_period": period}, folder=tmp_path).rows("contracts")[
        0
    ]

    assert contract["arr"] == arr


@pytest.mark.parametrize(("scale", "probability"), [("fraction", "1"), ("percent", "0.01")])
def test_a_chance_of_one_is_asked_for(tmp_path, scale, probability):
    book(tmp_path, "Customer,Renewal date,Confidence\nHarbour,2027-01-31,1\n")

    assert keys(proposed("book.csv", folder=tmp_path)) == ["share:2"]
    belief = translated("book.csv", {"share:2": scale}, folder=tmp_path).rows("beliefs")[0]

    assert belief["probability"] == probability


@pytest.mark.parametrize(("mark", "arr"), [("point", "1.20"), ("comma", "1200.00")])
def test_a_thousand_or_a_decimal_is_asked_for(tmp_path, mark, arr):
    book(tmp_path, "Customer,ARR (EUR),Renewal date\nHarbour,1.200,2027-01-31\n")

    assert keys(proposed("book.csv", folder=tmp_path)) == ["decimal:1"]
    contract = translated("book.csv", {"decimal:1": mark}, folder=tmp_path).rows("contracts")[0]

    assert contract["arr"] == arr


def test_the_day_of_scores_is_suggested_and_may_be_another():
    assert [q.suggestion for q in proposed("tracker_us.csv").questions if q.key == "as_of"] == [
        "2026-11-21"
    ]

    said = translated("tracker_us.csv", {"as_of": "2026-09-01"}).rows("signals")[0]
    left = translated("tracker_us.csv").rows("signals")[0]

    assert translated("tracker_us.csv", {"as_of": "soon"}).rows("signals")[0] == left
    assert (said["at"], left["at"]) == ("2026-09-01T00:00:00Z", "2026-11-21T00:00:00Z")


@pytest.mark.parametrize(("answer", "decision"), [("churned", "churned"), ("", None)])
def test_a_status_that_is_not_clear_stays_open_unless_it_is_answered(answer, decision):
    contracts = translated("tracker_us.csv", {"decision:parked": answer}).rows("contracts")

    assert contracts[2].get("decision") == decision


def test_a_pipeline_of_renewals_and_sales_is_read_one_way_only():
    renewals = translated("hubspot_deals.csv", {"deals_mean": "renewals", "value_period": "year"})
    sales = translated("hubspot_deals.csv", {"deals_mean": "sales", "value_period": "year"})

    assert [(c["ends_on"], c.get("decision")) for c in renewals.rows("contracts")] == [
        ("2027-01-31", None), ("2026-06-30", "renewed"), ("2026-02-01", "churned"),
    ]  # fmt: skip
    assert [(c["starts_on"], c["ends_on"]) for c in sales.rows("contracts")] == [
        ("2026-06-30", "2027-06-30"), ("2026-05-01", "2027-05-01"),
    ]  # fmt: skip
    assert any(
        "left out because the deal is no renewal (line 5)" in note for note in renewals.notes
    )


def test_deals_without_a_type_are_asked_for(tmp_path):
    book(
        tmp_path,
        "Record ID,Deal Name,Deal Stage,Close Date,Associated Company\n1,x,Closed won,2027-01-31,Harbour\n",
    )

    assert keys(proposed("book.csv", folder=tmp_path)) == ["deals_mean"]


def test_prospects_are_left_out_unless_every_row_is_wanted():
    assert [c["name"] for c in translated("hubspot_companies.csv").rows("customers")] == [
        "Harbour Logistics", "Tidewater",
    ]  # fmt: skip
    assert len(translated("hubspot_companies.csv", {"who_counts": "all"}).rows("customers")) == 3


@pytest.mark.parametrize(("answer", "arr"), [("cents", "588.00"), ("whole", "58800.00")])
def test_a_plan_amount_of_stripe_may_be_cents(tmp_path, answer, arr):
    book(
        tmp_path,
        "id,Customer ID,Customer Name,Plan Amount,Currency,Interval,Status,Current Period Start (UTC),Current Period End (UTC)\n"
        "sub_1,cus_1,Harbour,4900,usd,month,active,2026-11-01 10:00,2026-12-01 10:00\n",
    )

    assert keys(proposed("book.csv", folder=tmp_path)) == ["cents"]
    assert (
        translated("book.csv", {"cents": answer}, folder=tmp_path).rows("contracts")[0]["arr"]
        == arr
    )


def test_questions_follow_a_corrected_mapping():
    table = opened("tracker_ambiguous.csv")
    mapping = Mapping("renewal_tracker.customers", ("customers.name", "custom", "custom"))

    assert propose(table, today=TODAY, mapping=mapping).questions == ()
    assert list(translate(table, mapping, {}, today=date(2026, 11, 21)))
