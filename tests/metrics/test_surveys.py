"""NPS, CSAT and CES: each person's newest answer, each scale by itself."""

from datetime import date, timedelta

import pytest

from arbiter.accounts.models import Contact
from arbiter.foundation.models import Person
from arbiter.voice.actions import surveys as verbs
from arbiter.voice.models import Answer, Ask
from arbiter.voice.queries import surveys
from tests.metrics.company import JUNE, customer, measure, names, noon, picture

pytestmark = pytest.mark.django_db


def person(of, number):
    return Contact.objects.create(key=f"{of.key}-{number}", customer=of, name=f"P{number}")


def answered(who, kind, value, *, on=date(2026, 6, 1), scale="", **more):
    at = noon(on)
    return Answer.objects.create(
        contact=who, kind=kind, value=str(value), scale=scale, at=at, recorded_at=at, **more
    )


def asked(who, kind, *, on=date(2026, 5, 20)):
    return Ask.objects.create(contact=who, kind=kind, at=noon(on), recorded_at=noon(on))


def twelve_six_two():
    harbour = customer("Harbour")
    for number, value in enumerate([10] * 12 + [8] * 6 + [3] * 2):
        answered(person(harbour, number), "nps", value)
    for number in range(40):
        asked(person(harbour, 100 + number), "nps")


def test_twelve_six_two_of_twenty_is_fifty():
    twelve_six_two()

    found = measure("nps")

    told = found.estimate
    assert (told.value, told.n) == (50, 20)
    assert (round(told.low), round(told.high)) == (15, 72)
    assert found.details["parts"]["margin"] == pytest.approx(29, abs=0.5)
    assert told.note == "20 of 60 asked have answered."


def test_the_response_rate_counts_who_was_asked_or_answered():
    twelve_six_two()

    found = measure("nps_response_rate")

    assert (found.count, found.estimate.n) == (20, 60)
    assert found.estimate.value == pytest.approx(1 / 3)


def test_each_persons_newest_answer_within_a_year_counts():
    harbour = customer("Harbour")
    once, long_ago = person(harbour, 1), person(harbour, 2)
    answered(once, "nps", 3, on=date(2026, 1, 1))
    answered(once, "nps", 9, on=date(2026, 6, 1))
    answered(long_ago, "nps", 0, on=JUNE - timedelta(days=366))

    found = measure("nps")

    assert (found.estimate.value, found.estimate.n) == (100, 1)


def test_flagged_answers_and_answers_off_the_scale_do_not_count():
    harbour = customer("Harbour")
    answered(person(harbour, 1), "nps", 9)
    answered(person(harbour, 2), "nps", 11)
    answered(person(harbour, 3), "nps", "ten")
    answered(person(harbour, 4), "nps", 0, flagged=True)

    assert measure("nps").estimate.n == 1


def test_detractors_open_to_their_customers_the_lowest_first():
    for number, (name, value) in enumerate((("Six", 6), ("Zero", 0), ("Ten", 10))):
        answered(person(customer(name), number), "nps", value)
    seen = picture()

    found = measure("nps", seen=seen)

    assert names(found, "detractors", seen) == ["Zero", "Six"]
    assert names(found, "promoters", seen) == ["Ten"]


def test_who_was_asked_and_is_silent_is_listed():
    asked(person(customer("Silent"), 1), "nps")
    answered(person(customer("Loud"), 2), "nps", 9)
    seen = picture()

    assert names(measure("nps_response_rate", seen=seen), "no_reply", seen) == ["Silent"]


def test_scales_are_never_mixed():
    harbour = customer("Harbour")
    for number, value in enumerate([5, 4, 3, 2]):
        answered(person(harbour, number), "csat", value, scale="1-5")
    for number, value in enumerate([10, 9, 1]):
        answered(person(harbour, 10 + number), "csat", value, scale="1-10")

    found = measure("csat")

    assert (found.estimate.value, found.count, found.estimate.n) == (0.5, 2, 4)
    assert "3 answers on other scales" in found.estimate.note
    assert [each["n"] for each in found.details["scales"]] == [4, 3]
    assert [each["mean"]["value"] for each in found.details["scales"]] == [3.5, 20 / 3]


def test_the_older_effort_question_reads_the_other_way():
    harbour = customer("Harbour")
    for number, value in enumerate([1, 2, 5]):
        answered(person(harbour, number), "ces", value, scale="1-5")

    found = measure("ces")

    assert found.count == 2
    assert found.details["scales"][0]["scale"] == "1-5, 1 is best"


def test_effort_and_its_inverse_are_two_scales_though_both_run_to_seven():
    harbour = customer("Harbour")
    easy, hard = (surveys.newest(surveys.by_key(key)) for key in ("ces", "ces_inverse"))
    by = Person.objects.system()
    for version, value, number in ((easy, 7, 1), (easy, 6, 2), (hard, 1, 3)):
        stored = verbs.adopted(version=version, by=by, at=noon(date(2026, 5, 1)))
        answered(person(harbour, number), "ces", value, scale="1-7", version=stored)

    found = measure("ces")

    assert [(each["scale"], each["n"]) for each in found.details["scales"]] == [
        ("1-7, 7 is best", 2),
        ("1-7, 1 is best", 1),
    ]
    assert [each["top_two"]["value"] for each in found.details["scales"]] == [1, 1]


def test_an_answer_without_a_scale_is_on_the_usual_one():
    answered(person(customer("Harbour"), 1), "csat", 5)
    answered(person(customer("Quay"), 2), "ces", 7)

    assert measure("csat").details["scales"][0]["scale"] == "1-5, 5 is best"
    assert measure("ces").details["scales"][0]["scale"] == "1-7, 7 is best"


def test_a_scale_that_cannot_be_read_is_nobodys():
    answered(person(customer("Harbour"), 1), "csat", 4, scale="stars")

    assert measure("csat").estimate.note == "No answers in the last year."


def test_no_answers_are_said():
    assert measure("nps").estimate.note == "No answers in the last year."
    assert measure("nps_response_rate").estimate.note == "Nobody was asked in the last year."
