from decimal import Decimal

import pytest

from arbiter.foundation.models import Fact
from arbiter.outcomes.actions import discovery
from arbiter.outcomes.actions.revisions import CurrencyMissing
from arbiter.outcomes.queries import goals, revisions
from tests.facts import fact_names
from tests.world import JUNE, MAY

TALK = {
    "statement": "Fewer ships that wait",
    "pain": "Every hour at anchor costs 900 EUR",
    "measure": "Hours at anchor",
    "baseline": Decimal(9),
    "target": Decimal(3),
}


def capture(world, **said):
    return discovery.capture(
        customer=world.harbour, stated_by=world.sam, by=world.ada, at=MAY, **(TALK | said)
    )


def test_a_talk_gives_a_goal_and_its_agreement_by_the_one_who_said_it(world):
    goal = capture(world)

    agreed = revisions.current([goal.pk], as_of=JUNE)[goal.pk]
    assert (agreed.target, agreed.agreed_by) == (3, world.sam)
    assert fact_names() == ["outcomes.goal_stated", "outcomes.goal_revised"]


def test_a_wish_without_any_measure_is_a_goal_all_the_same(world):
    goal = capture(world, measure="", baseline=None, target=None)

    assert revisions.current([goal.pk], as_of=JUNE) == {}
    assert fact_names() == ["outcomes.goal_stated"]


def follow(world, key="discovery", value="said", by=None, said=None, **more):
    return discovery.follow(
        survey_key=key,
        value=value,
        said={"result": "Fewer calls", "by_when": "2027-01-31"} if said is None else said,
        contact=world.sam,
        by=by or world.sam,
        at=MAY,
        **more,
    )


@pytest.mark.parametrize("who", ["sam", "ada"])
def test_a_survey_gives_the_same_goal_whoever_wrote_it_down(world, who):
    goal = follow(world, by=getattr(world, who), recorded_at=JUNE)

    assert (goal.statement, goal.stated_by, goal.whose_words) == ("Fewer calls", world.sam, "customer")  # fmt: skip
    assert goal.revisions.get().agreed_by == world.sam
    told = Fact.objects.filter(subject_id=goal.pk, name__startswith="outcomes.")
    assert {fact.details.get("on_behalf", False) for fact in told} == {who == "ada"}
    written_by = goals.written_down_by(goal)
    assert written_by == (world.ada if who == "ada" else None)


def test_the_same_words_give_one_goal(world):
    follow(world)

    assert follow(world, by=world.ada, recorded_at=JUNE) is None


@pytest.mark.parametrize(
    "nothing",
    [
        {"said": {}},
        {"said": {"result": " "}},
        {"key": "nps", "value": "9"},
        {"key": "still_right", "value": "no", "goal_key": "faster_onboarding"},
        {"key": "still_right", "value": "yes"},
        {"key": "still_right", "value": "yes", "goal_key": "more_bookings"},
    ],
)
def test_from_what_says_nothing_of_a_goal_of_theirs_nothing_follows(world, nothing):
    assert follow(world, **nothing) is None
    assert fact_names() == []


def test_what_is_still_right_is_agreed_anew_once(world):
    asked = {"key": "still_right", "value": "yes", "goal_key": "faster_onboarding"}

    assert follow(world, by=world.ada, recorded_at=JUNE, **asked) == world.faster_onboarding
    assert follow(world, by=world.ada, recorded_at=JUNE, **asked) is None

    assert revisions.history(world.faster_onboarding, as_of=JUNE).first().agreed_by == world.sam


def test_who_brought_a_goal_by_a_file_wrote_nothing_down(world):
    goal = capture(world)
    goal.import_id = 7

    assert goals.written_down_by(goal) is None
    assert goals.written_down_by(world.more_bookings) is None


def test_both_are_kept_or_neither(world):
    with pytest.raises(CurrencyMissing):
        capture(world, money_per_unit=Decimal(900))

    assert goals.of(world.harbour, as_of=JUNE).count() == 2
    assert fact_names() == []
