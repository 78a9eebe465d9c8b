"""Surveys: made, asked anew in a new version, worded in another language, put away and taken out again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from arbiter.accounts.permissions import NotAllowed
from arbiter.foundation import journal
from arbiter.foundation.models import Person
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice import library
from arbiter.voice.models import AskKind, Purpose, Survey, SurveyVersion, Wording
from arbiter.voice.queries import surveys
from arbiter.voice.rules import surveys as rules

if TYPE_CHECKING:
    from arbiter.foundation.journal import Actor


class NotASurvey(Refusal):
    """So nothing can be asked."""


class WordsMissing(Refusal):
    """A question that is not said in words cannot be put."""


class PutAway(Refusal):
    """The survey is archived: nothing of it changes."""


@transaction.atomic
def adopt_library(*, by: Actor, at: datetime) -> list[Survey]:
    """Store every survey of the library that is not stored yet, with its words in six languages."""
    stored = set(Survey.objects.values_list("key", flat=True))
    return [_adopt(each, by, at) for each in library.BUILT_IN if each.key not in stored]


@transaction.atomic
def adopted(*, version: SurveyVersion, by: Actor, at: datetime) -> SurveyVersion:
    """Return a version as it is stored: one of the library is stored at its first use."""
    if version.pk is not None:
        return version
    key = version.survey.key
    found = library.definition(key)
    survey = Survey.objects.filter(key=key).first()
    if survey is None and found is not None:
        survey = _adopt(found, by, at)
    stored = surveys.newest(survey) if survey else None
    if stored is None:
        raise NotASurvey("This survey does not exist any more.")
    return stored


@transaction.atomic
def make(
    *,
    name: str,
    parts: Sequence[Mapping[str, Any]],
    words: Mapping[str, Mapping[str, Any]],
    by: Person,
    at: datetime,
    kind: str = AskKind.CUSTOM,
    purpose: str = Purpose.RELATIONSHIP,
    scale: str = "",
    direction: str = rules.Direction.UP,
) -> Survey:
    """Make a survey with its first version.

    Args:
        name: what we call it among ourselves.
        parts: what it asks, in its order, without words; see `SurveyVersion`.
        words: by language; see `queries.surveys.wording`.
        by: who makes it.
        at: when.
        kind: one of `AskKind`; answers are counted by it.
        purpose: one of `Purpose`; it decides how often somebody is asked.
        scale: of its first part, such as `0-10`.
        direction: whether the upper end of the scale is good (`up`) or bad (`down`).

    Raises:
        NotAllowed: the person may not change what is asked.
        NotASurvey: it has no name, or its parts are none.
        WordsMissing: some of it is not said in words.
    """
    _demand(by)
    if not name.strip():
        raise NotASurvey("Give it a name.", field="name")
    if kind not in AskKind.values or purpose not in Purpose.values:
        raise NotASurvey("Choose what kind of question it is, and what it is for.", field="kind")
    survey = Survey.objects.create(name=name.strip(), kind=kind, purpose=purpose, made_at=at)
    version = _version(survey, 1, parts, scale, direction, by, at)
    _word_all(version, words, by, at)
    journal.record("voice.survey_made", subject=survey, by=by, at=at, kind=kind, purpose=purpose)
    return survey


@transaction.atomic
def revise(
    *,
    survey: Survey,
    parts: Sequence[Mapping[str, Any]],
    words: Mapping[str, Mapping[str, Any]],
    by: Person,
    at: datetime,
    scale: str = "",
    direction: str = rules.Direction.UP,
) -> SurveyVersion:
    """Ask something else from now on, in a new version: what was answered keeps the version it answered.

    The arguments are those of `make`. Other languages are to be worded anew, for the question is another.

    Raises:
        NotAllowed: the person may not change what is asked.
        PutAway: the survey is archived.
        NotASurvey, WordsMissing: see `make`.
    """
    _demand(by)
    survey = _stored(survey, by, at)
    latest = survey.versions.select_for_update().order_by("-number").first()
    version = _version(survey, latest.number + 1 if latest else 1, parts, scale, direction, by, at)
    _word_all(version, words, by, at)
    journal.record(
        "voice.survey_revised",
        subject=survey,
        by=by,
        at=at,
        version=version.pk,
        number=version.number,
    )
    return version


@transaction.atomic
def word(
    *,
    version: SurveyVersion,
    language: str,
    words: Mapping[str, Any],
    by: Person,
    at: datetime,
) -> Wording:
    """Say a version in a language, or say it better; earlier words stay on file.

    Raises:
        NotAllowed: the person may not change what is asked.
        PutAway: the survey is archived.
        WordsMissing: the language is none, or some of it is not said in words.
    """
    _demand(by)
    _stored(version.survey, by, at)
    version = adopted(version=version, by=by, at=at)
    wording = _word(version, language, words, by, at)
    journal.record(
        "voice.survey_worded",
        subject=version.survey,
        by=by,
        at=at,
        version=version.pk,
        language=language,
    )
    return wording


@transaction.atomic
def archive(*, survey: Survey, by: Person, at: datetime) -> Survey:
    """Put a survey away: it is not asked any more; what was answered stays.

    Raises:
        NotAllowed: the person may not change what is asked.
        PutAway: it is archived already.
    """
    _demand(by)
    survey = _stored(survey, by, at)
    survey.archived_at = at
    survey.save(update_fields=["archived_at"])
    journal.record("voice.survey_archived", subject=survey, by=by, at=at)
    return survey


@transaction.atomic
def restore(*, survey: Survey, by: Person, at: datetime) -> Survey:
    """Take a survey out again.

    Raises:
        NotAllowed: the person may not change what is asked.
    """
    _demand(by)
    if survey.archived_at is not None:
        survey.archived_at = None
        survey.save(update_fields=["archived_at"])
        journal.record("voice.survey_restored", subject=survey, by=by, at=at)
    return survey


def _adopt(found: library.Definition, by: Actor, at: datetime) -> Survey:
    """Store a survey of the library; its rows have keys that every installation has."""
    survey, is_new = Survey.objects.get_or_create(
        key=found.key,
        defaults={
            "name": found.name,
            "kind": found.kind,
            "purpose": found.purpose,
            "made_at": at,
        },
    )
    if not is_new:
        return survey
    version = SurveyVersion.objects.create(
        key=f"{found.key}-1",
        survey=survey,
        number=1,
        scale=found.scale,
        direction=found.direction,
        parts=list(found.parts),
        made_at=at,
    )
    Wording.objects.bulk_create(
        Wording(
            key=f"{found.key}-1-{language}",
            version=version,
            language=language,
            words=library.words(found.key, language),
            made_at=at,
        )
        for language in library.LANGUAGES
    )
    journal.record(
        "voice.survey_made", subject=survey, by=by, at=at, kind=found.kind, purpose=found.purpose
    )
    return survey


def _demand(by: Person) -> None:
    if not by.may(Permission.EDIT_SURVEYS):
        raise NotAllowed(f"Your role may not {Permission.EDIT_SURVEYS.description}.")


def _stored(survey: Survey, by: Person, at: datetime) -> Survey:
    """Return the survey as it stands, locked; one of the library is stored first."""
    if survey.pk is None:
        version = surveys.newest(survey)
        if version is None:
            raise NotASurvey("This survey does not exist any more.")
        survey = adopted(version=version, by=by, at=at).survey
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    if survey.archived_at is not None:
        raise PutAway(f"“{survey.name}” is archived. Take it out again first.")
    return survey


def _version(
    survey: Survey,
    number: int,
    parts: Sequence[Mapping[str, Any]],
    scale: str,
    direction: str,
    by: Person,
    at: datetime,
) -> SurveyVersion:
    asked = [dict(part) for part in parts]
    if direction not in set(rules.Direction):
        raise NotASurvey("Say which end of the scale is the good one.", field="direction")
    if fault := rules.fault_of_parts(asked, scale):
        raise NotASurvey(fault, field="parts")
    if fault := rules.fault_of_kind(survey.kind, scale, direction):
        raise NotASurvey(fault, field="kind")
    return SurveyVersion.objects.create(
        survey=survey,
        number=number,
        scale=scale,
        direction=direction,
        parts=asked,
        made_at=at,
        made_by=by,
    )


def _word_all(
    version: SurveyVersion, words: Mapping[str, Mapping[str, Any]], by: Person, at: datetime
) -> None:
    if not words:
        raise WordsMissing("Say it in one language at least.")
    for language, said in words.items():
        _word(version, language, said, by, at)


def _word(
    version: SurveyVersion, language: str, words: Mapping[str, Any], by: Person, at: datetime
) -> Wording:
    if not rules.LANGUAGE.match(language):
        raise WordsMissing("A language is named like en or pt-BR.", field="language")
    if missing := surveys.missing_in(version, words):
        name = surveys.language_name(language)
        raise WordsMissing(f"In {name} something is not said yet: {', '.join(missing)}.")
    return Wording.objects.create(
        version=version, language=language, words=dict(words), made_at=at, made_by=by
    )
