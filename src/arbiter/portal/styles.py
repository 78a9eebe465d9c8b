"""The letter's one stylesheet: the common components that a letter shows, and what only a letter has.

It is made from the same files as everything else, and kept small enough for a phone on a train.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from arbiter.ui import stylesheets

REPLY = Path(__file__).parent / "styles" / "reply.css"

# What stands in the common files and never in a letter. A rule goes when all its selectors match.
NEVER_IN_A_LETTER = re.compile(
    r"field__(affix|many|error|help|tick)|field--|file-selector|form__|choice-card\.look|field__control select|type=.?file|disabled|"
    r"look--(silent|unasked|measured|ink|forecast)|segment|flash|answer-dot|stripes__line--faint|"
    r"button--(danger|icon|small)|columns|bleed|reading|prose|split|stack--loose|"
    r"code|kbd|samp|pre\b|hr\b|dialog|table|(?<![\w-])th\b|summary|details|fig|video|blockquote|--compact|"
    r"only-(phone|wide)|truncate|nowrap|\.(number|strong|small|muted|form|control|brand)\b|avatar|h[34]\b|"
    r"no-print|look--plain|button--quiet|badge--|callout|(?<!-)card__|\.card\b|disclosure|quote|timeline|track__(plan|word)|selection|"
    r"placeholder|media print|reduced-motion|icon--large|--stale|step--measured|^small$|aria-current|\[hidden|button:active"
)

# Nothing moves in a letter, so nobody needs it to move less; and nothing is chosen from a list.
MOTION = re.compile(r"transition:[^;}]*;?|text-rendering:[^;}]*;?")


def letter() -> str:
    """Return the stylesheet of every page behind a personal link."""
    reply = REPLY.read_text(encoding="utf-8")
    common = MOTION.sub("", light(stylesheets.letter())).replace(",select", "")
    return short(used(without(common, NEVER_IN_A_LETTER) + light(reply)))


def light(css: str) -> str:
    """Leave out comments, white space and the noughts before a point."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,])\s*", r"\1", css)
    css = re.sub(r"(?<=[\s(:,-])0\.(?=\d)", ".", css)
    return re.sub(r":\s+", ":", css).replace(";}", "}").strip()


def without(css: str, unwanted: re.Pattern[str]) -> str:
    """Leave out the selectors that match, and each rule that has no other."""
    kept = []
    for before, body in _rules(css):
        if before.endswith(";"):
            kept.append(before)
        elif before.startswith("@") and not unwanted.search(before):
            inner = without(body, unwanted) if "{" in body else body
            if inner:
                _add(kept, before, inner)
        elif not before.startswith("@") and (
            wanted := [one for one in _selectors(before) if not unwanted.search(one)]
        ):
            kept.append(f"{','.join(wanted)}{{{body}}}")
    return "".join(kept)


def _add(kept: list[str], before: str, inner: str) -> None:
    """Add an at-rule, or let it go on in the one before when that is of the same layer."""
    if kept and kept[-1].startswith(f"{before}{{") and before.startswith("@layer"):
        kept[-1] = f"{kept[-1][:-1]}{inner}}}"
    else:
        kept.append(f"{before}{{{inner}}}")


def used(css: str) -> str:
    """Leave out the tokens that nothing asks for any more."""
    asked = set(re.findall(r"var\((--[\w-]+)", css))
    named = re.compile(r"(?<=[{;])(--[\w-]+):[^;{}]*(;|(?=\}))")
    fewer = named.sub(lambda found: found[0] if found[1] in asked else "", css)
    return fewer if fewer == css else used(fewer)


def short(css: str) -> str:
    """Give the tokens short names: nothing but this file knows them."""
    often = Counter(re.findall(r"(?<![\w-])--[a-z][\w-]*", css)).most_common()
    names = {name: f"--{_figure(number)}" for number, (name, _) in enumerate(often)}
    return re.sub(r"(?<![\w-])--[a-z][\w-]*", lambda found: names[found[0]], css)


def _figure(number: int) -> str:
    """A number in letters: a, b, …, z, ba, bb."""
    rest, last = divmod(number, 26)
    return (_figure(rest) if rest else "") + chr(ord("a") + last)


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Each rule of a piece of CSS: what stands before its braces, and what within. A statement has no body."""
    start = depth = opened = 0
    for place, character in enumerate(css):
        if character == "{":
            depth += 1
            opened = place if depth == 1 else opened
        elif character == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened], css[opened + 1 : place]
                start = place + 1
        elif character == ";" and depth == 0:
            yield css[start : place + 1], ""
            start = place + 1


def _selectors(together: str) -> list[str]:
    """Split at the commas that stand in no brackets."""
    return re.split(r",(?![^(\[]*[)\]])", together)
