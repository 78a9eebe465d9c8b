"""What we make of a loss: kept in versions, with evidence; the months reviewed by a person; the bar for safe."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from arbiter.accounts.permissions import NotAllowed
from arbiter.forecast.actions import post_mortems, surprises
from arbiter.forecast.actions.post_mortems import Step
from arbiter.forecast.models import FrozenFile, MonthReview, PostMortem, SafeBar
from arbiter.forecast.queries.surprises import bars, ledger, losses, months
from arbiter.forecast.queries.surprises import post_mortems as read
from arbiter.foundation import permissions
from arbiter.foundation.models import Fact
from tests.forecast.losing import NOTICE, believe, line, look_back, lose
from tests.world import FEBRUARY, JULY, JUNE, MAY, TODAY

# The post-mortem


def test_a_post_mortem_is_kept_in_versions(world):
    lose(world)
    look_back(world, lessons="Ask sooner")

    look_back(
        world,
        cause="external",
        evidence="Press note of the merger",
        avoidable=False,
        known=True,
        known_to="Ada",
        known_on=date(2026, 4, 2),
        quote="We were bought.",
        quoted=world.dora,
        by=world.ben,
        at=JULY,
    )

    newest, first = read.history(world.harbour_contract.pk, as_of=JULY)
    assert (first.cause, first.lessons, first.by) == ("ours", "Ask sooner", world.ada)
    assert (newest.cause, newest.quoted, newest.by) == ("external", world.dora, world.ben)
    assert line(as_of=JULY).kind == "unavoidable"
    assert line(as_of=TODAY).cause == "ours"


def test_a_post_mortem_freezes_the_file_and_is_in_the_journal(world):
    lose(world)

    made = look_back(world)

    assert FrozenFile.objects.get().contract == world.harbour_contract
    fact = Fact.objects.get(name="forecast.post_mortem_recorded")
    assert (fact.subject_id, fact.customer_id, fact.by_id) == (
        made.pk,
        world.harbour.pk,
        world.ada.pk,
    )
    assert "faster" not in fact.data


def test_the_database_refuses_to_change_a_version(world):
    lose(world)
    look_back(world)

    with pytest.raises(DatabaseError), transaction.atomic():
        PostMortem.objects.update(cause="payment")


@pytest.mark.parametrize(
    ("told", "refusal", "field"),
    [
        ({"cause": "fate"}, post_mortems.CauseUnknown, "cause"),
        ({"cause": "external"}, post_mortems.EvidenceMissing, "evidence"),
        ({"steps": [Step("", "", "")]}, post_mortems.StepsMissing, "because_1"),
        ({"steps": [Step("A"), Step("", "B")]}, post_mortems.StepsMissing, "because_2"),
        ({"steps": [Step("A", "", "javascript:x")]}, post_mortems.EvidenceMissing, "link_1"),
        ({"quote": "Bye"}, post_mortems.QuoteIncomplete, "quote"),
        ({"known_to": "Ada"}, post_mortems.KnownToNobody, "known"),
        ({"known": True}, post_mortems.KnownToNobody, "known_to"),
        (
            {"known": True, "known_to": "Ada", "known_on": date(2027, 1, 1)},
            post_mortems.KnownToNobody,
            "known_on",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(world, told, refusal, field):
    lose(world)

    with pytest.raises(refusal) as refused:
        look_back(world, **told)

    assert refused.value.field == field
    assert not PostMortem.objects.exists()


def test_only_who_is_there_can_be_quoted(world):
    lose(world)

    with pytest.raises(post_mortems.QuoteIncomplete):
        look_back(world, quote="Bye", quoted=world.dov)


def test_there_is_no_post_mortem_of_who_stayed(world):
    with pytest.raises(post_mortems.NotLost):
        look_back(world)


@pytest.mark.parametrize("who", ["otto", "quinn"])
def test_an_observer_and_another_team_write_nothing(world, who):
    lose(world)

    with pytest.raises(NotAllowed):
        look_back(world, by=getattr(world, who))


# The bar and the months


def test_safe_begins_at_seven_in_ten_until_somebody_says_otherwise(world):
    assert bars.in_force(TODAY).safe_from == 0.7

    surprises.set_safe_bar(probability=Decimal("0.8"), by=world.abe, at=TODAY)

    assert bars.in_force(TODAY).safe_from == 0.8
    assert bars.in_force(MAY).safe_from == 0.7
    assert Fact.objects.filter(name="forecast.safe_bar_set").count() == 1


@pytest.mark.parametrize("chance", ["0", "1.2", "-0.1"])
def test_a_bar_is_a_chance(world, chance):
    with pytest.raises(surprises.NotAChance):
        surprises.set_safe_bar(probability=Decimal(chance), by=world.olga, at=TODAY)


def test_only_who_manages_settings_moves_the_bar(world):
    with pytest.raises(permissions.NotAllowed):
        surprises.set_safe_bar(probability=Decimal("0.8"), by=world.mona, at=TODAY)
    assert not SafeBar.objects.exists()


def test_a_month_is_reviewed_by_a_person_on_a_day(world):
    believe(world, 0.9, MAY)
    lose(world)

    made = surprises.review_month(month=NOTICE, said=" Ask who decides ", by=world.mona, at=TODAY)

    (month,) = months.of(ledger.visible_to(world.mona, as_of=TODAY), as_of=TODAY)
    assert month.review == made
    assert (made.month, made.said) == (date(2026, 5, 1), "Ask who decides")
    assert (made.losses, made.judged, made.surprises) == (1, 1, 1)
    assert not month.has_changed
    assert Fact.objects.filter(name="forecast.month_reviewed").count() == 1


def test_a_month_that_changed_since_its_review_says_so(world):
    believe(world, 0.9, MAY)
    lose(world)
    surprises.review_month(month=NOTICE, by=world.mona, at=TODAY)

    look_back(world, avoidable=False, at=JULY)

    (month,) = months.of(ledger.of(losses.everything(JULY), as_of=JULY), as_of=JULY)
    assert month.has_changed
    assert month.with_post_mortem == 1


def test_the_database_refuses_to_change_a_review(world):
    lose(world)
    surprises.review_month(month=NOTICE, by=world.mona, at=TODAY)

    with pytest.raises(DatabaseError), transaction.atomic():
        MonthReview.objects.update(losses=9)


@pytest.mark.parametrize("who", ["otto", "ada"])
def test_a_month_is_reviewed_by_who_sees_everybody_and_may_write(world, who):
    lose(world)

    with pytest.raises(permissions.NotAllowed):
        surprises.review_month(month=NOTICE, by=getattr(world, who), at=TODAY)


def test_there_is_nothing_to_review_without_a_loss_or_before_the_month(world):
    with pytest.raises(surprises.NothingLost):
        surprises.review_month(month=FEBRUARY.date(), by=world.mona, at=JUNE)
    with pytest.raises(surprises.MonthNotBegun):
        surprises.review_month(month=JULY.date(), by=world.mona, at=JUNE)
