"""What customers tell us: taken in once and verbatim, given to somebody, worked on."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps

from arbiter.accounts.permissions import NotAllowed
from arbiter.foundation import journal
from arbiter.foundation.journal import Line
from arbiter.voice.actions import answers, asks, feedback, links, machine_like
from arbiter.voice.models import Answer, Feedback, InboundMail
from arbiter.voice.queries import feedback as inbox
from arbiter.voice.queries.feedback import Filters
from arbiter.voice.rules import Arrival
from tests.facts import fact_names, last_fact
from tests.world import APRIL, JUNE, MAY

SLOW = "The import is slow. We wait for it every Monday."


def say(contact, value="8", *, at=JUNE, kind="nps", comment=SLOW, **more):
    return answers.give(
        contact=contact, kind=kind, value=value, by=contact, at=at, comment=comment, **more
    )


def receive(world, text="Exports would help", by=None, **more):
    told = {"customer": world.harbour, "source": "interview", "at": JUNE}
    return feedback.receive(text=text, by=by or world.ada, **told | more)


def test_the_comment_of_an_answer_is_in_the_inbox_verbatim(world):
    answer = say(world.cleo, language="en")

    found = Feedback.objects.get()
    assert (found.text, found.source, found.answer) == (SLOW, "answer", answer)
    assert (found.customer, found.contact, found.language) == (world.harbour, world.cleo, "en")
    assert (found.at, found.status, found.key) == (JUNE, "new", f"answer:{answer.key}")


def test_an_answer_without_words_is_not(world):
    say(world.cleo, comment="")

    assert not Feedback.objects.exists()


def test_what_would_make_it_a_yes_is_said_as_well(world):
    say(world.dora, "not_sure", kind="intent", comment="", would_make_it_yes="A pilot")

    assert Feedback.objects.get().text == "A pilot"


def test_a_form_sent_twice_and_a_fact_told_twice_are_one_piece(world):
    answer = say(world.cleo, submission="a" * 64)
    say(world.cleo, submission="a" * 64)
    line = Line("voice.answer_given", JUNE, "contact", world.cleo.pk, "voice.answer", answer.pk)
    journal.record_many([line, line])

    assert Feedback.objects.count() == 1


def test_a_machine_like_answer_is_left_out_until_a_person_lets_it_count(world):
    answer = say(world.cleo, arrival=Arrival(at=JUNE, trap="x"))
    assert not Feedback.objects.exists()

    machine_like.count(answer=answer, by=world.ada, at=JUNE)
    assert Feedback.objects.get().answer == answer

    machine_like.leave_out(answer=answer, by=world.ada, at=JUNE)
    assert not Feedback.objects.exists()


def test_what_somebody_works_on_already_stays(world):
    answer = say(world.cleo)
    feedback.assign(feedback=Feedback.objects.get(), owner=world.ben, by=world.ada, at=JUNE)
    Answer.objects.filter(pk=answer.pk).update(flagged=True, flag_reason="burst")
    say(world.cleo, arrival=Arrival(at=JUNE, trap="x"))

    assert Feedback.objects.get().answer == answer


def test_a_colleague_writes_down_what_was_said_elsewhere(world):
    found = receive(
        world, " Exports would help ", contact=world.cleo, goal_key="faster_onboarding",
        product_area=" Reports ", recorded_at=JUNE, at=MAY,
    )  # fmt: skip

    assert (found.text, found.product_area, found.goal_key) == (
        "Exports would help",
        "Reports",
        "faster_onboarding",
    )
    assert (found.at, found.recorded_at) == (MAY, JUNE)
    fact = last_fact()
    assert (fact.name, fact.customer_id) == ("voice.feedback_received", world.harbour.pk)
    assert "Exports" not in fact.data


def test_a_contact_may_say_it_themselves(world):
    found = receive(world, by=world.cleo, contact=world.cleo, source="reply")

    assert found.contact == world.cleo
    assert last_fact().by_kind == "contact"


def test_an_answers_reply_is_taken_once(world):
    answer = say(world.cleo, comment="")
    first = receive(world, contact=world.cleo, answer=answer, source="reply")

    assert receive(world, "Again", contact=world.cleo, answer=answer, source="reply") == first
    assert fact_names().count("voice.feedback_received") == 1


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"text": "  "}, feedback.NothingSaid),
        ({"source": "rumour"}, feedback.NoSuchSource),
    ],
)
def test_words_and_their_source_are_needed(world, wrong, refusal):
    with pytest.raises(refusal):
        receive(world, **wrong)


def test_nobody_elses_contact_said_it(world):
    with pytest.raises(feedback.FromElsewhere, match="Dov Dahl is not at Harbour"):
        receive(world, contact=world.dov)


def test_it_is_given_to_somebody_by_a_day_and_taken_back(world):
    found = receive(world)

    feedback.assign(feedback=found, owner=world.ben, due_on=date(2026, 6, 20), by=world.ada, at=JUNE)  # fmt: skip
    assert (found.owner, found.due_on) == (world.ben, date(2026, 6, 20))
    assert last_fact().details["owner"] == world.ben.pk

    feedback.assign(feedback=found, owner=None, by=world.ada, at=JUNE)
    found.refresh_from_db()
    assert (found.owner, found.due_on) == (None, None)


def test_its_status_moves_and_the_journal_keeps_where_from(world):
    found = receive(world)

    feedback.set_status(feedback=found, status="planned", by=world.ada, at=JUNE)
    feedback.set_status(feedback=found, status="planned", by=world.ada, at=JUNE)

    assert fact_names().count("voice.feedback_moved") == 1
    assert last_fact().details["before"] == "new"
    with pytest.raises(feedback.NoSuchStatus):
        feedback.set_status(feedback=found, status="lost", by=world.ada, at=JUNE)


def test_since_when_it_is_done_is_known_until_it_is_opened_again(world):
    found = receive(world)
    ends = []

    for at, status in ((APRIL, "done"), (MAY, "declined"), (JUNE, "in_work"), (JUNE, "done")):
        feedback.set_status(feedback=found, status=status, by=world.ada, at=at)
        found.refresh_from_db()
        ends.append(found.closed_at)

    assert ends == [APRIL, APRIL, None, JUNE]


def test_it_stands_in_the_way_of_a_goal(world):
    found = receive(world)

    feedback.relate(feedback=found, goal_key="faster_onboarding", product_area="Import", by=world.ada, at=JUNE)  # fmt: skip

    found.refresh_from_db()
    assert (found.goal_key, found.product_area) == ("faster_onboarding", "Import")
    assert last_fact().details["has_goal"] is True
    assert inbox.areas_in_use() == ["Import"]


@pytest.mark.parametrize("who", ["quinn", "otto"])
def test_only_those_who_look_after_the_customer_touch_it(world, who):
    found, by = receive(world), getattr(world, who)

    for attempt in (
        lambda: receive(world, by=by),
        lambda: feedback.assign(feedback=found, owner=None, by=by, at=JUNE),
        lambda: feedback.set_status(feedback=found, status="done", by=by, at=JUNE),
        lambda: feedback.relate(feedback=found, goal_key="", product_area="", by=by, at=JUNE),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert (found in inbox.visible_to(by)) == (who == "otto")


def listed(world, **filters):
    found = inbox.narrowed(inbox.visible_to(world.ada), Filters(**filters))
    return [each.text for each in inbox.page(found).rows]


def test_the_inbox_shows_what_is_open_the_newest_first(world):
    receive(world, "First", at=APRIL)
    done = receive(world, "Done", at=MAY)
    receive(world, "Newest")
    feedback.set_status(feedback=done, status="done", by=world.ada, at=JUNE)

    assert listed(world) == ["Newest", "First"]
    assert listed(world, status="done") == ["Done"]
    assert listed(world, status="all") == ["Newest", "Done", "First"]
    assert inbox.counts(inbox.visible_to(world.ada)) == {"new": 2, "done": 1}


def test_it_is_found_by_source_owner_area_and_words(world):
    ticket = receive(world, "Ticket 7: Import fails", source="ticket", product_area="Import")
    receive(world, "A talk", at=MAY)
    feedback.assign(feedback=ticket, owner=world.ben, by=world.ada, at=JUNE)

    for filters in (
        {"source": "ticket"},
        {"owner": world.ben.pk},
        {"product_area": "Import"},
        {"words": "import FAILS"},
    ):
        assert listed(world, **filters) == ["Ticket 7: Import fails"]
    assert [each.text for each in inbox.of_customer(world.harbour)] == [
        "Ticket 7: Import fails",
        "A talk",
    ]


def test_the_next_page_goes_on_where_this_one_ends(world):
    for number in range(5):
        receive(world, f"Number {number}", at=JUNE + timedelta(minutes=number))
    found = inbox.visible_to(world.ada)

    first = inbox.page(found, size=3)
    second = inbox.page(found, after=first.after, size=3)

    assert [each.text for each in [*first.rows, *second.rows]] == [f"Number {n}" for n in (4, 3, 2, 1, 0)]  # fmt: skip
    assert second.after is None


def test_what_was_said_before_there_was_an_inbox_comes_into_it(world):
    answer = say(world.cleo, language="en")
    say(world.dora, arrival=Arrival(at=JUNE, trap="x"))
    before = Feedback.objects.values().get()
    Feedback.objects.all().delete()

    import_module("arbiter.voice.migrations.0005b_comments_into_the_inbox").take(apps, None)

    found = Feedback.objects.values().get()
    assert found | {"id": 0, "language": ""} == before | {"id": 0, "language": ""}
    assert found["answer_id"] == answer.pk


def landing():
    """What the migration does with what was there before it."""
    return import_module("arbiter.voice.migrations.0010_earlier_feedback_knows_them_too")


def test_replies_from_before_find_their_question_by_the_link_of_the_mail(world):
    link, _ = links.make(contact=world.cleo, by=world.ada, at=MAY)
    verdict, intent = (
        asks.put(contact=world.cleo, kind=kind, channel="mail", link=link, by=world.ada, at=MAY)
        for kind in ("verdict", "intent")
    )
    told = [receive(world, contact=who, by=who, source="reply") for who in (world.cleo, world.dora)]
    other = receive(world, source="reply")
    for number, (piece, about) in enumerate(
        [*((each, f"voice.letter:{link.pk}") for each in told), (other, "elsewhere:1")]
    ):
        InboundMail.objects.create(
            message_id=str(number), sender_hash="x", received_at=MAY, feedback=piece, about=about
        )

    landing().link(apps, None)

    assert verdict.pk < intent.pk
    assert [each.ask for each in Feedback.objects.filter(source="reply").order_by("pk")] == [
        intent,
        None,
        None,
    ]


def test_what_was_done_before_was_so_when_the_journal_says_or_when_it_was_replied_to_or_told(world):
    told, replied, moved, still = (receive(world, text, at=APRIL) for text in "abcd")
    feedback.set_status(feedback=moved, status="done", by=world.ada, at=JUNE)
    Feedback.objects.filter(pk__in=[told.pk, replied.pk]).update(status="done")
    Feedback.objects.filter(pk=replied.pk).update(replied_at=MAY)
    Feedback.objects.update(closed_at=None)

    landing().close(apps, None)

    ends = Feedback.objects.order_by("pk").values_list("closed_at", flat=True)
    assert list(ends) == [APRIL, MAY, JUNE, None]
    assert still.status == "new"
