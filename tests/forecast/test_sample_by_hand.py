"""Every number of the ledger, the model, the beliefs and the audit for the sample company, counted again by another hand."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from django.db import transaction
from django.test import Client
from django.utils import timezone
from scipy import stats
from scipy.special import logit
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score
from statsmodels.stats.proportion import proportion_confint

from arbiter.accounts.models import Contract
from arbiter.connectors.workspace_files import importing, sources
from arbiter.forecast.actions import audits, backtests, forecasts, frozen_files, standings
from arbiter.forecast.models import Forecast
from arbiter.foundation.actions import people, teams
from arbiter.foundation.models import Company, Person
from arbiter.sample import write
from tests.forecast.by_hand import Book, area_by_customer, before, end_of
from tests.metrics.by_hand import wilson

# The tests read no table themselves; marked, they have the tables made that the fixture fills.
pytestmark = [pytest.mark.django_db, pytest.mark.sweep]

DAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
FORECAST_ON = (date(2024, 3, 1), date(2025, 11, 1), date(2026, 5, 1))
NORTH = ("maya.kessler", "jonas.adeyemi", "luca.moretti")
PAGES = {
    "ledger": "/surprises/?period=all",
    "year": "/surprises/",
    "beliefs": "/belief-scores/",
    "model": "/model/?lead=90",
    "audit": "/audit/?days=90",
    "earlier": "/audit/?days=180",
}
USUAL = 0.82
"""How many renew where nobody told."""
SIGNALS = {"health_score": 1, "logins_30d": 1, "tickets_open": -1}


@pytest.fixture(scope="module")
def ledgerly(tmp_path_factory, django_db_setup, django_db_blocker):
    """What the pages show of the sample company, its files as a book, and the forecasts that were stored."""
    folder = tmp_path_factory.mktemp("ledgerly")
    write(folder, today=DAY)
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(timezone, "now", lambda: NOW)
        olga = furnished(folder)
        shown = {name: page(olga, url) for name, url in PAGES.items()}
        stored = list(Forecast.objects.values_list("contract__key", "as_of", "probability"))
        keys = dict(Contract.objects.values_list("pk", "key"))
        transaction.set_rollback(True)
    made = pd.DataFrame(stored, columns=["contract", "at", "chance"]).sort_values("at")
    return shown, Book(folder, pd.Timestamp(NOW)), made, keys


def furnished(folder):
    Company.objects.create(pk=1, name="Ledgerly", set_up_at=NOW)
    olga = Person.objects.create_person(email="olga@ledgerly.test", name="Olga", role="owner")
    with standings.deferred():
        importing.store(sources.open_source(folder, name="Ledgerly"), by=olga, at=NOW)
    north = teams.add(name="North", by=olga, at=NOW)
    for each in Person.objects.filter(email__in=[f"{who}@ledgerly.example" for who in NORTH]):
        people.join_team(person=each, team=north, by=olga, at=NOW)
    for day in FORECAST_ON:
        forecasts.forecast_all(as_of=datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    backtests.make(as_of=NOW)
    frozen_files.freeze_missing(as_of=NOW)
    audits.make(as_of=NOW)
    return olga


def page(olga, url):
    client = Client()
    client.force_login(olga)
    reply = client.get(url)
    assert reply.status_code == 200
    return reply.context


@pytest.fixture(scope="module")
def book(ledgerly):
    return ledgerly[1]


@pytest.fixture(scope="module")
def last_forecast(ledgerly):
    """The last stored forecast of a contract at a moment; NaN where there was none."""
    made = dict(iter(ledgerly[2].groupby("contract")))

    def last(contract, moment):
        rows = made.get(contract)
        rows = rows[rows["at"] <= moment] if rows is not None else ()
        return float(rows["chance"].iloc[-1]) if len(rows) else float("nan")

    return last


def same(told, value, low=None, high=None, n=None):
    """A figure of a page against one by hand; stored ones are rounded to six digits."""
    of = told.get if isinstance(told, dict) else lambda name: getattr(told, name)
    assert of("value") == pytest.approx(value, abs=1e-6)
    for end, wanted in (("low", low), ("high", high), ("n", n)):
        if wanted is not None:
            assert of(end) == pytest.approx(wanted, abs=1e-6)


# --- The surprise ledger ------------------------------------------------------------------------


def kind(loss, belief, forecast):
    if loss.avoidable != "true":
        return "unavoidable"
    if np.isnan(belief) and np.isnan(forecast):
        return "nobody_said"
    return "surprise" if belief >= 0.7 or forecast >= 0.7 else "foreseen"


@pytest.fixture(scope="module")
def judged(book, last_forecast):
    rows = book.losses.copy()
    eves = [before(day) for day in rows["decided_on"]]
    told = list(zip(rows["contract_id"], eves, strict=True))
    rows["belief"] = [book.last_belief(*each) for each in told]
    rows["forecast"] = [last_forecast(*each) for each in told]
    rows["answer"] = [
        book.together(who, eve) for who, eve in zip(rows["customer_id"], eves, strict=True)
    ]
    rows["kind"] = [kind(row, row.belief, row.forecast) for row in rows.itertuples()]
    return rows.set_index("contract_id")


def test_every_loss_as_it_stood_the_day_before_notice(ledgerly, judged):
    lines = ledgerly[0]["ledger"]["lines"]

    assert {line.lost.contract_key for line in lines} == set(judged.index)
    for line in lines:
        by_hand = judged.loc[line.lost.contract_key]
        assert (str(line.kind), line.answer) == (by_hand["kind"], by_hand["answer"])
        for ours, theirs in ((line.belief, "belief"), (line.forecast, "forecast")):
            assert (float("nan") if ours is None else ours) == pytest.approx(
                by_hand[theirs], nan_ok=True
            )
    assert judged["forecast"].notna().any()


def avoidable(rows, period):
    """The losses that count, and which of them surprised us."""
    since = date.min if period == "ledger" else DAY - timedelta(days=365)
    rows = rows[(rows["decided_on"] >= since) & (rows["kind"] != "unavoidable")]
    return rows, rows["kind"] == "surprise"


@pytest.mark.parametrize("period", ["ledger", "year"])
def test_the_surprise_rate_by_count(ledgerly, judged, period):
    rows, surprise = avoidable(judged, period)

    told = ledgerly[0][period]["surprised"]
    same(told, *wilson(surprise.sum(), len(rows)), n=len(rows))
    assert told["count"] == surprise.sum()


@pytest.mark.parametrize("period", ["ledger", "year"])
def test_the_surprise_rate_by_money(ledgerly, judged, period):
    rows, surprise = avoidable(judged, period)
    euro = rows["currency"] == "EUR"
    arr, weight = rows["arr"][euro], rows["arr"][euro] / rows["arr"][euro].sum()
    rate = weight[surprise].sum()
    alike, spread = 1 / (weight**2).sum(), (weight**2 * (surprise - rate) ** 2).sum()
    alike = min(alike, rate * (1 - rate) / spread) if spread else alike

    told = ledgerly[0][period]["rate"]
    low, high = proportion_confint(rate * alike, alike, method="wilson")
    same(told.by_amount, rate, low, high, n=len(arr))
    assert float(told.surprised_arr) == arr[surprise].sum()
    assert float(told.avoidable_arr) == arr.sum()
    others = ledgerly[1].losses
    others = others[others["decided_on"] >= rows["decided_on"].min()]
    assert told.other_currencies == (others["currency"] != "EUR").sum()


def riskiest(rows):
    """The fifth of a quarter with the lowest chances; a tie over the last place stays out."""
    most = int(0.2 * len(rows) + 0.5)
    return rows["chance"].rank(method="max") <= most


def test_alarms_and_losses_without_one(ledgerly, book, last_forecast):
    rows = book.due[book.due["due_on"] >= DAY - timedelta(days=365)].copy()
    moments = [end_of(day - timedelta(days=90)) for day in rows["decided_on"]]
    rows["chance"] = list(map(last_forecast, rows["contract_id"], moments))
    said = pd.Series(map(book.answer, rows["customer_id"], moments), index=rows.index)
    begun = pd.Series([m.date() for m in moments], index=rows.index) >= rows["starts_on"]
    quarter = pd.PeriodIndex(pd.to_datetime(rows["due_on"]), freq="Q")
    risky = pd.concat(riskiest(some) for _, some in rows.groupby(quarter))
    alarm = risky[rows.index] | (said.isin(["no", "not_sure"]) & begun)
    external = ~rows["renewed"] & (rows["churn_cause"] == "external")
    lost = ~rows["renewed"] & ~external

    told = ledgerly[0]["year"]["alarms"]
    same(told["rate"], *wilson(alarm.sum(), len(rows)), n=len(rows))
    same(told["missed"], *wilson((lost & ~alarm).sum(), lost.sum()), n=lost.sum())
    right = alarm & ~external
    same(told["precision"], *wilson((right & lost).sum(), right.sum()), n=right.sum())
    assert told["forecast"] == rows["chance"].notna().sum()
    assert 0 < (alarm & ~risky).sum() < alarm.sum()


def test_who_stayed_for_less(ledgerly, book):
    rows = book.contracts[book.contracts["decided"] & (book.contracts["decision"] == "contracted")]
    lately = rows[rows["decided_on"] >= DAY - timedelta(days=365)]

    told = {each.contract_key: (each.arr, each.new_arr) for each in ledgerly[0]["year"]["less"]}
    by_hand = lately.set_index("contract_id")[["arr", "new_arr"]].astype(float)
    assert told == {key: tuple(row) for key, row in by_hand.iterrows()}


# --- The forecast's scores ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def looked(ledgerly, book):
    """Every decided renewal ninety days before, with the forecast of the time, the belief and the base rate."""
    shown, _, _, keys = ledgerly
    told = {keys[row[0]]: row[1:4] for row in shown["model"]["backtest"].result["told"]}
    rows = book.seen(90)
    assert set(rows["contract_id"]) == set(told)
    rows[["chance", "low", "high"]] = [told[key] for key in rows["contract_id"]]
    rows["belief"] = list(map(book.last_belief, rows["contract_id"], rows["at"]))
    rows["rate"] = [rate_at(book, moment) for moment in rows["at"]]
    return rows.assign(y=rows["renewed"].astype(int))


def rate_at(book, moment):
    """Of what was decided on the first day of the quarter, who stayed, beside two usual renewals."""
    day = pd.Timestamp(moment.year, 3 * ((moment.month - 1) // 3) + 1, 1).date()
    past = book.learnable[(book.learnable["due_on"] <= day) & (book.learnable["decided_on"] <= day)]
    return (past["renewed"].sum() + 2 * USUAL) / (len(past) + 2)


def line(ledgerly, name):
    return next(
        each for each in ledgerly[0]["model"]["seen"]["forecasters"] if each["name"] == name
    )


FORECASTERS = {"forecast": "chance", "base_rate": "rate", "belief": "belief"}


def columns(looked, name):
    column = FORECASTERS.get(name, "chance")
    rows = looked if name in ("forecast", "base_rate") else looked.dropna(subset="belief")
    return rows[column].to_numpy(), rows["y"].to_numpy(), rows


@pytest.mark.parametrize("name", [*FORECASTERS, "forecast_where_believed"])
def test_scores_of_each_forecaster(ledgerly, looked, name):
    p, y, rows = columns(looked, name)

    told = line(ledgerly, name)
    assert (told["n"], told["lost"]) == (len(y), (y == 0).sum())
    assert told["brier"] == pytest.approx(brier_score_loss(y, p), abs=2e-6)
    assert told["log_loss"] == pytest.approx(log_loss(y, p), abs=2e-6)
    assert told["auc"] == pytest.approx(roc_auc_score(y, p), abs=1e-6)
    by_pairs = area_by_customer(p, y, rows["customer_id"])
    assert [told["auc"], told["auc_low"], told["auc_high"]] == pytest.approx(by_pairs, abs=1e-6)


@pytest.mark.parametrize("name", ["forecast", "belief"])
def test_better_than_one_rate_for_all_by_customer(ledgerly, looked, name):
    p, y, rows = columns(looked, name)
    gain = [log_loss([each], [q], labels=[0, 1]) for q, each in zip(rows["rate"], y, strict=True)]
    gain -= np.array([log_loss([each], [q], labels=[0, 1]) for q, each in zip(p, y, strict=True)])
    whose = rows["customer_id"].astype("category").cat.codes
    fit = sm.OLS(gain, np.ones(len(y))).fit(
        cov_type="cluster", cov_kwds={"groups": whose, "use_correction": False}
    )
    groups = whose.nunique()
    reach = stats.t.ppf(0.975, groups - 1) * fit.bse[0] * np.sqrt(groups / (groups - 1))

    same(line(ledgerly, name)["better_than_base_rate"], gain.mean(), gain.mean() - reach, gain.mean() + reach)  # fmt: skip


@pytest.mark.parametrize("name", ["forecast", "belief"])
def test_calibration(ledgerly, looked, name):
    p, y, _ = columns(looked, name)
    _, low, high = wilson(y.sum(), len(y))
    variance = ((1 - 2 * p) ** 2 * p * (1 - p)).sum()

    told = line(ledgerly, name)
    assert told["expected"] == pytest.approx(p.mean(), abs=1e-6)
    assert [told["observed"], told["observed_low"], told["observed_high"]] == pytest.approx(
        [y.mean(), low, high], abs=1e-6
    )
    z = ((y - p) * (1 - 2 * p)).sum() / np.sqrt(variance)
    assert told["spiegelhalter_z"] == pytest.approx(z, abs=1e-4)
    slope = sm.Logit(y, sm.add_constant(logit(p))).fit(disp=0).params[1]
    assert told["slope"]["value"] == pytest.approx(slope, abs=1e-4)


def test_calibration_in_bins(ledgerly, looked):
    rows = looked.assign(bin=((looked["chance"].rank() - 0.5) * 10 // len(looked)).astype(int))
    bins = [some for _, some in rows.groupby("bin")]

    told = ledgerly[0]["model"]["seen"]["bins"]
    assert len(told) == len(bins)
    for ours, some in zip(told, bins, strict=True):
        assert ours["forecast"] == pytest.approx(some["chance"].mean(), abs=2e-6)
        same(ours, *wilson(some["y"].sum(), len(some)), n=len(some))
    off = sum(len(some) * abs(some["y"].mean() - some["chance"].mean()) for some in bins)
    assert line(ledgerly, "forecast")["calibration_error"] == pytest.approx(off / len(rows), abs=2e-6)  # fmt: skip


# --- Beliefs scored -----------------------------------------------------------------------------


def score_by_hand(rows):
    """n, renewed, blind; from twenty on the mean, Brier and log score, and Wilson's ends."""
    p, y = rows["belief"].astype(float), rows["renewed"].astype(int)
    counts = (len(rows), y.sum(), rows["blind"].sum())
    if len(rows) < 20:
        return counts, None
    certain = ((p == 0) & (y == 1)) | ((p == 1) & (y == 0))
    log = float("inf") if certain.any() else log_loss(y, p, labels=[0, 1])
    return counts, (p.mean(), brier_score_loss(y, p), log, *wilson(y.sum(), len(y)))


