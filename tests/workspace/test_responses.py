"""The pages of the responses: counts that open to names, scores with intervals, comments, one customer's voice."""

from datetime import timedelta
from decimal import Decimal

import pytest

from arbiter.accounts.models import Contact
from arbiter.forecast.actions import beliefs, standings
from arbiter.voice.actions import answers, asks, feedback
from arbiter.voice.models import Answer, Ask
from tests.browser import objections
from tests.portal.test_letter import text
from tests.world import MAY, TODAY

PAGES = ("/responses/", "/responses/asks/", "/responses/customers/", "/comments/")


def say(contact, value, *, kind="nps", scale="0-10", at=MAY, **more):
    return answers.give(
        contact=contact, kind=kind, value=value, scale=scale, by=contact, at=at, **more
    )


@pytest.fixture
def told(world):
    """Twelve more people at Harbour, asked for an NPS; ten have answered."""
    people = [
        Contact.objects.create(
            key=f"crew-{number}", customer=world.harbour, name=f"Crew {number:02d}", role="user"
        )
        for number in range(12)
    ]
    for number, contact in enumerate(people):
        ask = asks.put(contact=contact, kind="nps", channel="link", by=world.olga, at=MAY)
        if number < 10:
            say(contact, str(number), ask=ask, comment=f"Words of {number}")
    return world


@pytest.fixture
def look(client, world):
    """What somebody sees at an address."""

    def look(who, address):
        client.force_login(getattr(world, who))
        return client.get(address)

    return look


def test_the_rate_has_its_interval_and_its_base(told, look):
    seen = text(look("mona", "/responses/"))

    assert "83% 55–95%" in seen
    assert "of 12 delivered at least 14 days ago" in seen


def test_below_ten_there_is_no_percentage(world, look):
    for contact in (world.cleo, world.dora):
        asks.put(contact=contact, kind="nps", channel="link", by=world.olga, at=MAY)
    say(world.cleo, "9")

    page = look("mona", "/responses/")

    assert "1 of 2" in text(page)
    assert "Too few to say" in text(page)
    main = text(page).partition("Who was asked")[2]
    assert "%" not in main.replace("%2", "")


def test_a_score_tells_its_bands_which_open_to_names(told, look):
    page = look("mona", "/responses/")

    (score,) = page.context["scores"]
    assert (score.shown, score.n) == ("−60", 10)
    detractors = next(band for band in score.bands if band["label"].startswith("Detractors"))
    assert detractors["count"] == 7
    names = look("mona", detractors["url"])
    assert len(names.context["lines"]) == 7


def test_every_count_opens_to_as_many_names(told, look):
    page = look("mona", "/responses/")

    for row in (*page.context["roles"]["rows"], *page.context["kinds"]["rows"]):
        for cell in row["counts"]:
            assert len(look("mona", cell["url"]).context["lines"]) == cell["count"], cell


def test_what_is_kept_is_counted_anew_once_somebody_answers(told, look):
    standings.rebuild(as_of=TODAY)
    assert look("mona", "/responses/").context["total"].answered == 10
    late = Ask.objects.get(contact__key="crew-11")

    say(late.contact, "10", ask=late, at=TODAY)

    assert look("mona", "/responses/").context["total"].answered == 11
    assert look("quinn", "/responses/").context["total"].answered == 0


def test_coverage_opens_to_customers(told, look):
    rows = {row["label"]: row for row in look("mona", "/responses/").context["coverage"]}

    spoke = rows["Somebody answered, nobody who decides"]
    assert (spoke["customers"], spoke["amount"]) == (1, "€48k")
    assert "Harbour" in text(look("mona", spoke["url"]))
    assert "Quay" not in text(look("mona", spoke["url"]))


def test_whoever_looks_after_others_sees_none_of_it(told, look):
    assert look("quinn", "/responses/").context["total"].asked == 0
    assert "Crew" not in text(look("quinn", "/responses/asks/"))
    assert "Words of" not in text(look("quinn", "/comments/"))
    assert look("quinn", f"/customers/{told.harbour.pk}/voice/").status_code == 404


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "query",
    ["?months=soon&kind=x&role=y&state=z&band=q", "?after=nonsense", "?q=%00&segment=%00", "?after=%00_1", "?mine=yes&months=3"],
)  # fmt: skip
def test_an_address_that_makes_no_sense_shows_something(told, look, page, query):
    assert look("mona", page + query).status_code == 200


