"""Components in templates: what they are given, what they may know, what is refused."""

from datetime import date

import pytest
from django import forms
from django.template import TemplateSyntaxError
from django.test import RequestFactory


def test_a_body_and_slots_land_in_their_places(draw):
    card = draw('{% component "card" title="Goals" %}{% slot "foot" %}Two{% endslot %}<p>{{ who }}</p>{% endcomponent %}', who="Cleo & Dov")  # fmt: skip

    assert "<h2>Goals</h2>" in card
    assert '<div class="card__body"><p>Cleo &amp; Dov</p></div>' in card
    assert '<footer class="card__foot">Two</footer>' in card


def test_a_component_does_not_see_the_variables_of_its_page(draw):
    assert "leaked" not in draw(
        '{% component "card" %}x{% endcomponent %}', title="leaked", foot="leaked"
    )


def test_components_nest(draw):
    drawn = draw(
        '{% component "card" %}{% component "row" %}in{% endcomponent %}{% endcomponent %}'
    )

    assert '<div class="row">in</div>' in drawn


@pytest.mark.parametrize(
    ("source", "refusal"),
    [
        ("{% component %}{% endcomponent %}", "needs its name"),
        ('{% component "card" "title" %}{% endcomponent %}', "key=value"),
        ('{% slot "foot" %}{% endslot %}', "outside of a component"),
        ('{% component "card" %}{% slot %}{% endslot %}{% endcomponent %}', "one name"),
        ('{% button "Save" colour="green" %}', "A button has no colour"),
    ],
)
def test_a_mistake_in_a_template_is_loud(draw, source, refusal):
    with pytest.raises(TemplateSyntaxError, match=refusal):
        draw(source)


def test_words_of_a_customer_are_escaped(draw):
    words = "<script>alert(1)</script>"
    drawn = draw(
        '{% component "quote" who=words %}{{ words }}{% endcomponent %}{% avatar words %}'
        '{% component "person_row" name=words comment=words %}{% endcomponent %}'
        "{% timeline entries %}{% goal_track baseline=1 target=2 value=1 unit=words name=words end=words %}",
        words=words,
        entries=[{"text": words, "who": words, "detail": words}],
    )

    assert "<script>" not in drawn


def test_an_answer_nobody_knows_is_refused(draw):
    with pytest.raises(KeyError):
        draw('{% answer_badge "green" %}')


def test_the_five_answers_have_five_looks(draw):
    keys = ["yes", "not_sure", "no", "no_reply", "never_asked"]

    drawn = {draw("{% answer_badge key %}", key=key) for key in keys}

    assert len(drawn) == 5


def test_dots_say_who_answered_what_and_how_many_more(draw):
    people = [
        {"name": "Cleo", "role": "champion", "answer": "yes"},
        {"name": "Dov", "answer": None},
    ]

    drawn = draw("{% answer_dots people most=1 %}{% answer_dots people %}", people=people)

    assert "Cleo, champion: Yes" in drawn
    assert "Dov: Never asked" in drawn
    assert "+1" in drawn


def test_days_are_said_from_the_pages_now(draw):
    entries = [{"text": "Asked", "at": date(2026, 2, 4)}]

    assert ">4 Feb<" in draw("{% timeline entries %}", entries=entries, now=date(2026, 3, 1))


def test_reasons_share_one_scale(draw):
    items = [{"label": "Yes", "effect": 2}, {"label": "No", "effect": -1, "shown": "−7"}]

    drawn = draw("{% reasons items %}", items=items)

    assert 'width="50%"' in drawn
    assert 'width="25%"' in drawn
    assert ">+2<" in drawn
    assert ">−7<" in drawn


def test_a_post_form_carries_its_token_and_a_get_form_does_not(draw):
    post = draw('{% component "form" action="/x/" %}{% endcomponent %}', csrf_token="secret")
    get = draw('{% component "form" method="get" %}{% endcomponent %}', csrf_token="secret")

    assert "secret" in post
    assert "secret" not in get


def test_a_dialog_can_also_be_a_page(draw):
    assert "<dialog" in draw('{% component "dialog" id="a" title="A" %}{% endcomponent %}')
    assert "<dialog" not in draw(
        '{% component "dialog" id="a" title="A" open=True %}{% endcomponent %}'
    )


@pytest.mark.parametrize(
    ("cookie", "shown"), [("dark", "dark"), ("light", "light"), ('"><b>', "auto")]
)
def test_the_theme_is_one_of_three(draw, cookie, shown):
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie

    assert draw("{% theme %}", request=request) == shown


def test_no_choice_is_made_before_the_customer_makes_it(draw):
    options = [
        {"value": "yes", "label": "Yes", "tone": "yes"},
        {"value": "no", "label": "No", "tone": "no"},
    ]

    assert "checked" not in draw('{% choice_cards "intent" options legend="?" %}', options=options)
    assert (
        draw('{% choice_cards "intent" options legend="?" value="no" %}', options=options).count(
            "checked"
        )
        == 1
    )


class _Goal(forms.Form):
    name = forms.CharField(help_text="In their words")
    due = forms.DateField(required=False)
    kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)


def test_a_field_names_its_help_and_its_error(draw):
    drawn = draw("{% field form.name %}", form=_Goal({}))

    assert 'aria-describedby="id_name_helptext id_name_error"' in drawn
    assert 'id="id_name_helptext"' in drawn
    assert 'id="id_name_error"' in drawn
    assert 'aria-invalid="true"' in drawn


def test_help_that_only_the_template_gives_is_named_too(draw):
    drawn = draw('{% field form.due help="A day" %}', form=_Goal())

    assert 'aria-describedby="id_due_helptext"' in drawn
    assert "optional" in drawn


def test_choices_of_one_question_are_a_group(draw):
    drawn = draw("{% field form.kind %}", form=_Goal())

    assert drawn.startswith("<fieldset")
    assert "<legend" in drawn


def test_a_refused_form_lists_what_is_wrong_with_links(draw):
    form = _Goal({})
    form.add_error(None, "The goal is closed.")

    drawn = draw("{% form_errors form %}", form=form)

    assert "The goal is closed." in drawn
    assert 'href="#id_name"' in drawn
    assert draw("{% form_errors form %}", form=_Goal()).strip() == ""
