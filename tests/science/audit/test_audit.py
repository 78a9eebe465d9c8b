"""The predictor audit on renewals whose truth is known: what predicts, what is luck, what knew afterwards."""

import numpy as np
import pytest
from scipy.special import expit
from sklearn.metrics import roc_auc_score

from arbiter.science.audit import FLOOR, Look, Says, Tier, audit

LEADS = (180, 90, 60, 30)


def renewals(n, *, seed, strength=1.5):
    """Outcomes of n renewals and the one number behind them."""
    chance = np.random.default_rng(seed)
    health = chance.normal(size=n)
    lost = chance.random(n) < expit(-1.7 - strength * health)
    return chance, health, lost


def looks(lost, columns, **more):
    return [Look.of(lead, lost=lost, signals=columns, **more) for lead in LEADS]


def signal(told, name):
    return next(each for each in told.signals if each.name == name)


def test_a_number_that_says_who_leaves_predicts_and_noise_does_not():
    chance, health, lost = renewals(1_500, seed=1)
    told = audit(looks(lost, {"health": health, "noise": chance.normal(size=1_500)}))

    assert signal(told, "health").main.tier is Tier.PREDICTS
    assert signal(told, "noise").main.tier is Tier.LITTLE_VALUE
    assert signal(told, "noise").main.says is Says.CHANCE
    assert [each.name for each in told.signals] == ["health", "noise"]


def test_the_area_is_the_one_of_another_library():
    _, health, lost = renewals(400, seed=2)
    rounded = np.round(health)

    found = signal(audit(looks(lost, {"health": rounded})), "health").main

    assert found.auc.value == pytest.approx(roc_auc_score(~lost, rounded))


def test_a_number_that_falls_before_renewals_is_told_in_its_own_direction():
    _, health, lost = renewals(600, seed=3)

    tickets = audit(looks(lost, {"tickets": -health}))
    told = audit(looks(lost, {"tickets": -health}), higher_renews=["tickets"])

    assert not signal(tickets, "tickets").main.higher_renews
    assert signal(tickets, "tickets").main.auc.value > 0.7
    assert signal(told, "tickets").main.auc.value < 0.3
    assert signal(told, "tickets").main.tier is not Tier.PREDICTS


def test_below_ten_losses_only_their_number_is_told():
    lost = np.array([1] * (FLOOR - 1) + [0] * 91)

    found = signal(audit(looks(lost, {"health": 1.0 - lost})), "health").main

    assert (found.auc, found.tier, found.says) == (None, Tier.NOT_ENOUGH, Says.TOO_FEW)
    assert found.still_missing == 1


def test_ten_losses_are_early():
    lost = np.array([1] * FLOOR + [0] * 90)

    found = signal(audit(looks(lost, {"health": 1.0 - lost})), "health").main

    assert found.is_early
    assert found.auc.value == 1.0


@pytest.mark.parametrize("seed", range(6))
def test_where_nothing_predicts_nothing_is_said_to(seed):
    chance = np.random.default_rng(seed)
    lost = chance.random(800) < 0.12
    columns = {f"number {each}": chance.normal(size=800) for each in range(20)}

    told = audit(looks(lost, columns))

    assert {each.main.tier for each in told.signals}.isdisjoint({Tier.PREDICTS})
    assert not any(each.leaks for each in told.signals)
    assert told.tested == 80


def test_a_number_written_after_the_decision_raises_the_alarm_and_the_others_stay_silent():
    chance, health, lost = renewals(900, seed=5)
    after = np.where(lost, 0.0, 10.0) + chance.normal(size=900)

    told = audit(looks(lost, {"health": health, "exit_score": after}))

    assert signal(told, "exit_score").leaks
    assert signal(told, "health").leaks == ()
    assert told.signals[-1].name == "exit_score"


def test_a_number_that_follows_the_notice_raises_the_alarm():
    chance, _, lost = renewals(1_200, seed=6, strength=0.2)
    early = {"usage": chance.normal(size=1_200)}
    late = {"usage": chance.normal(size=1_200) - 1.2 * lost}
    seen = [Look.of(lead, lost=lost, signals=early if lead > 30 else late) for lead in LEADS]

    assert "may follow the notice" in signal(audit(seen), "usage").leaks[0]


