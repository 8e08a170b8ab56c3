"""The scenes of attempts that are compared."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from past import FRAUD, answer, keep
from scenes import ready
from studio import Stage, scene

from voiceprep.bank.load import built_in_banks
from voiceprep.gui.pages.compare import ComparePage
from voiceprep.interview.records import SessionRecord
from voiceprep.meaning.encoder import Encoder

TAKES = (
    ("Well, um, the old way is a list of fixed rules that somebody writes.", "I mean, that is it."),
    (*FRAUD[:3], "It looks at every single customer and learns what is usual for that person."),
    (
        "The AI looks at the device, the time and the shop together and keeps updating itself.",
        "A traditional system is really a list of fixed rules,",
        "you know, block over a thousand, and that number stays there for years.",
        "We trained the model anew each week, and the false alarms went down by a third.",
    ),
    FRAUD,
)


def compared(stage: Stage, takes: tuple[tuple[str, ...], ...]) -> ComparePage:
    """Attempts of several weeks at one question."""
    ready(stage)
    toolbox = stage.context.toolbox
    stage.context.toolbox = replace(toolbox, meaning=Encoder())
    question = built_in_banks()[0].questions[0]
    for number, parts in enumerate(takes):
        moment = (datetime.now(UTC) - timedelta(days=7 * (len(takes) - number) - 6)).isoformat(
            timespec="seconds"
        )
        made = replace(
            answer(stage, question, parts, f"take-{number}"),
            session_id=f"sitting-{number}",
            started_at=moment,
        )
        session = SessionRecord(
            made.session_id, made.bank_id, "Bank", moment, (question.id,), moment, (made,)
        )
        keep(stage, session)
    stage.window.compare(f"take-{len(takes) - 1}")
    stage.until(lambda: stage.window.here == "compare")
    page = stage.window.compare_page
    stage.until(lambda: page.table.height() >= page.table.minimumSizeHint().height())
    stage.rest(0.6)
    return page


@scene("compare")
def _compare(stage: Stage) -> None:
    compared(stage, TAKES)


@scene("compare-below")
def _below(stage: Stage) -> None:
    page = compared(stage, TAKES)
    page.column.ensureWidgetVisible(page.courses[0])


@scene("compare-lines")
def _lines(stage: Stage) -> None:
    page = compared(stage, TAKES)
    page.column.ensureWidgetVisible(page.diff)
    stage.player.duration_s = 60
    page.hear_both(page.two[1].standing.concepts[0].id)
    stage.rest(0.3)


@scene("compare-many")
def _many(stage: Stage) -> None:
    compared(stage, TAKES * 3)
