"""The interview in a terminal: what is printed, and the loop that drives the machine."""

from collections.abc import Callable, Sequence
from queue import SimpleQueue

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from voiceprep.interview.machine import State
from voiceprep.interview.records import Attempt, SessionRecord
from voiceprep.interview.view import View
from voiceprep.report.phrases import (
    SIGN,
    doubtful_answers,
    explain_doubt,
    explain_own_word,
    sound_mark,
    state,
)
from voiceprep.scoring.assessment import Assessment, Evidence, Level
from voiceprep.scoring.transcript import Transcript
from voiceprep.scoring.why import explain_terms

_MARKS = {
    Level.COVERED: ("✓", "green"),
    Level.PARTIAL: ("◐", "yellow"),
    Level.MISSED: ("✗", "red"),
}

ENGINE_NAMES = {
    "pocketsphinx": "the basic recogniser (PocketSphinx)",
    "whisper": "Whisper",
    "typed": "typed",
}


class Loop:
    """Runs what is posted from any thread on the thread that calls ``run_until``."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[Callable[[], None]] = SimpleQueue()

    def post(self, function: Callable[[], None]) -> None:
        """Run this on the loop's thread, soon."""
        self._queue.put(function)

    def run_until(self, done: Callable[[], bool]) -> None:
        """Run what comes until ``done`` says so."""
        while not done():
            self._queue.get()()


def settled(view: View) -> bool:
    """Whether the interview waits for a person: nothing is spoken, opened or transcribed."""
    busy = {State.IDLE, State.ASKING, State.TRANSCRIBING}
    return view.state not in busy and not view.starting


def print_question(console: Console, view: View) -> None:
    """The question with its place in the sitting."""
    title = f"Question {view.position + 1} of {len(view.questions)} · {view.question.category}"
    console.print()
    console.print(
        Panel(Text(view.question.question, style="bold"), title=title, title_align="left")
    )


def print_attempt(console: Console, attempt: Attempt) -> None:
    """Transcript and checklist of an attempt."""
    if attempt.transcript is not None and attempt.transcript.segments:
        console.print(_transcript(attempt.transcript, attempt.standing))
    if attempt.standing is not None:
        console.print(checklist(attempt.standing))
        for line in (explain_own_word(attempt), _explain_earlier(attempt)):
            if line:
                console.print(Text(line, style="dim"))
    elif attempt.failure:
        console.print(Text(attempt.failure, style="red"))
    if attempt.doubt is not None:
        console.print(Text(f"{SIGN} {explain_doubt(attempt)}", style="yellow"))


def _explain_earlier(attempt: Attempt) -> str:
    scores = [
        f"{one.standing.score:.0f} % ({one.reason}, {one.until[:10]})"
        for one in attempt.earlier
        if one.standing is not None
    ]
    return f"Earlier results: {', '.join(scores)}" if scores else ""


def checklist(assessment: Assessment) -> RenderableType:
    """Coverage, then a row for each concept with its quotes and the reason."""
    made = assessment.count(Level.COVERED)
    half = assessment.count(Level.PARTIAL)
    head = Text.assemble(
        ("Coverage ", "bold"),
        (f"{assessment.score:.0f} %", "bold"),
        f"   {made} of {len(assessment.concepts)} concepts covered",
        f", {half} partly" if half else "",
        (f"   {explain_terms(assessment)}", "dim"),
    )
    table = Table.grid(padding=(0, 1))
    table.add_column(width=1)
    table.add_column(width=7)
    table.add_column(ratio=1)
    for verdict in assessment.concepts:
        mark, colour = _MARKS[verdict.level]
        lines = [Text(verdict.label, style="bold")]
        lines += [_quote(one) for one in verdict.evidence]
        lines.append(Text(verdict.why, style="dim"))
        table.add_row(
            Text(mark, style=colour), Text(verdict.level.value, style=colour), Group(*lines)
        )
    return Group(head, Padding(table, (0, 0, 0, 1)))


def print_summary(console: Console, session: SessionRecord) -> None:
    """The mean of the sitting and each attempt in a line."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column("#", justify="right")
    table.add_column("Question")
    table.add_column("Coverage", justify="right")
    table.add_column("")
    for attempt in session.attempts:
        figure = f"{attempt.standing.score:.0f} %" if attempt.standing else state(attempt).lower()
        mark = Text(f"{SIGN} {sound_mark(attempt)}" if attempt.doubt else "", style="yellow")
        table.add_row(str(attempt.position + 1), Text(attempt.question.question), figure, mark)
    console.print(Text("\nSummary", style="bold"))
    console.print(table)
    if session.score is not None:
        mean = Text(f"Mean coverage {session.score:.0f} %", style="bold")
        if session.doubtful:
            mean.append(f"  {SIGN} {doubtful_answers(session.doubtful)}", style="yellow")
        console.print(mean)


def ask_choice(console: Console, choices: Sequence[tuple[str, str]]) -> str:
    """Offer keys with their meaning until one of them is given; end of input is the last one."""
    keys = {key for key, _ in choices}
    prompt = "   ".join(f"[bold]{key or 'Enter'}[/bold] {meaning}" for key, meaning in choices)
    while True:
        try:
            answer = console.input(f"{prompt}: ").strip().lower()
        except EOFError:
            return choices[-1][0]
        if answer in keys:
            return answer


def _quote(evidence: Evidence) -> Text:
    time = f"  {clock(evidence.start_s)}" if evidence.start_s is not None else ""
    return Text.assemble((f"“{evidence.quote}”", "italic"), (time, "cyan"))


def _transcript(transcript: Transcript, assessment: Assessment | None) -> RenderableType:
    text = Text(transcript.text)
    for verdict in assessment.concepts if assessment else ():
        for one in verdict.evidence:
            text.stylize(_MARKS[verdict.level][1], one.start_char, one.end_char)
    engine = ENGINE_NAMES.get(transcript.engine, transcript.engine)
    title = "Your answer" if transcript.engine == "typed" else f"Transcript by {engine}"
    return Padding(Panel(text, title=title, title_align="left", border_style="dim"), (1, 0, 0, 0))


def clock(seconds: float) -> str:
    """Seconds as minutes and seconds: 75 is 1:15."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
