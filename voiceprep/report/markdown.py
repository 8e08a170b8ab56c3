"""A session as Markdown (CommonMark, with one table as on GitHub) that reads well as plain text."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from voiceprep.interview.records import SessionRecord
from voiceprep.report import phrases
from voiceprep.report.view import Answer, Asked, Concept, Paragraph, Run, View, view

_MARKUP = re.compile(
    r"""
    [\\`*_\[\]<>|~&$]       # means something anywhere
    | ^[-+] | (?<!\S)\#     # begins a list, begins or ends a heading
    | :(?=//) | (?<=www)\.  # part of an address that some make a link of
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LIST_NUMBER = re.compile(r"^(\d{1,9})([.)])")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def render(session: SessionRecord) -> str:
    """The report; whatever comes from users, banks and transcripts is plain text in it."""
    return "\n\n".join(_blocks(view(session))) + "\n"


def escaped(text: str) -> str:
    """Text on one line that Markdown shows as it is."""
    line = _MARKUP.sub(r"\\\g<0>", " ".join(phrases.clean(text).split()))
    return _LIST_NUMBER.sub(r"\1\\\2", line)


def _blocks(report: View) -> Iterator[str]:
    yield f"# {escaped(report.title)}"
    yield _facts((report.when, *report.facts))
    if report.score is not None:
        levels = ", ".join(f"{number} {word.lower()}" for _, word, number in report.levels)
        yield f"**Coverage {phrases.percent(report.score)}** ({levels}){_mark(report.mark)}"
    if not report.asked:
        yield "No question was answered in this session."
        return
    yield "\n".join(("| | Question | Coverage |", "|-:|:-|-:|", *map(_row, report.asked)))
    for one in report.asked:
        yield f"## {escaped(one.question.question)}"
        yield _facts(one.labels)
        for answer in one.answers:
            yield from _answer(answer)
        yield "### The hint"
        yield f"> {escaped(one.question.hint)}"
    yield "---"
    yield (
        "Coverage is the weighted share of the hint's concepts that the answer made; partly made "
        "ones count half. Delivery is never part of it. Written by VoicePrep, offline."
    )


def _row(one: Asked) -> str:
    score = "" if one.counts.score is None else phrases.percent(one.counts.score)
    score = f"{score}{_mark(one.counts.mark)}".strip()
    return f"| {one.number} | {escaped(one.question.question)} | {score} |"


def _answer(answer: Answer) -> Iterator[str]:
    score = "" if answer.score is None else f"{phrases.percent(answer.score)}, "
    yield f"### {answer.title}: {score}{answer.tally}{_mark(answer.mark)}"
    yield _facts(answer.facts)
    if answer.named:
        yield f"{answer.named}."
    if answer.own_word:
        yield escaped(answer.own_word)
    if answer.troubles:
        yield f"> {' '.join(map(escaped, answer.troubles))}"
    if answer.concepts:
        yield "\n".join(line for concept in answer.concepts for line in _concept(concept))
    if answer.paragraphs:
        yield "#### Transcript"
        yield from map(_paragraph, answer.paragraphs)
    if answer.delivery:
        yield "#### Delivery"
        yield "\n".join(f"- {name}: {escaped(figure)}" for name, figure in answer.delivery)


def _mark(words: str) -> str:
    return f" {phrases.SIGN} {words}" if words else ""


def _concept(concept: Concept) -> Iterator[str]:
    """A numbered line with a list below it."""
    number = f"{concept.number}."
    yield f"{number} **{concept.word}:** {escaped(concept.label)}"
    quotes = (
        f"“{escaped(quote.text)}”" + (f" ({quote.at})" if quote.at else "")
        for quote in concept.quotes
    )
    terms = ", ".join(map(escaped, concept.terms))
    said = (
        escaped(concept.own_word),
        *quotes,
        escaped(concept.why),
        f"Key terms said: {terms}" if terms else "",
        f"The hint says “{escaped(concept.hint)}”." if concept.hint and concept.probe else "",
        f"Follow-up: {escaped(concept.probe)}" if concept.probe else "",
    )
    yield from (f"{' ' * len(number)} - {line}" for line in said if line)


def _paragraph(paragraph: Paragraph) -> str:
    """A stretch of speech, the words that prove something bold, with the concept's number."""
    parts = []
    for is_marked, group in groupby(paragraph.runs, lambda run: run.level is not None):
        runs = tuple(group)
        text = "".join(run.text for run in runs)
        before, after = (" " if edge.isspace() else "" for edge in (text[0], text[-1]))
        words = _numbered(runs) if is_marked else escaped(text)
        shown = f"**{words}**" if is_marked and words else words
        parts.append(f"{before}{shown}{after}")
    text = "".join(parts).strip()
    return f"({paragraph.at}) {text}" if paragraph.at else text


def _numbered(runs: Iterable[Run]) -> str:
    """Marked words, each mark with its concept's number at its end."""
    text = "".join(
        run.text.rstrip()
        + ",".join(map(str, run.ending)).translate(_SUPERSCRIPTS)
        + run.text[len(run.text.rstrip()) :]
        for run in runs
    )
    return escaped(text)


def _facts(facts: Iterable[str]) -> str:
    return " · ".join(map(escaped, facts))
