"""What a file does not say and nobody may guess."""

from dataclasses import dataclass
from datetime import date

from arbiter.foundation.refusals import Refusal

Answers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer and how it reads."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a file, with the cells that raise it.

    `free` says that the answer is a day of the calendar, not one of some options.
    """

    key: str
    text: str
    options: tuple[Option, ...] = ()
    suggestion: str = ""
    required: bool = True
    samples: tuple[str, ...] = ()
    position: int | None = None
    free: bool = False

    def accepts(self, answer: str) -> bool:
        if self.free:
            return _is_day(answer)
        return answer in {option.value for option in self.options}


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


class Unanswered(Refusal):
    """A question stands open, so nothing was read."""

    def __init__(self, questions: list[Question]) -> None:
        self.questions = questions
        first = questions[0]
        more = f" ({len(questions) - 1} more to answer)" if len(questions) > 1 else ""
        super().__init__(f"{first.text}{more}", field=first.key)


def answer_to(question: Question, answers: Answers) -> str | None:
    """The answer given, or the suggestion where none is required; None while it stands open."""
    given = answers.get(question.key, "")
    if question.accepts(given):
        return given
    return None if question.required else question.suggestion


def open_questions(questions: list[Question], answers: Answers) -> list[Question]:
    return [question for question in questions if answer_to(question, answers) is None]
