"""What a printed report shows, as blocks of text from top to bottom; pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from voiceprep.report import phrases
from voiceprep.report.view import Answer, Asked, Concept, Paragraph, View
from voiceprep.scoring.assessment import Level

SMALL, BODY, HEADING, TITLE = 8.5, 10.0, 13.0, 20.0
"""The sizes of type, in points."""
STEP = 4.0
"""The distance that all others are multiples of, in points."""
NUMBERS = 5 * STEP
"""Room for a number at the left, in points."""
TIMES = 9 * STEP
"""Room for a time at the left of a transcript, in points."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words that look alike.

    Attributes:
        text: The words.
        bold: Whether they are bold.
        tone: Their colour, a token of the theme.
        level: The level of the concept that they prove: they are marked.
        raised: Whether they are the small number behind marked words.
    """

    text: str
    bold: bool = False
    tone: str = "text"
    level: Level | None = None
    raised: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph; distances in points.

    Attributes:
        spans: Its words.
        size: Of its type.
        indent: From the left edge.
        aside: How much room the right edge leaves.
        left: What stands at the left of its first line, within the indent.
        right: What stands at the right of its first line.
        badge: The level that ``right`` names: it is drawn with its sign.
        quoted: The level in whose colours it is set off.
        ring: Coverage that is drawn at the right, 0 to 100.
        rule: Whether a hairline is above it.
        before: Distance to the block above.
        keeps_next: Whether it is a heading of what follows.
        starts_page: Whether a page begins with it.
    """

    spans: tuple[Span, ...]
    size: float = BODY
    indent: float = 0.0
    aside: float = 0.0
    left: str = ""
    right: str = ""
    badge: Level | None = None
    quoted: Level | None = None
    ring: float | None = None
    rule: bool = False
    before: float = STEP
    keeps_next: bool = False
    starts_page: bool = False


TONES = {Level.COVERED: "accent", Level.PARTIAL: "partial", Level.MISSED: "alert"}


def blocks(report: View) -> Iterator[Block]:
    """The whole report."""
    yield from _head(report)
    for one in report.asked:
        yield from _question(one)
    yield _small(
        "Coverage is the weighted share of the hint's concepts that the answer made; partly made "
        "ones count half. Each verdict rests on the words quoted with it. Delivery is never part "
        "of it. Written by VoicePrep on the candidate's own machine; nothing was sent anywhere.",
        before=6 * STEP,
        rule=True,
    )


def line(text: str) -> str:
    """Text that any page can show, on one line."""
    return " ".join(phrases.clean(text).split())


def _plain(text: str, tone: str = "text", *, bold: bool = False) -> tuple[Span, ...]:
    return (Span(line(text), bold, tone),)


def _small(
    text: str, *, indent: float = 0.0, before: float = 2.0, rule: bool = False, aside: float = 0.0
) -> Block:
    return Block(_plain(text, "muted"), SMALL, indent=indent, before=before, rule=rule, aside=aside)


def _facts(facts: tuple[str, ...], *, aside: float = 0.0) -> Iterator[Block]:
    if facts:
        yield _small(" · ".join(facts), aside=aside)


def _mark(words: str, *, indent: float = 0.0, aside: float = 0.0) -> Iterator[Block]:
    """What a score is marked with, where it is."""
    if words:
        spans = _plain(f"{phrases.SIGN} {words}", "partial", bold=True)
        yield Block(spans, SMALL, indent=indent, before=2, aside=aside)


def _heading(text: str) -> Block:
    return Block(_plain(text, "muted", bold=True), SMALL, before=3 * STEP, keeps_next=True)


