"""What can be asked: surveys, what their versions ask, and in which words.

What the library brings along is here before it is stored: such a survey and its version have no number (`pk`) yet, and
`voice.actions.surveys` stores them when they are first used.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf.locale import LANG_INFO

from arbiter.foundation.queries import company
from arbiter.voice import library
from arbiter.voice.models import Survey, SurveyVersion, Wording
from arbiter.voice.rules import surveys as rules
from arbiter.voice.rules import values
from arbiter.voice.rules.surveys import (
    CHOICE_BANDS,
    Direction,
    Part,
    PartType,
    fault_of_parts,
    follow_up_of,
    label_of,
)

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact

__all__ = [
    "Direction",
    "Part",
    "PartType",
    "Worded",
    "archived",
    "band_of",
    "best_of",
    "by_key",
    "fault_of_parts",
    "filled",
    "filled_with",
    "follow_up_of",
    "follow_up_words",
    "goes_by_letter",
    "is_for_goal",
    "is_right_to_left",
    "label_of",
    "language_name",
    "languages_of",
    "missing_in",
    "newest",
    "newest_of",
    "parts_of",
    "standing",
    "steps_of",
    "version_by_key",
    "versions_of",
    "wording",
    "wordings_of",
    "wordings_of_many",
]

USUAL = "en"


@dataclass(frozen=True, slots=True)
class Worded:
    """The words of a version and the language they are really in. `wanted` is the language that was looked for first."""

    version: SurveyVersion
    language: str
    words: dict[str, Any]
    wanted: str

    @property
    def right_to_left(self) -> bool:
        """Whether it is read from the right."""
        return is_right_to_left(self.language)


def standing() -> list[Survey]:
    """Every survey that can be asked, those of the library first, also where they are not stored yet: one query."""
    stored = {survey.key: survey for survey in Survey.objects.all()}
    places = {each.key: place for place, each in enumerate(library.BUILT_IN)}
    found = [survey for survey in stored.values() if survey.archived_at is None]
    found += [_unstored(each) for each in library.BUILT_IN if each.key not in stored]
    return sorted(found, key=lambda each: (places.get(each.key, len(places)), each.name, each.key))


def archived() -> list[Survey]:
    """Every survey that is not asked any more, by name: one query."""
    return list(Survey.objects.exclude(archived_at=None).order_by("name", "pk"))


def by_key(key: str) -> Survey | None:
    """Return the survey of a key, stored or of the library; archived ones too. None when there is none."""
    if survey := Survey.objects.filter(key=key).first():
        return survey
    found = library.definition(key)
    return _unstored(found) if found else None


def newest(survey: Survey, *, as_of: datetime | None = None) -> SurveyVersion | None:
    """Return what a survey asks at a moment (the newest there is unless given); None before its first version."""
    if survey.pk is None:
        return _unstored_version(survey)
    found = survey.versions.order_by("-number")
    if as_of is not None:
        found = found.filter(made_at__lte=as_of)
    version = found.first()
    if version is not None:
        version.survey = survey
    return version


def newest_of(surveys: Collection[Survey]) -> dict[str, SurveyVersion]:
    """Return what each survey asks now, by its key: one query."""
    by_pk = {survey.pk: survey for survey in surveys if survey.pk is not None}
    found = {}
    for version in SurveyVersion.objects.filter(survey_id__in=by_pk).order_by("number"):
        version.survey = by_pk[version.survey_id]
        found[version.survey.key] = version
    for survey in surveys:
        if survey.pk is None and (unstored := _unstored_version(survey)):
            found[survey.key] = unstored
    return found


def versions_of(survey: Survey) -> list[SurveyVersion]:
    """Every version of a survey, the newest first, with who made it."""
    if survey.pk is None:
        unstored = _unstored_version(survey)
        return [unstored] if unstored else []
    return list(survey.versions.select_related("survey", "made_by").order_by("-number"))


def version_by_key(key: str) -> SurveyVersion | None:
    """Return a stored version by its own key, with its survey."""
    return SurveyVersion.objects.filter(key=key).select_related("survey").first()


def parts_of(version: SurveyVersion) -> tuple[Part, ...]:
    """Return what a version asks for, in its order."""
    return rules.parts_of(version.parts)


def wording(
    version: SurveyVersion, language: str | Sequence[str], *, as_of: datetime | None = None
) -> Worded:
    """Return the words of a version in the first language there are words in.

    Args:
        version: stored, or of the library.
        language: the language wanted, or several, the best first (`languages_of` a contact).
        as_of: the words as they were; as they are unless given.
    """
    wanted = [language] if isinstance(language, str) else list(language)
    there = wordings_of(version, as_of=as_of)
    code = _best_code(there, wanted)
    return Worded(version, code, there.get(code, {}), next(iter(wanted), "") or code)


def wordings_of(
    version: SurveyVersion, *, as_of: datetime | None = None
) -> dict[str, dict[str, Any]]:
    """Return the words of a version by language, the latest of each: one query, none for the library."""
    if version.pk is None:
        key = version.survey.key
        return {code: dict(library.words(key, code)) for code in library.LANGUAGES}
    found = Wording.objects.filter(version=version).order_by("made_at", "pk")
    if as_of is not None:
        found = found.filter(made_at__lte=as_of)
    return dict(found.values_list("language", "words"))


def wordings_of_many(
    versions: Collection[SurveyVersion],
) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the words of each version by language, by the key of its survey: one query for all of them."""
    found = {each.survey.key: {} if each.pk else wordings_of(each) for each in versions}
    by_pk = {each.pk: each.survey.key for each in versions if each.pk}
    stored = Wording.objects.filter(version__in=by_pk).order_by("made_at", "pk")
    for pk, code, words in stored.values_list("version_id", "language", "words"):
        found[by_pk[pk]][code] = words
    return found


