"""What somebody wrote in a reply, without the mail they replied to. Pure: text in, text out."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

# "On Monday, Ada wrote:" as mail programs put it above a quotation, in the languages we write in; it may be broken over lines.
ATTRIBUTION = re.compile(
    r"^(?:on|am|le|el|em|il|op)\b.{4,200}\b(?:wrote|schrieb|a écrit|escribió|escreveu|ha scritto|schreef)\b.{0,100}[:：]$",
    re.IGNORECASE,
)
# The same in languages that name the writer by the address alone.
ADDRESSED = re.compile(
    r"^.{4,200}<[^<>\s]+@[^<>\s]+>.{0,20}[:：]$|^.{4,200}كتب.{0,100}[:：]$", re.IGNORECASE
)
# "-----Original Message-----" and the line of underscores: all below is the earlier mail.
FENCE = re.compile(r"^(?:-{2,}\s*[^-]{3,60}\s*-{2,}|_{10,})$")
FIRST_HEADER = re.compile(r"^\*?(?:from|von|de|da|差出人|من)\s?\*?\s?[:：]", re.IGNORECASE)
NEXT_HEADER = re.compile(
    r"^\*?(?:sent|gesendet|envoyé|enviado|date|datum|fecha|to|an|à|para|送信日時|宛先|تم الإرسال|إلى)\s?\*?\s?[:：]",
    re.IGNORECASE,
)
SIGNATURE = re.compile(r"^-- ?$")
GREETING_OF_A_DEVICE = re.compile(
    r"^(?:sent from my|get outlook for|von meinem .{2,30} gesendet|envoyé de mon|enviado desde mi)\b.*$",
    re.IGNORECASE,
)
LINES_OF_ATTRIBUTION = 3
MOST = 20_000


def own_words(text: str) -> str:
    """Return what was written in a reply: quotations, what stands above them and the signature are cut off.

    Answers between the quoted lines are kept.
    """
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\u200b", "").split("\n")]
    lines = _without_attribution(_until(lines, _begins_earlier_mail))
    own = [line for line in lines if not line.lstrip().startswith(">")]
    own = _until(own, lambda rest: bool(SIGNATURE.match(rest[0])))
    while own and (not own[-1] or GREETING_OF_A_DEVICE.match(own[-1])):
        own.pop()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(own)).strip()[:MOST]


def _until(lines: list[str], over: Callable[[list[str]], bool]) -> list[str]:
    for number in range(len(lines)):
        if over(lines[number:]):
            return lines[:number]
    return lines


def _begins_earlier_mail(rest: list[str]) -> bool:
    line = rest[0].strip()
    if FENCE.match(line):
        return True
    return bool(FIRST_HEADER.match(line)) and any(
        NEXT_HEADER.match(each.strip()) for each in rest[1:4]
    )


def _without_attribution(lines: list[str]) -> list[str]:
    """Cut off what follows "… wrote:"; where the quotation is marked line by line, only the marked lines go."""
    for number in range(len(lines)):
        if length := _lines_of_attribution(lines[number : number + LINES_OF_ATTRIBUTION]):
            below = lines[number + length :]
            is_marked = any(each.lstrip().startswith(">") for each in below)
            return [*lines[:number], *(below if is_marked else [])]
    return lines


def _lines_of_attribution(lines: list[str]) -> int:
    """Return over how many of these lines a "… wrote:" goes that begins with the first; 0 where there is none."""
    if ADDRESSED.match(lines[0].strip()) and not lines[0].startswith(">"):
        return 1
    for length in range(1, len(lines) + 1):
        if not lines[length - 1] or lines[length - 1].startswith(">"):
            return 0
        if ATTRIBUTION.match(" ".join(each.strip() for each in lines[:length])):
            return length
    return 0


class _Reader(HTMLParser):
    """Reads the text of a mail in HTML, without what a mail program marks as quoted."""

    SKIPPED = frozenset({"blockquote", "style", "script", "head", "title"})
    BREAKS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "hr"})
    VOID = frozenset({"br", "hr", "img", "meta", "link", "input", "col", "area", "base", "wbr"})
    QUOTED = ("gmail_quote", "divRplyFwdMsg", "yahoo_quoted", "moz-cite-prefix", "OLK_SRC")

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.skipping: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin to skip what is quoted, or go on skipping."""
        marks = " ".join(value or "" for name, value in attrs if name in ("class", "id"))
        quoted = tag in self.SKIPPED or any(mark in marks for mark in self.QUOTED)
        if tag not in self.VOID and (self.skipping or quoted):
            self.skipping.append(tag)
        if tag in self.BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a skipped element; one that was left open ends with it."""
        if tag in self.skipping:
            while self.skipping and self.skipping.pop() != tag:
                continue

    def handle_data(self, data: str) -> None:
        """Keep words that are not skipped."""
        if not self.skipping:
            self.words.append(re.sub(r"\s+", " ", data))


def text_of(html: str) -> str:
    """Return the words of a mail in HTML, a line for each paragraph."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "\n".join(line.strip() for line in "".join(reader.words).split("\n"))
