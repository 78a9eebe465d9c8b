import pytest
from django.db import IntegrityError, transaction

from arbiter.accounts.permissions import NotAllowed
from arbiter.foundation.models import Person
from arbiter.outcomes.actions import goals
from arbiter.outcomes.actions import verdicts as verbs
from arbiter.outcomes.actions.goals import FromElsewhere, GoalRetired
from arbiter.outcomes.actions.verdicts import (
    EvidenceMissing,
    HasLeft,
    NotTheirs,
    VerdictInFuture,
    VerdictUnknown,
)
from arbiter.outcomes.models import Verdict
from arbiter.outcomes.queries import awareness, verdicts
from tests.facts import fact_names, last_fact
from tests.outcomes.story import judge, leave
from tests.world import APRIL, JUNE, MARCH, MAY


def on_behalf(world, *, by=None, verdict="achieved", **more):
    said = {"evidence": "Call of 3 May", "at": MAY} | more
    return verbs.give(
        goal=world.faster_onboarding,
        contact=world.cleo,
        verdict=verdict,
        by=by or world.ada,
        **said,
    )


def knows(world, contact):
    goal = world.faster_onboarding.pk
    row = awareness.latest([goal], as_of=JUNE).get(goal, {}).get(contact.pk)
    return row.state if row else "not told"


def test_a_contact_judges_their_goal_in_their_words(world):
    given = judge(world, "partly", at=MAY, helped="yes", comment=" Two crews of three. ")

    assert (given.contact, given.on_behalf_by, given.comment) == (
        world.cleo,
        None,
        "Two crews of three.",
    )
    fact = last_fact()
    assert (fact.name, fact.by_kind, fact.by_id) == (
        "outcomes.verdict_given",
        "contact",
        world.cleo.pk,
    )
    assert fact.details == {
        "contact": world.cleo.pk,
        "flagged": False,
        "helped": "yes",
        "on_behalf": False,
        "verdict": "partly",
    }


def test_a_colleague_records_on_behalf_with_evidence_and_it_is_marked(world):
    given = on_behalf(world)

    assert (given.contact, given.on_behalf_by, given.evidence) == (
        world.cleo,
        world.ada,
        "Call of 3 May",
    )
    assert last_fact().details["on_behalf"] is True


def test_on_behalf_without_evidence_is_refused(world):
    with pytest.raises(EvidenceMissing) as refused:
        on_behalf(world, evidence=" ")

    assert refused.value.field == "evidence"


@pytest.mark.parametrize("who", ["quinn", "otto"])
def test_on_behalf_takes_the_right_and_the_reach(world, who):
    with pytest.raises(NotAllowed):
        on_behalf(world, by=getattr(world, who))


def test_no_job_ever_judges(world):
    with pytest.raises(NotTheirs, match="never by a job"):
        on_behalf(world, by=Person.objects.system())


def test_no_contact_judges_for_another(world):
    with pytest.raises(NotTheirs, match="Only Cleo Castro"):
        on_behalf(world, by=world.dora)


def test_a_contact_of_another_customer_has_no_say(world):
    with pytest.raises(FromElsewhere):
        judge(world, "achieved", by=world.dov, at=MAY)


def test_who_has_left_judges_no_more(world):
    leave(world, world.cleo, APRIL)

    with pytest.raises(HasLeft):
        judge(world, "achieved", at=MAY)


def test_a_goal_set_aside_is_not_judged(world):
    goals.retire(goal=world.faster_onboarding, reason="Done", by=world.ada, at=APRIL)

    with pytest.raises(GoalRetired):
        judge(world, "achieved", at=MAY)


@pytest.mark.parametrize("said", [{"verdict": "great"}, {"verdict": "partly", "helped": "a lot"}])
def test_there_are_four_verdicts_and_three_ways_to_have_helped(world, said):
    with pytest.raises(VerdictUnknown):
        judge(world, at=MAY, **said)


def test_nobody_has_judged_before_they_did(world):
    with pytest.raises(VerdictInFuture):
        on_behalf(world, at=JUNE, recorded_at=MAY)


def test_the_same_form_sent_twice_is_one_verdict(world):
    first = judge(world, "achieved", at=MAY, submission="form-1")
    again = judge(world, "not", at=JUNE, submission="form-1")

    assert again == first
    assert again.verdict == "achieved"
    assert fact_names() == ["outcomes.verdict_given"]


def test_a_verdict_is_never_edited_not_even_behind_our_back(world):
    given = judge(world, "not", at=MAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        Verdict.objects.filter(pk=given.pk).update(verdict="achieved")

    assert Verdict.objects.get(pk=given.pk).verdict == "not"


@pytest.mark.parametrize(
    ("verdict", "state"),
    [
        ("achieved", "agreed"),
        ("partly", "agreed"),
        ("not", "disputed"),
        ("too_early", "not told"),
    ],
)
def test_a_verdict_tells_what_the_contact_knows(world, verdict, state):
    judge(world, verdict, at=MAY)

    assert knows(world, world.cleo) == state


def test_a_verdict_as_by_a_machine_is_kept_and_neither_counts_nor_teaches(world):
    judge(world, "achieved", at=APRIL)
    judge(world, "not", at=MAY, flagged=True, flag_reason="honeypot")
    goal = world.faster_onboarding

    [counts] = verdicts.latest([goal.pk], as_of=JUNE)[goal.pk]
    assert counts.verdict == "achieved"
    assert knows(world, world.cleo) == "agreed"
    assert [each.verdict for each in verdicts.history(goal, as_of=JUNE)] == ["not", "achieved"]
    assert last_fact().details["flagged"] is True


def test_of_each_contact_the_newest_counts_and_all_are_kept(world, django_assert_num_queries):
    judge(world, "not", at=MARCH)
    judge(world, "partly", by=world.dora, at=APRIL)
    judge(world, "achieved", at=MAY)
    goal = world.faster_onboarding

    with django_assert_num_queries(1):
        found = verdicts.latest([goal.pk, world.lower_support_cost.pk], as_of=JUNE)
        names = [(each.contact.name, each.verdict) for each in found[goal.pk]]

    assert names == [("Cleo Castro", "achieved"), ("Dora Diaz", "partly")]
    assert verdicts.history(goal, as_of=JUNE).count() == 3
    assert [each.verdict for each in verdicts.of_contact(world.cleo.pk, as_of=JUNE)] == [
        "achieved",
        "not",
    ]
    assert [each.verdict for each in verdicts.latest([goal.pk], as_of=MARCH)[goal.pk]] == ["not"]
