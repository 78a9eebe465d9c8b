"""What is seen follows from what is true, as far as it should: the story the demo tells."""

import csv
from datetime import date, timedelta

import pytest

from arbiter.sample import physics, write
from arbiter.sample.dice import Dice
from tests.sample.reading import Written


def _share(rows, which):
    return sum(float(row["arr"]) for row in rows if which(row)) / sum(
        float(row["arr"]) for row in rows
    )


def test_the_team_believes_nine_tenths_stay_and_a_third_has_said_yes(ledgerly):
    beliefs = {
        row["contract_id"]: float(row["probability"])
        for row in sorted(ledgerly.rows("beliefs"), key=lambda row: row["at"])
    }
    believed = [row for row in ledgerly.due_soon if row["contract_id"] in beliefs]
    weight = sum(float(row["arr"]) for row in believed)
    belief = sum(float(row["arr"]) * beliefs[row["contract_id"]] for row in believed) / weight

    assert 0.90 <= belief <= 0.94
    assert len(believed) >= 0.9 * len(ledgerly.due_soon)
    assert (
        0.27
        <= _share(ledgerly.due_soon, lambda row: ledgerly.intents[row["customer_id"]] == "yes")
        <= 0.36
    )


def test_a_large_part_of_the_money_was_never_asked_and_every_answer_has_its_part(ledgerly):
    shares = {
        state: _share(
            ledgerly.due_soon,
            lambda row, state=state: ledgerly.intents[row["customer_id"]] == state,
        )
        for state in ("yes", "not_sure", "no", "no_reply", "never_asked")
    }

    assert all(share > 0.03 for share in shares.values()), shares
    assert shares["never_asked"] > 0.25


def test_between_82_and_88_of_100_renewals_stay(ledgerly):
    decided = [row for row in ledgerly.contracts if row["decision"]]

    assert 0.82 <= 1 - len(ledgerly.lost) / len(decided) <= 0.88
    assert {row["decision"] for row in decided} == {"renewed", "expanded", "contracted", "churned"}


def _auc(ledgerly, name, lead):
    """Return how well a signal's last value told those who stayed from those who left."""
    seen = {}
    for row in sorted(ledgerly.rows("signals"), key=lambda row: row["at"]):
        if row["name"] == name:
            seen.setdefault(row["customer_id"], []).append((row["at"][:10], float(row["value"])))
    stayed, left = [], []
    for term in ledgerly.contracts:
        cut = (date.fromisoformat(term["ends_on"]) - timedelta(days=lead)).isoformat()
        values = [value for at, value in seen.get(term["customer_id"], []) if at <= cut]
        if term["decision"] and values:
            (left if term["decision"] == "churned" else stayed).append(values[-1])
    pairs = [(one > other) + 0.5 * (one == other) for one in stayed for other in left]
    return sum(pairs) / len(pairs)


@pytest.mark.parametrize("name", ["health_score", "nps", "tickets_open"])
def test_the_numbers_everybody_trusts_say_little(ledgerly, name):
    assert 0.38 <= _auc(ledgerly, name, lead=90) <= 0.67


def test_what_customers_said_told_more_than_what_the_team_believed(ledgerly):
    asked = {row["ask_id"]: row["contract_id"] for row in ledgerly.rows("asks")}
    ended = {row["contract_id"]: row["decision"] for row in ledgerly.contracts if row["decision"]}
    said = [
        (row["value"], ended[asked[row["ask_id"]]])
        for row in ledgerly.rows("answers")
        if row["kind"] == "intent" and asked[row["ask_id"]] in ended
    ]
    beliefs = {row["contract_id"]: float(row["probability"]) for row in ledgerly.rows("beliefs")}
    lost_beliefs = [
        beliefs[row["contract_id"]] for row in ledgerly.lost if row["contract_id"] in beliefs
    ]

    yes = [end == "churned" for value, end in said if value == "yes"]
    others = [end == "churned" for value, end in said if value != "yes"]
    assert sum(yes) / len(yes) < 0.15 < sum(others) / len(others)
    assert sum(lost_beliefs) / len(lost_beliefs) > 0.85


def test_the_headline_holds_on_any_day(tmp_path):
    yes = {}
    for today in (date(2027, 1, 1), date(2028, 2, 29), date(2031, 8, 17)):
        write(tmp_path / str(today), today=today)
        company = Written(tmp_path / str(today), today)
        yes[today] = _share(
            company.due_soon,
            lambda row, company=company: company.intents[row["customer_id"]] == "yes",
        )

    assert max(yes.values()) - min(yes.values()) < 0.05
    assert all(0.25 <= share <= 0.38 for share in yes.values())


@pytest.mark.parametrize("seed", range(4))
def test_other_seeds_tell_the_same_kind_of_story(tmp_path, seed):
    write(tmp_path, today=date(2026, 11, 21), seed=seed)
    company = Written(tmp_path, date(2026, 11, 21))
    decided = [row for row in company.contracts if row["decision"]]

    assert 0.75 <= 1 - len(company.lost) / len(decided) <= 0.93
    assert (
        0.15
        <= _share(company.due_soon, lambda row: company.intents[row["customer_id"]] == "yes")
        <= 0.55
    )


def test_happy_customers_reply_more_often():
    dice = Dice("replies")
    happy = sum(physics.answers_at_all(dice, 0.95, "user", leaving=False) for _ in range(500))
    leaving = sum(physics.answers_at_all(dice, 0.3, "user", leaving=True) for _ in range(500))

    assert happy > leaving + 50


def test_a_goal_that_was_reached_is_hardly_ever_called_missed():
    dice = Dice("verdicts")
    said = [physics.judgement(dice, 1.0, "decision_maker", age_days=400) for _ in range(300)]

    assert said.count("achieved") > 240
    assert "not" not in said


def test_dice_of_the_same_name_throw_the_same():
    assert [Dice("a", 1).whole(1, 6) for _ in range(3)] == [Dice("a", 1).whole(1, 6)] * 3
    assert Dice("a", 1).between(0, 1) != Dice("a", 2).between(0, 1)


def test_dice_keep_to_their_range_and_weights():
    dice = Dice("range")
    thrown = [dice.whole(1, 6) for _ in range(300)]
    picked = [dice.weighted({"often": 9, "never": 0, "seldom": 1}) for _ in range(300)]

    assert set(thrown) == {1, 2, 3, 4, 5, 6}
    assert "never" not in picked
    assert picked.count("often") > picked.count("seldom") > 0


def test_the_files_open_with_plain_csv(ledgerly):
    with (ledgerly.folder / "customers.csv").open(encoding="utf-8", newline="") as stream:
        assert sum(1 for _ in csv.reader(stream)) == len(ledgerly.customers) + 1