def check_row(row, by_hand):
    counts, scores = by_hand
    assert row["n"] == counts[0]
    assert row["blind"] == counts[2]
    if scores is None:
        assert row["renewed"] == f"{counts[1]} of {counts[0]}"
        assert row["brier"] == row["log"] == ""
        return
    believed, brier, log, _, low, high = scores
    assert (row["brier"], row["log"]) == (f"{brier:.3f}", f"{log:.3f}")
    assert row["believed"] == f"{believed:.0%}"
    assert row["between"] == f"{100 * low:.0f}–{100 * high:.0f}%"


def last_words(rows):
    return rows.sort_values("at", kind="stable").groupby("contract").last()


def test_beliefs_of_each_person(ledgerly, book):
    told = {row["name"]: row for row in ledgerly[0]["beliefs"]["people"]}
    named = {name.lower().replace(" ", "."): row for name, row in told.items()}

    found = {who.split("@")[0]: rows for who, rows in book.scored.groupby("who")}
    assert set(named) == set(found)
    for who, rows in found.items():
        check_row(named[who], score_by_hand(rows))


def test_beliefs_of_the_team_count_its_last_word_on_each_renewal(ledgerly, book):
    (row,) = ledgerly[0]["beliefs"]["teams"]
    rows = book.scored[book.scored["who"].str.split("@").str[0].isin(NORTH)]

    assert row["name"] == "North"
    check_row(row, score_by_hand(last_words(rows)))


