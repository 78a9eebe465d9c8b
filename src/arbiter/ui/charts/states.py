"""What a customer said, or that nobody asked: the words, icons and looks that every part shares."""

from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """One thing a customer may have said. `look` names its colours: yes, unsure, no, silent, unasked, ours."""

    word: str
    icon: str
    look: str


ANSWERS = {
    "yes": State("Yes", "circle-check", "yes"),
    "not_sure": State("Not sure", "circle-question-mark", "unsure"),
    "no": State("No", "circle-x", "no"),
    "no_reply": State("Asked, no reply", "hourglass", "silent"),
    "never_asked": State("Never asked", "circle-dashed", "unasked"),
}
# In, and not to be read before somebody has said what they believe.
SEALED = {"sealed": State("Answered, sealed", "lock", "silent")}
VERDICTS = {
    "achieved": State("Achieved", "circle-check", "yes"),
    "partly": State("Partly", "circle-question-mark", "unsure"),
    "not": State("Not achieved", "circle-x", "no"),
    "too_early": State("Too early to say", "clock", "early"),
    "disputed": State("Disputed", "circle-x", "no"),
    "no_reply": ANSWERS["no_reply"],
    "never_asked": ANSWERS["never_asked"],
}
OURS = {
    "measured": State("Measured by us, not judged", "circle-dashed", "measured"),
    "ink": State("Confirmed by them", "circle", "ink"),
    "forecast": State("Our forecast", "circle-dot", "forecast"),
}
STATES = {**OURS, **VERDICTS, **ANSWERS, **SEALED}


def state(key: str) -> State:
    try:
        return STATES[key]
    except KeyError:
        raise ValueError(
            f"There is no state {key!r}; there are {', '.join(sorted(STATES))}."
        ) from None
