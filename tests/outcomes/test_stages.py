"""What success means in each stage, for whom."""

import pytest

from arbiter.outcomes.actions import stages
from arbiter.outcomes.queries import stages as known
from tests.facts import fact_names, last_fact
from tests.world import JUNE, MAY


def add(world, name="trial", by=None, **more):
    return stages.add(name=name, by=by or world.olga, at=MAY, **{"meaning": "It works", **more})


def edit(world, stage, **more):
    given = {"name": stage.name, "meaning": stage.meaning, **more}
    return stages.edit(stage=stage, by=world.olga, at=JUNE, **given)


def test_a_stage_is_added_changed_put_away_and_brought_back(world):
    stage = add(world)
    edit(world, stage, meaning="The first report is in a meeting", success_within_days=14)
    edit(world, stage, success_within_days=14)
    stages.archive(stage=stage, by=world.olga, at=JUNE)
    assert list(known.standing()) == []
    assert list(known.archived()) == [stage]
    stages.restore(stage=stage, by=world.olga, at=JUNE)

    assert known.get(stage.pk) == stage
    assert [name.removeprefix("outcomes.stage_") for name in fact_names()] == [
        "added",
        "edited",
        "archived",
        "restored",
    ]
    assert "meeting" not in last_fact().data


def test_stages_stand_in_the_order_they_were_given(world):
    names = ("trial", "onboarding", "adoption")
    for name in names:
        add(world, name)

    assert tuple(stage.name for stage in known.standing()) == names


def test_the_most_particular_meaning_counts(world):
    everybody = add(world)
    small = add(world, segment="SMB")
    berths = add(world, product="Berths")
    both = add(world, segment="SMB", product="Berths")
    found = list(known.standing())

    assert known.meaning_for(found, "trial", "Enterprise", []) == everybody
    assert known.meaning_for(found, "trial", "SMB", ["Crew"]) == small
    assert known.meaning_for(found, "trial", "", ["Berths"]) == berths
    assert known.meaning_for(found, "trial", "SMB", ["Berths"]) == both
    assert known.meaning_for(found, "growth", "SMB", ["Berths"]) is None


def test_several_lie_within_a_trial_each_with_its_day(world):
    add(world, "trial: first report", starts_after_days=3, success_within_days=4)
    add(world, "trial: first invoice", success_within_days=14)
    add(world, "trial: no day")
    add(world, "adoption", success_within_days=90)

    found = known.expected_of(known.standing(), "trial", "", [])

    assert [(stage.name, known.success_day(stage)) for stage in found] == [
        ("trial: first report", 7),
        ("trial: first invoice", 14),
    ]


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"name": " "}, stages.StageUnnamed),
        ({"meaning": ""}, stages.StageUnnamed),
        ({"name": "trial"}, stages.StageThere),
    ],
)
def test_what_cannot_be_a_stage_is_refused(world, more, refusal):
    add(world)

    with pytest.raises(refusal):
        add(world, **{"name": "adoption", **more})


def test_each_move_is_made_once_and_by_whoever_may(world):
    stage = add(world)
    given = {"stage": stage, "by": world.olga, "at": JUNE}
    with pytest.raises(stages.StageStanding):
        stages.restore(**given)
    stages.archive(**given)
    with pytest.raises(stages.StageArchived):
        stages.archive(**given)
    with pytest.raises(stages.StageArchived):
        edit(world, stage)
    add(world)
    with pytest.raises(stages.StageThere):
        stages.restore(**given)
    with pytest.raises(stages.MayNotSetStages):
        add(world, "growth", by=world.ada)
