"""Surveys: made, revised, worded, archived; and read in the language somebody reads."""

import pytest

from arbiter.accounts.permissions import NotAllowed
from arbiter.voice import library
from arbiter.voice.actions import surveys
from arbiter.voice.models import Survey, SurveyVersion, Wording
from arbiter.voice.queries import surveys as known
from tests.facts import fact_names
from tests.world import APRIL, JUNE, MAY

PARTS = [
    {"id": "rating", "type": "scale"},
    {"id": "feature", "type": "choice", "choices": ["berths", "crews"]},
    {"id": "why", "type": "text"},
    {"id": "quote", "type": "consent"},
]
WORDS = {
    "subject": "{name}, how was the training?",
    "question": "How useful was the training?",
    "low": "Useless",
    "high": "Useful",
    "choices": {"berths": "Berths", "crews": "Crews"},
    "parts": {"feature": "What do you use?", "why": "Why?"},
    "consent": "May we quote you?",
}


def make(world, **changes):
    told = {"name": "Training", "parts": PARTS, "words": {"en": WORDS}, "scale": "1-5"}
    return surveys.make(**{**told, "kind": "custom", "by": world.mona, "at": MAY, **changes})


def test_the_library_is_there_before_it_is_stored(world):
    standing = known.standing()

    assert [each.key for each in standing] == [each.key for each in library.BUILT_IN]
    assert Survey.objects.count() == 0
    nps = known.by_key("nps")
    version = known.newest(nps)
    assert (nps.pk, version.pk, version.scale) == (None, None, "0-10")
    assert known.wording(version, "de").words["low"] == "Überhaupt nicht wahrscheinlich"


def test_adopting_the_library_stores_each_survey_once(world):
    first = surveys.adopt_library(by=world.mona, at=MAY)
    again = surveys.adopt_library(by=world.mona, at=JUNE)

    assert (len(first), again) == (len(library.BUILT_IN), [])
    assert Wording.objects.count() == len(library.BUILT_IN) * len(library.LANGUAGES)
    assert set(fact_names()) == {"voice.survey_made"}
    assert [each.pk is None for each in known.standing()] == [False] * len(first)


def test_what_is_stored_says_what_the_library_says(world):
    before = known.wordings_of(of("ces"))

    stored = surveys.adopted(version=of("ces"), by=world.ada, at=MAY)

    assert known.wordings_of(stored) == before
    assert surveys.adopted(version=of("ces"), by=world.ada, at=MAY) == stored
    assert surveys.adopted(version=stored, by=world.ada, at=MAY) is stored
    assert fact_names() == ["voice.survey_made"]


def of(key):
    return known.newest(known.by_key(key))