def _head(report: View) -> Iterator[Block]:
    aside = 22 * STEP
    yield Block(
        _plain("VoicePrep", "accent", bold=True),
        SMALL,
        before=0,
        ring=report.score,
        aside=aside,
        keeps_next=True,
    )
    yield Block(_plain(report.title, bold=True), TITLE, aside=aside, before=2, keeps_next=True)
    yield from _facts((report.when, *report.facts), aside=aside)
    yield from _mark(report.mark, aside=aside)
    levels = [
        Span(f"{number} {word.lower()}{'     ' if level is not Level.MISSED else ''}",
             bold=True, tone=TONES[level])
        for level, word, number in report.levels
    ]  # fmt: skip
    yield Block(tuple(levels), SMALL, aside=aside, before=STEP)
    if not report.asked:
        yield Block(_plain("No question was answered in this session."), before=4 * STEP)
        return
    for number, one in enumerate(report.asked):
        score = one.counts.score
        yield Block(
            _plain(one.question.question),
            indent=NUMBERS,
            aside=12 * STEP,
            left=str(one.number),
            right="" if score is None else phrases.percent(score),
            rule=True,
            before=6 * STEP if number == 0 else 2 * STEP,
            keeps_next=True,
        )
        yield _small(one.counts.tally, indent=NUMBERS, before=0)
        yield from _mark(one.counts.mark, indent=NUMBERS)


def _question(one: Asked) -> Iterator[Block]:
    yield Block(
        _plain(" · ".join(one.labels), "muted"), SMALL, before=9 * STEP, rule=True, keeps_next=True
    )
    yield Block(_plain(one.question.question, bold=True), HEADING, before=2, keeps_next=True)
    for answer in one.answers:
        yield from _answer(answer)
    yield _heading("The hint")
    yield Block(_plain(one.question.hint), indent=2 * STEP, before=STEP)


def _answer(answer: Answer) -> Iterator[Block]:
    yield _heading(answer.title)
    yield Block(
        _plain(answer.tally, bold=True),
        aside=12 * STEP,
        right="" if answer.score is None else phrases.percent(answer.score),
        before=1,
        keeps_next=True,
    )
    yield from _mark(answer.mark)
    if answer.named:
        yield _small(answer.named)
    if answer.own_word:
        yield _small(answer.own_word)
    yield from _facts(answer.facts)
    if answer.troubles:
        yield Block(_plain(" ".join(answer.troubles), "alert"), before=STEP)
    if answer.concepts:
        yield _heading("Concepts")
    for concept in answer.concepts:
        yield from _concept(concept)
    if answer.paragraphs:
        yield _heading("Transcript" if answer.paragraphs[0].at else "Typed text")
        for paragraph in answer.paragraphs:
            yield _paragraph(paragraph, answer)
    if answer.delivery:
        yield _heading("Delivery")
        for name, figure in answer.delivery:
            yield Block((Span(f"{name}: ", tone="muted"), Span(line(figure))), before=2)


def _concept(concept: Concept) -> Iterator[Block]:
    yield Block(
        _plain(concept.label, bold=True),
        indent=NUMBERS,
        aside=22 * STEP,
        left=str(concept.number),
        right=concept.word,
        badge=concept.level,
        rule=True,
        before=2 * STEP,
        keeps_next=True,
    )
    if concept.own_word:
        yield Block(_plain(concept.own_word), indent=NUMBERS, before=2)
    for quote in concept.quotes:
        yield Block(
            _plain(f"“{quote.text}”"),
            indent=NUMBERS + 2 * STEP,
            aside=12 * STEP if quote.at else 2 * STEP,
            right=quote.at,
            quoted=concept.level,
            before=STEP,
        )
    said = ", ".join(concept.terms)
    for words in (
        concept.why,
        f"Key terms said: {said}" if said else "",
        f"The hint says “{concept.hint}”."
        if concept.hint and concept.level is not Level.COVERED
        else "",
    ):
        if words.strip():
            yield _small(words, indent=NUMBERS)
    if concept.probe:
        yield Block(
            (Span("Follow-up: ", bold=True), Span(line(concept.probe))), indent=NUMBERS, before=2
        )


def _paragraph(paragraph: Paragraph, answer: Answer) -> Block:
    spans: list[Span] = []
    for run in paragraph.runs:
        words = re.sub(r"\s", " ", phrases.clean(run.text))
        said = words.rstrip()
        spans.append(Span(said, level=run.level))
        if run.ending:
            numbers = ",".join(map(str, run.ending))
            level = answer.concepts[run.ending[0] - 1].level
            spans.append(Span(numbers, bold=True, tone=TONES[level], raised=True))
        spans.append(Span(words[len(said) :]))
    timed = bool(answer.paragraphs[0].at)
    return Block(tuple(spans), indent=TIMES if timed else 0.0, left=paragraph.at)
