"""Themes of five hundred comments in two languages, whose topics are known."""

import socket
import time
from collections import Counter

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import TfidfVectorizer

from arbiter.science.themes.factors import factorise, weigh
from arbiter.science.themes.finding import find_themes
from arbiter.science.themes.languages import language_of
from arbiter.science.themes.nearest import nearest_themes
from arbiter.science.themes.terms import spellings, stem, terms_of
from tests.science.themes.comments import ENGLISH, NOTHING, comments

SAID = comments()
TEXTS = [comment.text for comment in SAID]


@pytest.fixture(scope="module")
def found():
    return find_themes(TEXTS)


def topics(theme):
    return Counter(SAID[place].topic for place in theme.members)


def test_the_set_is_five_hundred_comments_half_in_each_language():
    assert len(SAID) == 500
    assert Counter(comment.language for comment in SAID) == {"en": 250, "de": 250}
    assert comments() == SAID


def test_a_theme_holds_comments_about_one_topic(found):
    apt = sum(topics(theme).most_common(1)[0][1] for theme in found)
    sorted_ = sum(len(theme.members) for theme in found)
    about_something = sum(comment.topic != NOTHING for comment in SAID)

    assert apt / sorted_ > 0.9
    assert sorted_ / about_something > 0.85


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_topic_is_found_in_each_language(found, language):
    largest = {topics(theme).most_common(1)[0][0] for theme in found if theme.language == language}

    assert ENGLISH.keys() - largest == set()


def test_a_theme_is_of_one_language_and_named_by_words_of_its_comments(found):
    for theme in found:
        own = " ".join(TEXTS[place] for place in theme.members).lower()
        assert {SAID[place].language for place in theme.members} == {theme.language}
        assert 1 <= len(theme.words) <= 5
        assert all(word in own for word in theme.words)


def test_no_comment_is_in_two_themes_and_the_clearest_comes_first(found):
    members = [place for theme in found for place in theme.members]

    assert len(members) == len(set(members))
    assert all(list(theme.weights) == sorted(theme.weights, reverse=True) for theme in found)


def test_it_takes_less_than_two_seconds_and_no_network(monkeypatch):
    def refuse(*_args, **_more):
        raise AssertionError("Themes are found on this machine.")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    began = time.process_time()

    find_themes(TEXTS)

    assert time.process_time() - began < 2


def test_the_same_comments_have_the_same_themes(found):
    assert find_themes(TEXTS) == found


@pytest.mark.parametrize("texts", [[], ["Slow"], ["n/a"] * 20, [""] * 10])
def test_where_there_is_nothing_to_find_nothing_is_found(texts):
    assert find_themes(texts) == []


@pytest.mark.parametrize(
    "function", [find_themes, lambda texts, **more: nearest_themes(texts, {}, **more)]
)
def test_a_language_is_given_for_each_or_for_none(function):
    assert function(["Slow"]) in ([], [None])
    with pytest.raises(ValueError, match="a language for each"):
        function(["Slow"], languages=["en", "de"])


def test_the_language_is_told_by_the_small_words():
    right = [language_of(comment.text) == comment.language for comment in SAID if comment.topic != NOTHING]  # fmt: skip

    assert sum(right) / len(right) > 0.98


@pytest.mark.parametrize(
    ("text", "told", "language"),
    [
        ("L'export ne marche pas dans notre tableau", "", "fr"),
        ("La exportación no funciona en nuestro equipo", "en", "es"),
        ("請求書の出力が遅いです", "", "ja"),
        ("导入太慢", "", "zh"),
        ("الاستيراد بطيء", "", "ar"),
        ("Import?", "de_AT", "de"),
        ("12345", "", ""),
    ],
)
def test_a_language_is_known_by_words_script_or_what_was_told(text, told, language):
    assert language_of(text, told=told) == language


def test_words_lose_their_endings_but_keep_four_letters():
    assert [stem(word, language="de") for word in ("importen", "importe", "uns")] == ["import", "import", "uns"]  # fmt: skip
    assert stem("Wagen", language="pl") == "Wagen"
    assert terms_of("L’export d'hier", language="fr") == ["export", "hier"]
    assert spellings(["請求書"], language="ja") == {"請求": "請求", "求書": "求書"}


def test_terms_weigh_what_scikit_learn_says():
    words = [terms_of(text, language="en") for text in TEXTS if language_of(text) == "en"]
    theirs = TfidfVectorizer(analyzer=list, min_df=2, max_df=0.4, sublinear_tf=True)
    matrix = theirs.fit_transform(words)

    ours = weigh(words, most_common=0.4)

    assert list(ours.terms) == list(theirs.get_feature_names_out())
    assert np.allclose(ours.matrix.toarray(), matrix.toarray())


@pytest.mark.parametrize("count", [2, 8, 12])
def test_the_parts_explain_as_much_as_those_of_scikit_learn(count):
    words = [terms_of(text, language="de") for text in TEXTS if language_of(text) == "de"]
    matrix = weigh(words).matrix
    theirs = NMF(count, init="nndsvda", random_state=0, max_iter=1000).fit(matrix)

    w, h = factorise(matrix, count=count)

    error = np.linalg.norm(matrix.toarray() - w @ h)
    assert error < theirs.reconstruction_err_ * 1.005
    assert w.min() >= 0
    assert h.min() >= 0


def test_there_is_a_row_and_a_column_for_each_part():
    with pytest.raises(ValueError, match="for each part"):
        factorise(csr_matrix([[1.0]]), count=2)
    with pytest.raises(ValueError, match="not above 1"):
        weigh([["a"]], most_common=0)


def test_a_new_comment_is_suggested_for_the_theme_it_is_like():
    known = {topic: [c.text for c in SAID[:300] if c.topic == topic] for topic in ENGLISH}
    new = [comment for comment in SAID[300:] if comment.topic != NOTHING]

    told = nearest_themes([comment.text for comment in new], known)

    suggested = [(one.theme, c.topic) for one, c in zip(told, new, strict=True) if one]
    assert sum(theme == topic for theme, topic in suggested) / len(suggested) > 0.95
    assert len(suggested) / len(new) > 0.7
    assert nearest_themes(["Alles gut"], known) == [None]