def test_beliefs_of_everybody(ledgerly, book):
    rows = last_words(book.scored)
    (n, renewed, blind), (believed, brier, log, _, low, high) = score_by_hand(rows)

    told = ledgerly[0]["beliefs"]["all"]
    assert (told.n, told.renewed, told.blind) == (n, renewed, blind)
    assert told.customers == rows["customer"].nunique()
    assert [told.believed, told.brier, told.log] == pytest.approx([believed, brier, log])
    assert [told.share.low, told.share.high] == pytest.approx([low, high])


def test_beliefs_beside_the_forecast_of_the_day(ledgerly, book, last_forecast):
    rows = last_words(book.scored)
    decided = book.due.set_index("contract_id")["decided_on"]
    made = pd.Series({key: last_forecast(key, before(decided[key])) for key in rows.index}).dropna()
    both = rows.loc[made.index]

    told = ledgerly[0]["beliefs"]["all"].against
    assert told.n == len(both)
    assert told.belief == pytest.approx(brier_score_loss(both["renewed"], both["belief"]))
    assert told.forecast == pytest.approx(brier_score_loss(both["renewed"], made))


def test_what_was_believed_before_each_answer(ledgerly, book):
    rows = last_words(book.met)
    sure = rows[rows["answer"] != "not_sure"]

    told = ledgerly[0]["beliefs"]["all"]
    found = {each.answer: (each.n, pytest.approx(each.believed)) for each in told.answers}
    assert found == {
        answer: (len(some), some["belief"].mean()) for answer, some in rows.groupby("answer")
    }
    brier = brier_score_loss(sure["answer"] == "yes", sure["belief"].astype(float))
    assert told.met_brier == pytest.approx(brier)