def test_a_survey_of_our_own_has_parts_and_words(world):
    survey = make(world)

    version = known.newest(survey)
    assert [part.id for part in known.parts_of(version)] == ["rating", "feature", "why", "quote"]
    assert known.wording(version, "en").words == WORDS
    assert (version.number, version.made_by, version.scale) == (1, world.mona, "1-5")
    assert fact_names() == ["voice.survey_made"]
    assert survey in known.standing()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": " "}, "Give it a name"),
        ({"kind": "mood"}, "what kind"),
        ({"purpose": "fun"}, "what kind"),
        ({"parts": []}, "from one to 12"),
        ({"parts": [{"id": "A b", "type": "text"}]}, "small letters"),
        ({"parts": [{"id": "a", "type": "colour"}]}, "nothing that can be asked"),
        ({"parts": [{"id": "a", "type": "choice", "choices": ["one"]}]}, "one of two"),
        ({"parts": [{"id": "a", "type": "choice", "choices": ["x", "x"]}]}, "of its own"),
        ({"parts": [{"id": "a", "type": "text", "choices": ["x", "y"]}]}, "Only a choice"),
        ({"parts": [{"id": "a", "type": "text"}, {"id": "a", "type": "date"}]}, "same name"),
        ({"parts": [{"id": "a", "type": "consent"}]}, "before the consent"),
        ({"parts": [{"id": "a", "type": "text"}, {"id": "b", "type": "scale"}]}, "comes first"),
        ({"parts": [{"id": "a", "type": "text"}], "scale": "1-5"}, "with a scale"),
        ({"scale": "5"}, "three to 11"),
        ({"scale": "1-2"}, "three to 11"),
        ({"scale": "0-100"}, "three to 11"),
        ({"direction": "sideways"}, "which end"),
        ({"kind": "intent"}, "by the letter alone"),
        ({"kind": "nps"}, "from 0 to 10"),
        ({"kind": "nps", "scale": "0-10", "direction": "down"}, "from 0 to 10"),
        ({"kind": "csat", "parts": [{"id": "a", "type": "text"}], "scale": ""}, "on a scale"),
        ({"words": {}}, "one language"),
        ({"words": {"not a language": WORDS}}, "named like en"),
        ({"words": {"en": {**WORDS, "question": ""}}}, "the question"),
        ({"words": {"en": {**WORDS, "low": ""}}}, "the low end"),
        ({"words": {"en": {**WORDS, "choices": {"crews": "Crews"}}}}, "the choice “berths”"),
        ({"words": {"en": {**WORDS, "parts": {"why": "Why?"}}}}, "the question “feature”"),
        ({"words": {"en": {**WORDS, "consent": ""}}}, "the consent"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_reason(world, changes, sentence):
    with pytest.raises((surveys.NotASurvey, surveys.WordsMissing), match=sentence):
        make(world, **changes)

    assert Survey.objects.count() == 0


def test_only_those_who_lead_word_surveys(world):
    survey = make(world)
    version = known.newest(survey)

    for verb in (
        lambda: make(world, by=world.ada),
        lambda: surveys.archive(survey=survey, by=world.otto, at=MAY),
        lambda: surveys.restore(survey=survey, by=world.ada, at=MAY),
        lambda: surveys.word(version=version, language="de", words=WORDS, by=world.ben, at=MAY),
        lambda: surveys.revise(
            survey=survey, parts=PARTS, words={"en": WORDS}, scale="1-5", by=world.ada, at=MAY
        ),
    ):
        with pytest.raises(NotAllowed, match="word surveys"):
            verb()


def test_a_new_version_follows_and_the_old_one_stays(world):
    survey = make(world)

    newer = surveys.revise(
        survey=survey, parts=PARTS, words={"en": WORDS}, scale="1-10", by=world.mona, at=JUNE
    )

    assert known.newest(survey) == newer
    assert known.newest(survey, as_of=MAY).scale == "1-5"
    assert known.newest(survey, as_of=APRIL) is None
    assert [each.number for each in known.versions_of(survey)] == [2, 1]
    assert known.newest_of([survey, known.by_key("nps")])["nps"].scale == "0-10"
    assert known.newest_of([survey])[survey.key] == newer
    assert fact_names() == ["voice.survey_made", "voice.survey_revised"]


def test_what_the_letter_asks_is_not_revised(world):
    with pytest.raises(surveys.NotASurvey, match="by the letter alone"):
        surveys.revise(
            survey=known.by_key("intent"),
            parts=PARTS,
            words={"en": WORDS},
            scale="1-5",
            by=world.mona,
            at=MAY,
        )


def test_revising_a_survey_of_the_library_stores_its_first_version_beside(world):
    newer = surveys.revise(
        survey=known.by_key("csat"),
        parts=PARTS,
        words={"en": WORDS},
        scale="1-5",
        by=world.mona,
        at=MAY,
    )

    assert [each.number for each in known.versions_of(newer.survey)] == [2, 1]
    assert SurveyVersion.objects.get(key="csat-1").wordings.count() == 6


def test_words_set_anew_follow_and_the_earlier_ones_stay(world):
    version = surveys.adopted(version=of("nps"), by=world.mona, at=APRIL)
    better = {**library.words("nps", "de"), "question": "Empfehlen Sie {vendor} weiter?"}

    surveys.word(version=version, language="de", words=better, by=world.mona, at=JUNE)

    assert known.wording(version, "de").words == better
    assert known.wording(version, "de", as_of=MAY).words == library.words("nps", "de")
    assert fact_names()[-1] == "voice.survey_worded"


def test_a_version_of_the_library_can_be_worded_at_once(world):
    wording = surveys.word(
        version=of("nps"), language="nl", words=library.words("nps", "en"), by=world.abe, at=MAY
    )

    assert known.wording(wording.version, "nl").language == "nl"


def test_what_is_put_away_is_not_asked_and_comes_back(world):
    survey = surveys.archive(survey=known.by_key("csat_10"), by=world.mona, at=MAY)

    assert survey.key not in {each.key for each in known.standing()}
    assert known.archived() == [survey]
    with pytest.raises(surveys.PutAway, match="is archived"):
        surveys.archive(survey=survey, by=world.mona, at=MAY)
    surveys.restore(survey=survey, by=world.mona, at=JUNE)
    surveys.restore(survey=survey, by=world.mona, at=JUNE)
    assert survey.key in {each.key for each in known.standing()}
    assert fact_names()[-2:] == ["voice.survey_archived", "voice.survey_restored"]


@pytest.mark.parametrize(
    ("theirs", "customers", "ours", "shown"),
    [
        ("fr", "de", "es", "fr"),
        ("", "de", "es", "de"),
        ("", "", "es", "es"),
        ("nl", "", "en", "en"),
        ("nl", "de-AT", "en", "de"),
        ("pt", "", "nl", "en"),
    ],
)
def test_words_fall_back_from_the_person_to_english(world, theirs, customers, ours, shown):
    world.cleo.language, world.harbour.language, world.company.language = theirs, customers, ours
    world.cleo.customer = world.harbour
    world.company.save()

    worded = known.wording(of("nps"), known.languages_of(world.cleo))

    assert worded.language == shown
    assert worded.words == library.words("nps", shown)
    assert worded.wanted == (theirs or customers or ours)


def test_arabic_and_hebrew_are_read_from_the_right(world):
    assert known.wording(of("nps"), "ar").right_to_left
    assert known.is_right_to_left("he-IL")
    assert not known.wording(of("nps"), "ja").right_to_left


def test_names_are_filled_in_and_foreign_braces_stay(world):
    words = known.filled(
        {"a": "{name} {goal} {else}", "b": {"c": "{vendor}, {stage}"}}, world.cleo, goal="{x}"
    )

    assert words == {"a": "Cleo {x} {else}", "b": {"c": "Lighthouse, adoption"}}


def test_the_open_question_is_worded_for_the_band(world):
    words = library.words("nps", "en")

    assert known.follow_up_words(of("nps"), words, "3").startswith("What went wrong")
    assert known.follow_up_words(of("nps"), words, "8").startswith("What is missing")
    assert known.follow_up_words(of("nps"), words, "10").startswith("What do you value")
    assert known.follow_up_words(
        of("ces_inverse"), library.words("ces_inverse", "en"), "7"
    ).startswith("What took")
    check_in = library.words("check_in", "en")
    assert known.follow_up_words(of("check_in"), check_in, "badly").startswith("What is in the way")
    assert known.follow_up_words(of("discovery"), library.words("discovery", "en"), "said") == ""


def test_a_version_without_words_and_a_survey_of_no_version_are_no_crash(world):
    survey = Survey.objects.create(
        key="bare", name="Bare", kind="custom", purpose="relationship", made_at=MAY
    )
    assert known.newest(survey) is None
    version = SurveyVersion.objects.create(
        survey=survey, number=1, parts=[{"id": "a", "type": "text"}], made_at=MAY
    )

    assert known.wording(version, "de").words == {}
    assert known.by_key("nothing") is None
    assert known.version_by_key(version.key) == version
    with pytest.raises(surveys.NotASurvey):
        surveys.adopted(version=SurveyVersion(survey=Survey(key="gone")), by=world.ada, at=MAY)


def test_languages_are_called_as_their_speakers_call_them():
    assert [known.language_name(code) for code in ("ja", "nl", "xx")] == [
        "日本語",
        "Nederlands",
        "xx",
    ]