def test_a_level_at_which_everybody_left_raises_the_alarm_but_a_small_one_does_not():
    chance, _, lost = renewals(2_000, seed=7, strength=0)
    written = np.where(lost & (chance.random(2_000) < 0.4), 1.0, 0.0)
    genuine = np.zeros(2_000)
    genuine[np.flatnonzero(lost)[:21]] = 1.0

    told = audit(looks(lost, {"complained": written, "products": genuine}))

    assert "of all losses" in signal(told, "complained").leaks[0]
    assert signal(told, "products").leaks == ()


def test_who_is_missing_is_told_with_their_own_renewal_rate():
    chance, health, lost = renewals(1_000, seed=8)
    answered = chance.random(1_000) < np.where(lost, 0.3, 0.7)

    found = signal(audit(looks(lost, {"nps": np.where(answered, health, np.nan)})), "nps").main

    assert found.n == answered.sum()
    assert found.coverage.value == pytest.approx(answered.mean())
    assert found.renewal_with.low > found.renewal_without.high
    assert found.everywhere.n == 1_000


def test_the_useful_lead_is_the_longest_without_a_gap():
    chance, health, lost = renewals(1_500, seed=9)
    blind = chance.normal(size=1_500)
    columns = {180: health, 90: blind, 60: health, 30: health}

    told = audit([Look.of(lead, lost=lost, signals={"x": columns[lead]}) for lead in LEADS])

    assert told.signals[0].useful_lead_days == 60


def test_customers_with_several_renewals_count_as_one_each():
    _, health, lost = renewals(120, seed=10)
    alone = signal(audit(looks(lost, {"health": health})), "health").main
    repeated = signal(
        audit(
            looks(
                np.repeat(lost, 5),
                {"health": np.repeat(health, 5)},
                customer=np.repeat(np.arange(120), 5),
            )
        ),
        "health",
    ).main

    assert repeated.auc.method == "Obuchowski"
    assert repeated.auc.high - repeated.auc.low == pytest.approx(
        alone.auc.high - alone.auc.low, rel=0.15
    )


def test_a_bad_quarter_proves_nothing():
    quarter = np.repeat(["calm", "bad"], 300)
    chance = np.random.default_rng(11)
    lost = chance.random(600) < np.where(quarter == "bad", 0.5, 0.05)
    score = (quarter == "calm") + chance.normal(size=600) * 0.01

    told = audit(looks(lost, {"score": score}, block=quarter))

    assert told.signals[0].main.p_adjusted > 0.1
    assert told.signals[0].main.tier is not Tier.PREDICTS


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"lost": [0, 2], "signals": {}}, "outcomes of 0 and 1"),
        ({"lost": [0, 1], "signals": {"x": [1.0]}}, "x needs one finite value"),
        ({"lost": [0, 1], "signals": {"x": [1.0, np.inf]}}, "x needs one finite value"),
        ({"lost": [0, 1], "signals": {}, "customer": ["a"]}, "one label"),
    ],
)
def test_columns_that_do_not_fit_are_refused(columns, says):
    with pytest.raises(ValueError, match=says):
        Look.of(90, **columns)


def test_looks_that_do_not_belong_together_are_refused():
    look = Look.of(90, lost=[0, 1], signals={"x": [1, 2]})

    with pytest.raises(ValueError, match="Every lead occurs once"):
        audit([look, look])
    with pytest.raises(ValueError, match="Every lead occurs once"):
        audit([look], main_lead_days=30)
    with pytest.raises(ValueError, match="same signals"):
        audit([look, Look.of(30, lost=[0, 1], signals={"y": [1, 2]})])


def test_a_signal_nobody_has_and_outcomes_all_alike_are_no_trouble():
    nobody = audit(looks([0] * 30, {"x": [np.nan] * 30}))
    stayed = audit(looks([0] * 30, {"x": list(range(30))}))

    assert nobody.signals[0].main.n == 0
    assert nobody.signals[0].main.renewal_with.value is None
    assert stayed.signals[0].main.tier is Tier.NOT_ENOUGH