# --- The audit ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("shown", "lead"), [("audit", 90), ("earlier", 180)])
def test_what_came_of_each_answer(ledgerly, book, shown, lead):
    rows = book.seen(lead)
    said = pd.Series(map(book.answer, rows["customer_id"], rows["at"]), index=rows.index)

    told = {each["answer"]: each for each in ledgerly[0][shown]["audit"].result["answers"][str(lead)]}  # fmt: skip
    found = rows["renewed"].groupby(said).agg(["sum", "size"])
    assert {answer: each["n"] for answer, each in told.items() if each["n"]} == found["size"].to_dict()  # fmt: skip
    for answer, (renewed, n) in found.iterrows():
        same(told[answer], *wilson(renewed, n), n=n)
        assert told[answer]["lost"] == n - renewed


def signal(ledgerly, name):
    signals = ledgerly[0]["audit"]["audit"].result["signals"]
    return next(each for each in signals if each["name"] == name)["leads"]["90"]


@pytest.mark.parametrize("name", [*SIGNALS, "belief"])
def test_how_well_a_number_told_them_apart(ledgerly, book, name):
    rows = book.seen(90)
    if name == "belief":
        values = pd.Series(map(book.last_belief, rows["contract_id"], rows["at"]), index=rows.index)
    else:
        values = pd.Series([book.number(name, *each) for each in zip(rows["customer_id"], rows["at"], strict=True)], index=rows.index)  # fmt: skip
    known = values.notna()
    score, y = SIGNALS.get(name, 1) * values[known], rows["renewed"][known].astype(int)

    told = signal(ledgerly, name)
    assert (told["n"], told["lost"]) == (known.sum(), (y == 0).sum())
    same(told["coverage"], *wilson(known.sum(), len(rows)), n=len(rows))
    same(told["renewal_with"], *wilson(y.sum(), len(y)), n=len(y))
    assert told["auc"] == pytest.approx(roc_auc_score(y, score), abs=1e-6)
    by_pairs = area_by_customer(score, y, rows["customer_id"][known])
    assert [told["auc"], told["auc_low"], told["auc_high"]] == pytest.approx(by_pairs, abs=1e-6)


def test_who_left_although_the_health_score_was_green(ledgerly, book):
    rows = book.seen(90)
    stayed = rows[rows["renewed"]]
    values = sorted(filter(lambda value: not np.isnan(value), (book.number("health_score", *each) for each in zip(stayed["customer_id"], stayed["at"], strict=True))))  # fmt: skip
    green = values[len(values) // 2]
    lost = book.due[~book.due["renewed"]]
    last = pd.Series([book.number("health_score", row.customer_id, before(row.decided_on)) for row in lost.itertuples()], index=lost.index)  # fmt: skip

    gone = ledgerly[0]["audit"]["gone"]
    assert (gone.signal, gone.threshold) == ("health_score", green)
    assert (gone.lost, gone.known) == (len(lost), last.notna().sum())
    assert dict(gone.money) == pytest.approx(
        lost[last >= green].groupby("currency")["arr"].sum().to_dict()
    )
    assert len(gone.rows) == (last >= green).sum()