def test_names_come_a_page_at_a_time(told, look, monkeypatch):
    monkeypatch.setattr("arbiter.workspace.responses.names.SIZE", 7)
    first = look("mona", "/responses/asks/")
    second = look("mona", "/responses/asks/" + first.context["next_url"])

    names = [line.ask.contact.name for page in (first, second) for line in page.context["lines"]]
    assert sorted(names) == [f"Crew {number:02d}" for number in range(12)]
    assert second.context["next_url"] == ""


def test_comments_are_found_by_a_word(told, look):
    page = look("mona", "/comments/?q=words+of+3")

    assert [line.answer.comment for line in page.context["lines"]] == ["Words of 3"]


def test_an_answer_that_waits_for_a_belief_is_not_told(world, look):
    say(world.dora, "no", kind="intent", scale="", comment="We leave", at=TODAY)

    assert "We leave" not in text(look("ada", "/comments/"))
    assert "We leave" not in text(look("ada", f"/customers/{world.harbour.pk}/voice/"))
    beliefs.log(contract=world.harbour_contract, probability=Decimal("0.9"), by=world.ada, at=TODAY)
    assert "We leave" in text(look("ada", "/comments/"))
    assert "We leave" in text(look("ada", f"/customers/{world.harbour.pk}/voice/"))


def test_many_sealed_answers_are_left_out_by_the_rule(world, look, monkeypatch):
    monkeypatch.setattr("arbiter.workspace.responses.kept.MOST_SEALED", 0)
    say(world.dora, "no", kind="intent", scale="", comment="We leave", at=TODAY)
    say(world.cleo, "9", comment="We stay")

    seen = text(look("ada", "/comments/"))

    assert "We leave" not in seen
    assert "We stay" in seen


def test_a_customers_voice_is_a_part_of_its_page(told, look):
    page = look("ada", f"/customers/{told.harbour.pk}/voice/")

    assert page.context["total"].answered == 10
    assert len(page.context["lines"]) == 10
    assert "“Words of 9”" in text(page)


def test_a_reply_by_mail_is_read_beside_the_answer(told, look):
    ask = Ask.objects.get(contact__key="crew-3")
    feedback.receive(
        customer=told.harbour, contact=ask.contact, text="<b>It fails</b>, says he", source="reply",
        ask=ask, by=ask.contact, at=TODAY,
    )  # fmt: skip

    for page in ("/comments/?q=says", f"/customers/{told.harbour.pk}/voice/"):
        seen = look("mona", page).content.decode()
        assert seen.count("Wrote back") == 1
        assert "“&lt;b&gt;It fails&lt;/b&gt;, says he”" in seen
        assert "“Words of 3”" in seen


def test_customers_words_run_nothing(world, look):
    say(world.cleo, "9", comment="<script>alert(1)</script>")

    assert "<script>alert" not in look("mona", "/comments/").content.decode()


@pytest.mark.parametrize(
    ("page", "most"), [("/responses/", 27), ("/responses/asks/", 14), ("/responses/customers/", 18), ("/comments/", 17)]
)  # fmt: skip
def test_the_number_of_queries_does_not_grow(
    told, client, page, most, django_assert_max_num_queries
):
    client.force_login(told.mona)

    with django_assert_max_num_queries(most):
        client.get(page)


def test_nothing_is_recorded_by_looking(told, look, everything_but_sessions):
    look("mona", "/responses/")
    before = everything_but_sessions()

    for page in (*PAGES, f"/customers/{told.harbour.pk}/voice/"):
        look("mona", page)

    assert everything_but_sessions() == before


def test_an_empty_company_is_invited_to_ask(world, look):
    assert "Nobody was asked in this time" in text(look("mona", "/responses/"))
    assert "No such comment" in text(look("mona", "/comments/"))


def test_what_was_asked_yesterday_is_still_open(world, look):
    ask = asks.put(contact=world.cleo, kind="nps", channel="mail", by=world.olga, at=TODAY)
    Ask.objects.filter(pk=ask.pk).update(delivered_at=TODAY)

    seen = text(look("mona", "/responses/asks/?state=waiting"))

    assert "Cleo Castro" in seen
    assert Answer.objects.count() == 0


@pytest.mark.sweep
@pytest.mark.browser
@pytest.mark.parametrize("page", [*PAGES, "/customers/{}/voice/"])
def test_everybody_can_read_it(told, live_server, open_page, signed_in, page):
    for day in range(3):
        say(told.dora, "4", kind="csat", scale="1-5", at=MAY + timedelta(days=day))

    seen = open_page(live_server.url + page.format(told.harbour.pk), cookies=signed_in(told.mona))

    assert objections(seen) == []
