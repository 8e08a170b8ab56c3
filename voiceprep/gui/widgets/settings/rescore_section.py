"""Scores all old answers again, in the background, and shows which changed."""

from functools import partial
from threading import Event

from PySide6.QtWidgets import QProgressBar, QWidget

from voiceprep.gui.bridge import foreseen
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.phrasing import count
from voiceprep.gui.widgets.attempt_row import OpensRow
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import clear, column, flow_box, row
from voiceprep.gui.widgets.settings.setting import Section
from voiceprep.gui.widgets.text import label
from voiceprep.interview.rescoring import Outcome, Rescored, outdated, rescore_all
from voiceprep.report.phrases import SIGN, sound_mark

MOST_SHOWN = 12
"""Changed answers that are listed; Review has all of them."""


class RescoreSection(Section):
    """How many answers are outdated, a button, its progress, and what came of it."""

    def __init__(self, context: Context) -> None:
        super().__init__("Old answers")
        self._context = context
        self._cancel: Event | None = None
        self._outdated: tuple[str, ...] | None = None
        remark = (
            "When VoicePrep's scorer or a checklist has changed, old answers can be scored again. "
            "Earlier results are kept beside the new ones."
        )
        self.body.addWidget(label(remark, "small", "muted", wrap=True))
        self._problem = ErrorPanel()
        self.body.addWidget(self._problem)
        self.waiting = label("", wrap=True)
        self.body.addWidget(self.waiting)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Scoring old answers again")
        self.body.addWidget(self._bar)
        self.told = label("", wrap=True)
        self.body.addWidget(self.told)
        self.rows: list[OpensRow] = []
        self._list = column(gap=0)
        self.body.addLayout(self._list)
        self.start = Button("Score old answers again")
        self.stop = Button("Stop")
        self.start.clicked.connect(self._begin)
        self.stop.clicked.connect(self.cancel)
        self.body.addWidget(flow_box(self.start, self.stop))
        context.engines_changed.connect(self.load)
        context.busy_changed.connect(self._show)
        self._show()

    # -- how many ----------------------------------------------------------------------------

    def load(self) -> None:
        """Count in the background."""
        toolbox = self._context.toolbox
        if toolbox is None or self._cancel is not None:
            self._show()
            return
        judge, banks = toolbox.judge, toolbox.banks
        self._context.jobs.run(self, lambda: outdated(judge, banks), self._counted, self._failed)

    def _counted(self, attempt_ids: tuple[str, ...]) -> None:
        self._outdated = attempt_ids
        self._show()

    def _show(self) -> None:
        runs, found = self._cancel is not None, self._outdated
        ready = self._context.toolbox is not None and not self._context.busy
        self.start.setVisible(not runs)
        self.start.setEnabled(ready and bool(found))
        self.stop.setVisible(runs)
        self._bar.setVisible(runs)
        self.told.setVisible(bool(self.told.text()))
        self.waiting.setVisible(not runs and found is not None)
        if found is not None:
            verb = "was" if len(found) == 1 else "were"
            self.waiting.setText(
                f"{count(len(found), 'answer')} {verb} scored before a change."
                if found
                else "All answers were scored by this scorer with these checklists."
            )

    # -- scoring -----------------------------------------------------------------------------

    def _begin(self) -> None:
        toolbox, waiting = self._context.toolbox, self._outdated
        if toolbox is None or self._cancel is not None or not waiting:
            return
        cancel = self._cancel = Event()
        self._problem.clear()
        self._tell("", ())
        self._bar.setRange(0, 0)

        def report(share: float) -> None:
            self._context.bridge.post(lambda: self._progressed(share))

        self._context.jobs.run(
            self,
            lambda: rescore_all(waiting, toolbox.judge, toolbox.banks, cancel, report),
            lambda found: self._over(in_words(found), found.changed),
            self._failed,
        )
        self._show()

    def cancel(self) -> None:
        """Stop; what was scored again stays so."""
        if self._cancel is not None:
            self._cancel.set()

    def _progressed(self, share: float) -> None:
        self._bar.setRange(0, 1000)
        self._bar.setValue(round(1000 * share))

    def _failed(self, error: Exception) -> None:
        self._over("", ())
        self._problem.tell(foreseen(error))

    def _over(self, text: str, changed: tuple[Outcome, ...]) -> None:
        ran, self._cancel = self._cancel is not None, None
        self._tell(text, changed)
        if ran:
            self._context.history_changed.emit()
            self.load()

    def _tell(self, text: str, changed: tuple[Outcome, ...]) -> None:
        self.told.setText(text)
        clear(self._list)
        most_first = sorted(changed, key=lambda one: -abs(one.gain))[:MOST_SHOWN]
        self.rows = [self._row(one) for one in most_first]
        for made in self.rows:
            self._list.addWidget(made)
        if len(changed) > MOST_SHOWN:
            more = f"And {count(len(changed) - MOST_SHOWN, 'answer')} more; Review shows all."
            self._list.addWidget(label(more, "small", "muted", wrap=True))
        self._show()

    def _row(self, outcome: Outcome) -> OpensRow:
        made = OpensRow()
        words = column(gap=0)
        words.setSpacing(2)
        words.addWidget(label(outcome.after.question.question, wrap=True))
        figures = label(points(outcome), "small", "muted")
        words.addWidget(figures)
        across = row(made, gap=0)
        across.setContentsMargins(8, 8, 36, 8)
        holder = QWidget()
        holder.setLayout(words)
        across.addWidget(holder, 1)
        made.setAccessibleName(f"{outcome.after.question.question} {figures.text()}")
        made.opened.connect(partial(self._context.open_attempt.emit, outcome.after.id))
        return made


def points(outcome: Outcome) -> str:
    """For example ``40 % before, 60 % now; 2 verdicts changed``."""
    old, new = outcome.before.standing, outcome.after.standing
    verdicts = f"{count(len(outcome.changes), 'verdict')} changed"
    if mark := sound_mark(outcome.after):
        verdicts += f"; {SIGN} {mark.lower()}"
    if old is None or new is None:
        return verdicts
    return f"{old.score:.0f}\u00a0% before, {new.score:.0f}\u00a0% now; {verdicts}"


def in_words(found: Rescored) -> str:
    """What came of it: ``12 answers scored again: 3 with other verdicts ...``, for example."""
    text = f"{count(found.answers, 'answer')} scored again"
    if not found.changed:
        text += "; no verdict changed"
    else:
        text += f": {len(found.changed)} with other verdicts, {found.higher} higher, "
        text += f"{found.lower} lower"
    return f"{text}. Stopped with {found.left} left." if found.left else f"{text}."
