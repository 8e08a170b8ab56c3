"""Scores all old answers again, in the background."""

from threading import Event

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar

from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.phrasing import count
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import row
from voiceprep.gui.widgets.setting import Section
from voiceprep.gui.widgets.text import label
from voiceprep.interview.rescoring import Rescored, rescore_all


class RescoreSection(Section):
    """One button, its progress, and what came of it."""

    def __init__(self, context: Context) -> None:
        super().__init__("Old answers")
        self._context = context
        self._cancel: Event | None = None
        remark = (
            "When VoicePrep's scorer or a checklist has changed, old answers can be scored again. "
            "Earlier results are kept beside the new ones."
        )
        self.body.addWidget(label(remark, "small", "muted", wrap=True))
        self._problem = ErrorPanel()
        self.body.addWidget(self._problem)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Scoring old answers again")
        self.body.addWidget(self._bar)
        self.told = label("", wrap=True)
        self.body.addWidget(self.told)
        self.start = Button("Score old answers again")
        self.stop = Button("Stop")
        self.start.clicked.connect(self._begin)
        self.stop.clicked.connect(self.cancel)
        across = row(gap=1)
        across.addWidget(self.start)
        across.addWidget(self.stop)
        across.addStretch(1)
        self.body.addLayout(across)
        self.body.setAlignment(across, Qt.AlignmentFlag.AlignLeft)
        context.engines_changed.connect(self._show)
        context.busy_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        runs = self._cancel is not None
        ready = self._context.toolbox is not None and not self._context.busy
        self.start.setVisible(not runs)
        self.start.setEnabled(ready)
        self.stop.setVisible(runs)
        self._bar.setVisible(runs)
        self.told.setVisible(bool(self.told.text()))

    def _begin(self) -> None:
        toolbox = self._context.toolbox
        if toolbox is None or self._cancel is not None:
            return
        cancel = self._cancel = Event()
        self._problem.clear()
        self.told.setText("")
        self._bar.setRange(0, 0)

        def report(share: float) -> None:
            self._context.bridge.post(lambda: self._progressed(share))

        def work() -> Rescored:
            sessions = toolbox.judge.history.sessions()
            return rescore_all(toolbox.judge, toolbox.banks, sessions, cancel, report)

        self._context.jobs.run(self, work, self._done, self._failed)
        self._show()

    def cancel(self) -> None:
        """Stop; what was scored again stays so."""
        if self._cancel is not None:
            self._cancel.set()

    def _progressed(self, share: float) -> None:
        self._bar.setRange(0, 100)
        self._bar.setValue(round(100 * share))

    def _done(self, found: Rescored) -> None:
        self._over(in_words(found))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self._over("Stopped. Answers that were scored again already stay so.")
            return
        self._over("")
        if not isinstance(error, VoicePrepError):
            raise error
        self._problem.tell(error)

    def _over(self, text: str) -> None:
        self._cancel = None
        self.told.setText(text)
        self._show()
        self._context.history_changed.emit()


def in_words(found: Rescored) -> str:
    """What came of it: ``12 answers scored again: 3 with other verdicts ...``, for example."""
    if not found.answers:
        return "Nothing to do: all answers were scored by this scorer with these checklists."
    text = f"{count(found.answers, 'answer')} scored again"
    if not found.changed:
        return f"{text}; no verdict changed."
    return f"{text}: {found.changed} with other verdicts, {found.higher} with a higher coverage."