def best_of(there: Mapping[str, dict[str, Any]], wanted: Sequence[str]) -> dict[str, Any]:
    """Return the words in the first language wanted that there are words in, else in English, else in any."""
    return there.get(_best_code(there, wanted), {})


def languages_of(contact: Contact) -> tuple[str, ...]:
    """Return the languages a contact is written to in, the best first: theirs, their customer's, ours, English."""
    ours = company.current()
    said = (contact.language, contact.customer.language, ours.language if ours else "", USUAL)
    return tuple(dict.fromkeys(code for code in said if code))


def missing_in(version: SurveyVersion, words: Mapping[str, Any]) -> list[str]:
    """Return what words of a version leave unsaid, each in a few words."""
    return rules.missing_words(parts_of(version), words)


def filled(
    words: Mapping[str, Any], contact: Contact, *, goal: str = "", **more: str
) -> dict[str, Any]:
    """Return words with the names of a contact, their customer and us filled in, and `more`."""
    ours = company.current()
    found: dict[str, Any] = rules.fill(
        words,
        name=contact.name.split()[0] if contact.name.split() else contact.name,
        contact=contact.name,
        customer=contact.customer.name,
        stage=contact.customer.stage,
        vendor=ours.name if ours else "Arbiter",
        currency=ours.currency if ours else "EUR",
        goal=goal,
        **more,
    )
    return found


def filled_with(words: Mapping[str, Any], **names: str) -> dict[str, Any]:
    """Return words with these names filled in; what is not among them stays open."""
    found: dict[str, Any] = rules.fill(words, **names)
    return found


def steps_of(version: SurveyVersion) -> tuple[str, ...]:
    """Return the numbers of a version's scale, as they are chosen; none without a scale."""
    return tuple(values.steps(version.scale))


def band_of(version: SurveyVersion, value: str) -> str:
    """Return whether the value of an answer is `low`, `middle` or `high`; on a scale by its numbers."""
    if version.scale:
        return values.band(version.scale, value, version.direction) or "middle"
    return CHOICE_BANDS.get(value, "middle")


def follow_up_words(version: SurveyVersion, words: Mapping[str, Any], value: str) -> str:
    """Return the open question that follows a value, worded for its band; empty when nothing follows."""
    part_id = follow_up_of(parts_of(version))
    by_band = words.get("follow_up", {}).get(band_of(version, value), "")
    return str(by_band or words.get("parts", {}).get(part_id, "")) if part_id else ""


def is_for_goal(version: SurveyVersion) -> bool:
    """Say whether a version can be asked only about a goal: its words name one."""
    return any("{goal}" in str(words.get("question")) for words in wordings_of(version).values())


def goes_by_letter(survey: Survey) -> bool:
    """Say whether a survey is one of the two outcome questions, which the letter asks."""
    found = library.definition(survey.key)
    return found is not None and found.by_letter


def is_right_to_left(language: str) -> bool:
    """Say whether a language is read from the right."""
    return language.split("-")[0] in library.RIGHT_TO_LEFT


def language_name(code: str) -> str:
    """Return what a language is called by those who speak it; its code where nobody knows."""
    if code in library.LANGUAGES:
        return library.LANGUAGES[code]
    info = LANG_INFO.get(code.lower(), {})
    return str(info.get("name_local") or code)


def _best_code(there: Mapping[str, Any], wanted: Sequence[str]) -> str:
    found = (code for code in _fallback(wanted) if code in there)
    return next(found, next(iter(there), USUAL))


def _fallback(wanted: Sequence[str]) -> list[str]:
    """Each language, then the same without its country, then English."""
    codes = [each for code in wanted if code for each in (code, code.split("-")[0])]
    return [*dict.fromkeys(codes), USUAL]


def _unstored(found: library.Definition) -> Survey:
    return Survey(key=found.key, name=found.name, kind=found.kind, purpose=found.purpose)


def _unstored_version(survey: Survey) -> SurveyVersion | None:
    found = library.definition(survey.key)
    if found is None:
        return None
    version = SurveyVersion(
        key=f"{found.key}-1",
        number=1,
        scale=found.scale,
        direction=found.direction,
        parts=list(found.parts),
    )
    version.survey = survey
    return version
