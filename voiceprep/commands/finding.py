"""What was found in the history, in a terminal."""

from datetime import date, timedelta

from rich.text import Text

from voiceprep.commands.output import out
from voiceprep.errors import VoicePrepError
from voiceprep.interview.catalogue import AnswerLine, SessionLine
from voiceprep.report.phrases import SIGN


def day(text: str, *, days_later: int = 0) -> str:
    """A day as the history compares it; "" stays that.

    Raises:
        VoicePrepError: It is no day.
    """
    if not text:
        return ""
    try:
        return (date.fromisoformat(text) + timedelta(days=days_later)).isoformat()
    except (ValueError, OverflowError) as error:
        raise VoicePrepError(
            f"{text!r} is no day.", "", "Write year, month and day: 2026-01-31."
        ) from error


def print_found(lines: tuple[SessionLine, ...], answers: tuple[AnswerLine, ...] = ()) -> None:
    """Each session with what the person calls it, and the words that were found.

    ``answers`` are those that are in the trash without their session.
    """
    if not lines and not answers:
        out.print("Nothing found.")
    for line in lines:
        score = "-" if line.score is None else f"{line.score:.0f} %"
        if line.doubtful:
            score += f" {SIGN} {line.doubtful} doubtful"
        started = line.started_at.replace("T", " ")[:16]
        tags = " ".join(f"#{tag}" for tag in line.label.tags)
        parts = (line.id, started, score, line.label.name, line.bank_title, tags)
        out.print(Text("  ".join(part for part in parts if part)))
        if line.snippet:
            found = Text("    ")
            for text, is_hit in line.snippet:
                found.append(text, style="bold yellow" if is_hit else "dim")
            out.print(found)
    for answer in answers:
        started = answer.started_at.replace("T", " ")[:16]
        out.print(Text(f"{answer.id}  {started}  Answer: {answer.question}"))
