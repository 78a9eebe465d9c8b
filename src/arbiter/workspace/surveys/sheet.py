"""The form in which a survey is written: its parts and their words in one language. What it says becomes a version."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from django import forms

from arbiter.voice.queries import surveys
from arbiter.voice.queries.surveys import PartType
from arbiter.workspace.fields import WordsField
from arbiter.workspace.surveys import doors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arbiter.voice.models import SurveyVersion

MORE = range(2, 7)
FIRST_TYPES = [(each, doors.TYPES[each]) for each in ("scale", "choice", "text", "number", "date")]
LATER_TYPES = [("", "Nothing more"), *FIRST_TYPES[1:]]
SCALES = [
    (each, each.replace("-", " to "))
    for each in ("0-10", "1-10", "1-7", "1-6", "1-5", "1-4", "1-3")
]
DIRECTIONS = [("up", "The high end is good"), ("down", "The low end is good")]
BANDS = (
    ("low", "After a bad answer"),
    ("middle", "After one in between"),
    ("high", "After a good one"),
)
CHOICES_HELP = "One choice a line, two to twenty."


class SheetForm(forms.Form):
    """A survey in one language. With `version` it begins as that one, and keeps the names of its parts."""

    subject = forms.CharField(
        label="Subject of the mail", max_length=200, help_text="{name} and {vendor} are filled in."
    )
    question = WordsField(label="The question", rows=2, max_length=500)
    help = forms.CharField(
        label="A line below it",
        max_length=300,
        required=False,
        help_text="What the numbers mean, for example.",
    )
    first_type = forms.ChoiceField(label="What is asked for", choices=FIRST_TYPES)
    scale = forms.ChoiceField(label="Scale", choices=SCALES, required=False)
    direction = forms.ChoiceField(label="Which end is good", choices=DIRECTIONS, required=False)
    low = forms.CharField(label="The low end is called", max_length=100, required=False)
    high = forms.CharField(label="The high end is called", max_length=100, required=False)
    first_choices = WordsField(label="Choices", rows=4, required=False, help_text=CHOICES_HELP)
    consent = forms.CharField(
        label="Asking to be quoted",
        max_length=300,
        required=False,
        help_text="Left empty, it is not asked.",
    )
    thanks = forms.CharField(label="Thanks, at the end", max_length=300, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        version: SurveyVersion | None = None,
        words: Mapping[str, Any] | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.version, self.words = version, words or {}
        super().__init__(data, initial={**_initial(version, self.words), **(initial or {})})
        for number in MORE:
            self.fields[f"type_{number}"] = forms.ChoiceField(
                label="What is asked for", choices=LATER_TYPES, required=False
            )
            self.fields[f"text_{number}"] = forms.CharField(
                label="The question", max_length=500, required=False
            )
            self.fields[f"choices_{number}"] = WordsField(
                label="Choices", rows=3, required=False, help_text=CHOICES_HELP
            )
        for name, label in BANDS:
            self.fields[f"band_{name}"] = forms.CharField(
                label=label, max_length=500, required=False
            )

    @property
    def more(self) -> list[dict[str, Any]]:
        """The later parts, each with its fields; those that ask something are open."""
        return [
            {
                "title": f"Question {number}",
                "type": self[f"type_{number}"],
                "text": self[f"text_{number}"],
                "choices": self[f"choices_{number}"],
                "open": bool(self[f"text_{number}"].value()) or number == MORE.start,
            }
            for number in MORE
        ]

    @property
    def bands(self) -> list[forms.BoundField]:
        """The open question worded by band."""
        return [self[f"band_{name}"] for name, _ in BANDS]

    def clean(self) -> dict[str, Any]:
        """A later part has its question, and a question says what it asks for."""
        said = super().clean() or {}
        self._clean_first(said)
        for number in MORE:
            asks, text = said.get(f"type_{number}"), said.get(f"text_{number}")
            if asks and not text:
                self.add_error(f"text_{number}", "Say what is asked.")
            if text and not asks:
                self.add_error(f"type_{number}", "Say what is asked for.")
        return said

    def _clean_first(self, said: dict[str, Any]) -> None:
        """A scale has names for its ends, and of one choice nobody can choose."""
        if said.get("first_type") == PartType.SCALE:
            for end in ("low", "high"):
                if not said.get(end):
                    self.add_error(end, "Say what this end of the scale is called.")
        rows = [("first_type", "first_choices"), *((f"type_{n}", f"choices_{n}") for n in MORE)]
        for asks, choices in rows:
            lines = {line.strip() for line in (said.get(choices) or "").splitlines()} - {""}
            if said.get(asks) == PartType.CHOICE and len(lines) < 2:
                self.add_error(choices, "Give two choices at least, one a line.")

    def told(self) -> dict[str, Any]:
        """What the verbs are told: parts, words, scale, direction."""
        said = self.cleaned_data
        is_scale = said["first_type"] == PartType.SCALE
        rows = [(said["first_type"], "", said["first_choices"])]
        rows += [
            (said[f"type_{number}"], said[f"text_{number}"], said[f"choices_{number}"])
            for number in MORE
            if said[f"type_{number}"]
        ]
        names = _Names(self.version, self.words)
        parts, words = [], self._first_words(said, is_scale)
        for number, (asks, text, choices) in enumerate(rows):
            part: dict[str, Any] = {"id": names.of_part(number, asks), "type": asks}
            if asks == PartType.CHOICE:
                labels = names.of_choices(part["id"], choices)
                part["choices"] = [choice for choice, _ in labels]
                words["choices"].update({f"{part['id']}.{each}": label for each, label in labels})
            if number:
                words["parts"][part["id"]] = text
            parts.append(part)
        if said["consent"]:
            parts.append({"id": "quote", "type": PartType.CONSENT.value})
            words["consent"] = said["consent"]
        scale = {"scale": said["scale"] or "1-5", "direction": said["direction"] or "up"}
        return {"parts": parts, "words": words, **(scale if is_scale else {})}

    def _first_words(self, said: Mapping[str, Any], is_scale: bool) -> dict[str, Any]:
        words: dict[str, Any] = {"choices": {}, "parts": {}}
        for name in (
            "subject",
            "question",
            "help",
            "thanks",
            *(("low", "high") if is_scale else ()),
        ):
            if said[name]:
                words[name] = said[name].strip()
        bands = {name: said[f"band_{name}"].strip() for name, _ in BANDS if said[f"band_{name}"]}
        return {**words, "follow_up": bands} if bands else words


class _Names:
    """Names for parts and choices: those of the version before where they mean the same, else new ones."""

    def __init__(self, version: SurveyVersion | None, words: Mapping[str, Any]) -> None:
        self.parts = surveys.parts_of(version) if version else ()
        self.words = words
        self.taken: set[str] = {"quote"}

    def of_part(self, number: int, asks: str) -> str:
        """Name the part at a place: as the one that stood there, if it asked for the same."""
        before = self.parts[number] if number < len(self.parts) else None
        usual = "score" if asks == PartType.SCALE else f"part_{number + 1}"
        name = before.id if before and before.type == asks else usual
        while name in self.taken:
            name = f"{name}_2"
        self.taken.add(name)
        return name

    def of_choices(self, part_id: str, lines: str) -> list[tuple[str, str]]:
        """Name the choices of a part by their labels."""
        labels = list(dict.fromkeys(line.strip() for line in lines.splitlines() if line.strip()))
        named = self._known(part_id)
        found: dict[str, str] = {}
        for number, label in enumerate(labels, start=1):
            name = named.get(label) or _slug(label) or f"choice_{number}"
            found[name if name not in found else f"{name[:30]}_{number}"] = label
        return list(found.items())

    def _known(self, part_id: str) -> dict[str, str]:
        part = next((each for each in self.parts if each.id == part_id), None)
        choices = part.choices if part else ()
        return {surveys.label_of(self.words, part_id, each): each for each in choices}


def _slug(label: str) -> str:
    """Return a label as a name, where it is written in letters that names have."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:30]
    return found if re.match(r"[a-z]", found) else ""


def _initial(version: SurveyVersion | None, words: Mapping[str, Any]) -> dict[str, Any]:
    if version is None:
        return {}
    parts = surveys.parts_of(version)
    plain = ("subject", "question", "help", "low", "high", "thanks")
    found: dict[str, Any] = {name: words.get(name, "") for name in plain}
    found |= {
        "first_type": parts[0].type.value,
        "scale": version.scale,
        "direction": version.direction,
        "first_choices": _lines(words, parts[0]),
    }
    found |= {f"band_{name}": words.get("follow_up", {}).get(name, "") for name, _ in BANDS}
    if any(part.type == PartType.CONSENT for part in parts):
        found["consent"] = words.get("consent", "")
    later = [part for part in parts[1:] if part.type != PartType.CONSENT]
    for number, part in zip(MORE, later, strict=False):
        found[f"type_{number}"] = part.type.value
        found[f"text_{number}"] = words.get("parts", {}).get(part.id, "")
        found[f"choices_{number}"] = _lines(words, part)
    return found


def _lines(words: Mapping[str, Any], part: surveys.Part) -> str:
    return "\n".join(surveys.label_of(words, part.id, each) or each for each in part.choices)
