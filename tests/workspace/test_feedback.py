"""The inbox: everything customers told us; who sees to it; themes; and what they were told."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from arbiter.engagement.actions import promises
from arbiter.foundation.models import OutboxMail
from arbiter.voice.actions import answers, feedback, themes
from arbiter.voice.models import Feedback, Sorting, Theme
from tests.browser import objections
from tests.world import JUNE, MAY

INBOX = "/feedback/"
SLOW = "The import is slow & <we> wait."


@pytest.fixture
def ada(client, world):
    client.force_login(world.ada)
    return world.ada


@pytest.fixture
def piece(world):
    return feedback.receive(
        customer=world.harbour, contact=world.cleo, text=SLOW, source="interview", by=world.ada, at=MAY
    )  # fmt: skip


@pytest.fixture
def theme(world, piece):
    made = themes.make(name="Slow imports", by=world.ada, at=MAY)
    themes.sort(theme=made, feedback=[piece], by=world.ada, at=MAY)
    return made


def page(client, url=INBOX, **more):
    return client.get(url, more).content.decode()


def post(client, name, pk, /, **data):
    return client.post(reverse(f"workspace:{name}", args=[pk]), data, follow=True)


def test_the_inbox_shows_who_said_what_and_how_far_it_is(client, ada, world, piece, theme):
    feedback.assign(feedback=piece, owner=world.ben, due_on=MAY.date(), by=ada, at=MAY)

    shown = page(client)

    assert "The import is slow &amp; &lt;we&gt; wait." in shown
    for words in ("Cleo Castro", "Harbour", "Slow imports", "Ben Brandt", "overdue", "Interview"):
        assert words in shown


def test_a_stranger_to_the_customer_sees_nothing_of_it(client, world, piece):
    client.force_login(world.quinn)

    assert "The import is slow" not in page(client)
    assert client.get(f"{INBOX}{piece.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        ({"status": "done"}, False),
        ({"status": "all"}, True),
        ({"source": "ticket"}, False),
        ({"source": "interview"}, True),
        ({"theme": "none"}, False),
        ({"mine": "yes"}, False),
        ({"q": "IMPORT"}, True),
        ({"q": "export"}, False),
        ({"area": "Reports"}, False),
        ({"status": "eaten", "theme": "x", "source": "y", "after": "z"}, True),
    ],
)
def test_it_is_narrowed_as_the_address_says(client, ada, theme, choice, found):
    assert ("Cleo Castro" in page(client, **choice)) is found


def test_what_is_answered_about_continuing_stays_sealed(client, ada, world):
    answers.give(
        contact=world.dora,
        kind="intent",
        value="no",
        by=world.dora,
        at=JUNE,
        comment="We leave you",
    )
    found = Feedback.objects.get()

    assert "Sealed until somebody says what they believe" in page(client)
    for shown in (page(client), page(client, q="leave"), page(client, f"{INBOX}{found.pk}/")):
        assert "We leave you" not in shown
    assert "Dora Diaz" not in page(client, q="leave")


def test_the_inbox_costs_the_same_number_of_queries_for_one_and_for_fifty(client, ada, world):
    def receive(count):
        for number in range(count):
            feedback.receive(
                customer=world.harbour, contact=world.cleo, text=f"Words {number}", source="ticket",
                by=world.ada, at=MAY + timedelta(minutes=number),
            )  # fmt: skip

    receive(1)
    page(client)
    with CaptureQueriesContext(connection) as one:
        page(client)
    receive(60)
    with CaptureQueriesContext(connection) as fifty:
        shown = page(client)
    assert len(one) == len(fifty) <= OURS + SHELLS
    assert sum("voice_" in query["sql"] for query in fifty) == OURS
    assert shown.count("data-table__link") == 50
    older = shown.split("after=")[1].split('"')[0]
    assert client.get(f"{INBOX}?after={older}").content.decode().count("data-table__link") == 11


# The rows, those in the way of a goal, how many by status, the themes, the parts of our product, the places, how many were
# told and how soon, and the themes of the rows; session, person and what the
# shell counts come on top.
OURS = 9
SHELLS = 9


def test_a_piece_is_given_to_somebody_moved_and_related(client, ada, world, piece):
    post(client, "feedback-assignment", piece.pk, owner=world.ben.pk, due_on="2026-06-20")
    post(client, "feedback-status", piece.pk, status="planned")
    post(client, "feedback-relation", piece.pk, goal_key="faster_onboarding", product_area="Import")

    piece.refresh_from_db()
    assert (piece.owner, piece.status, piece.goal_key) == (world.ben, "planned", "faster_onboarding")  # fmt: skip
    assert "Import" in page(client)
    assert "Choose how far it is" in post(client, "feedback-status", piece.pk, status="x").content.decode()  # fmt: skip
    assert post(client, "feedback-relation", piece.pk, goal_key="more_bookings").status_code == 422


def test_a_piece_is_put_into_a_theme_and_taken_out(client, ada, piece, theme):
    post(client, "feedback-sorting", piece.pk, theme=theme.pk, decision="no")
    assert not Sorting.objects.get().is_confirmed

    post(client, "feedback-sorting", piece.pk, theme=theme.pk)
    assert Sorting.objects.get().is_confirmed
    assert "Choose a theme" in post(client, "feedback-sorting", piece.pk, theme="0").content.decode()  # fmt: skip


def test_the_giver_is_told_and_the_page_shows_it(client, ada, piece):
    refused = post(client, "feedback-replies", piece.pk, text=" ")
    told = post(client, "feedback-replies", piece.pk, text="Ten times faster.")

    assert refused.status_code == 422
    assert "They are told." in told.content.decode()
    assert "Ten times faster." in told.content.decode()
    assert OutboxMail.objects.get().to == "cleo@harbour.test"


def test_why_somebody_is_not_told_stands_in_the_form(client, ada, world, piece):
    world.cleo.email = ""
    world.cleo.save()

    refused = post(client, "feedback-replies", piece.pk, text="Faster.")

    assert refused.status_code == 422
    assert "Cleo Castro has no mail address." in refused.content.decode()


def test_what_was_said_elsewhere_is_written_down(client, ada, world):
    told = {"text": "Exports!", "source": "ticket", "on": "2026-05-20", "contact": world.cleo.pk}
    post(client, "customer-feedback-new", world.harbour.pk, **told)

    found = Feedback.objects.get()
    assert (found.text, found.source, found.contact) == ("Exports!", "ticket", world.cleo)
    assert (found.at.date().isoformat(), found.recorded_at) == ("2026-05-20", JUNE)
    assert post(client, "customer-feedback-new", world.harbour.pk, text="").status_code == 422


def test_themes_are_named_and_weighed(client, ada, world, piece, theme):
    feedback.relate(feedback=piece, goal_key="faster_onboarding", product_area="", by=ada, at=MAY)

    shown = page(client, f"{INBOX}themes/")
    assert "€48k" in shown
    assert "Slow imports" in shown
    assert "New crews should be productive" in page(client, f"{INBOX}themes/{theme.pk}/")
    made = client.post(f"{INBOX}themes/", {"name": "Price"}, follow=True)
    assert "Price" in made.content.decode()
    assert client.post(f"{INBOX}themes/", {"name": "price"}).status_code == 422
    assert "Slow imports" in page(client, f"{INBOX}themes/", days="90")


def test_words_propose_themes_that_a_person_takes(client, ada, world):
    for text in ("The import is slow", "Importing files is slow", "Our import is too slow", "Slow import on Mondays",
                 "The price is too high", "The price went up", "We cannot pay this price", "Price is the issue"):  # fmt: skip
        feedback.receive(customer=world.harbour, text=text, source="ticket", by=ada, at=MAY)

    proposed = page(client, f"{INBOX}proposals/")
    assert proposed.count("Take it as a theme") == 2
    assert not Theme.objects.exists()

    chosen = [each.pk for each in Feedback.objects.filter(text__icontains="price")]
    taken = client.post(f"{INBOX}proposals/", {"name": "Price", "feedback": chosen}, follow=True)
    assert "4 pieces are in “Price”." in taken.content.decode()
    again = client.post(f"{INBOX}proposals/", {"name": "price", "feedback": chosen[:1]}, follow=True)  # fmt: skip
    assert Theme.objects.count() == 1
    assert again.status_code == 200
    nothing = client.post(f"{INBOX}proposals/", {"name": ""}, follow=True)
    assert "choose what belongs to it" in nothing.content.decode()


def test_new_feedback_is_suggested_and_decided_about(client, ada, world, theme):
    feedback.receive(customer=world.harbour, text="Import is slow again", source="ticket", by=ada, at=JUNE)  # fmt: skip

    said = client.post(f"{INBOX}suggestions/", follow=True).content.decode()
    assert "One piece waits for a decision." in said
    new = Feedback.objects.latest("pk")
    assert "They belong here" in page(client, f"{INBOX}themes/{theme.pk}/")
    post(client, "feedback-theme-members", theme.pk, feedback=new.pk, decision="yes")
    assert Sorting.objects.get(feedback=new).is_confirmed
    again = client.post(f"{INBOX}suggestions/", follow=True).content.decode()
    assert "Nothing new is like any theme." in again


def test_a_theme_is_changed_told_renamed_and_put_away(client, ada, theme):
    assert post(client, "feedback-theme-change", theme.pk, change="").status_code == 422
    post(client, "feedback-theme-change", theme.pk, change="Imports run in parts.")
    told = post(client, "feedback-theme-replies", theme.pk, text="Imports run in parts.")
    assert "1 person is told." in told.content.decode()
    again = post(client, "feedback-theme-replies", theme.pk, text="Again")
    assert "Everyone of this theme was told already" in again.content.decode()

    assert post(client, "feedback-theme-description", theme.pk, name="").status_code == 422
    post(client, "feedback-theme-description", theme.pk, name="Imports")
    post(client, "feedback-theme-description", theme.pk, decision="archive")
    theme.refresh_from_db()
    assert (theme.name, theme.archived_at) == ("Imports", JUNE)
    refused = post(client, "feedback-theme-members", theme.pk, feedback="1")
    assert "was put away" in refused.content.decode()
    post(client, "feedback-theme-description", theme.pk, decision="restore")
    theme.refresh_from_db()
    assert theme.archived_at is None


def test_who_is_left_out_of_a_theme_is_named_with_the_reason(client, ada, world, theme):
    world.cleo.email = ""
    world.cleo.save()

    told = post(client, "feedback-theme-replies", theme.pk, text="Faster.").content.decode()

    assert "0 people are told." in told
    assert "Cleo Castro has no mail address." in told


def test_looking_records_nothing(client, ada, theme, piece, everything_but_sessions):
    before = everything_but_sessions()

    for url in (INBOX, f"{INBOX}{piece.pk}/", f"{INBOX}themes/", f"{INBOX}themes/{theme.pk}/", f"{INBOX}proposals/"):  # fmt: skip
        assert client.get(url).status_code == 200

    assert everything_but_sessions() == before


@pytest.mark.browser
@pytest.mark.sweep
@pytest.mark.django_db(transaction=True)
def test_everybody_can_read_the_pages(world, theme, piece, live_server, open_page, signed_in):
    for number in range(8):
        feedback.receive(customer=world.harbour, text=f"The export is slow on day {number}", source="ticket",
                         by=world.ada, at=MAY)  # fmt: skip
    promises.make(customer=world.harbour, text="A day", by=world.ada, at=MAY, due_on=MAY.date())
    new = feedback.receive(customer=world.harbour, text="Import slow", source="ticket", by=world.ada, at=MAY)  # fmt: skip
    Sorting.objects.create(feedback=new, theme=theme, suggested_at=MAY)
    page = open_page(live_server.url, cookies=signed_in(world.abe))

    for path in (
        INBOX,
        f"{INBOX}{piece.pk}/",
        f"{INBOX}themes/",
        f"{INBOX}themes/{theme.pk}/",
        f"{INBOX}proposals/",
        "/promises/",
        f"/customers/{world.harbour.pk}/feedback/new/",
        f"/customers/{world.harbour.pk}/promises/new/",
        "/settings/you/digest/",
        "/settings/digests/",
    ):
        page.goto(live_server.url + path)
        assert objections(page) == [], path


def test_what_stands_in_the_way_of_a_goal_goes_first(client, ada, world, piece):
    goal = world.faster_onboarding.key
    old = {"by": ada, "at": MAY - timedelta(days=30)}
    feedback.receive(customer=world.harbour, text="Old block", source="ticket", goal_key=goal, **old)  # fmt: skip

    shown, blocking = page(client), page(client, blocking="yes")

    assert shown.index("Old block") < shown.index("The import is slow")
    assert "The import is slow" not in blocking
    assert "Old block" in blocking


def test_a_place_that_only_a_file_named_is_a_choice_too(client, ada, world, piece):
    told = {"customer": world.harbour, "source": "other", "by": ada, "at": MAY}
    heard = feedback.receive(text="Heard there", **told)
    Feedback.objects.filter(pk=heard.pk).update(source="user_group")

    assert "User group" in page(client)
    assert "The import is slow" not in page(client, source="user_group")


def test_how_soon_givers_were_told_is_said_from_ten_on(client, ada, world):
    told = {"customer": world.harbour, "source": "ticket", "by": ada, "at": MAY}
    for number in range(10):
        feedback.receive(text=f"Ticket {number}", **told)
    Feedback.objects.exclude(text="Ticket 9").update(replied_at=MAY + timedelta(days=4))
    assert "Of 10 pieces of a year besides answers, 9 were told back." in page(client)

    Feedback.objects.update(replied_at=MAY + timedelta(days=4, hours=5))

    assert "10 were told back, half of them within 4.2 days." in page(client)
