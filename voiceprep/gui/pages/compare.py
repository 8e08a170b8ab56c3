"""All attempts at one question side by side."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from voiceprep.gui.bridge import foreseen
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.pages.page import Page
from voiceprep.gui.phrasing import count, when
from voiceprep.gui.playback import Playback
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.digits import Digits
from voiceprep.gui.widgets.layout import Card, Scroll, column, line, row
from voiceprep.gui.widgets.result_head import QuestionHead
from voiceprep.gui.widgets.review.attempts_table import AttemptsTable, first_said
from voiceprep.gui.widgets.review.course import Course
from voiceprep.gui.widgets.review.line_diff import LineDiff
from voiceprep.gui.widgets.select import Select
from voiceprep.gui.widgets.speed import Speed
from voiceprep.gui.widgets.text import label
from voiceprep.interview.comparison import (
    Pair,
    best,
    by_meaning,
    by_words,
    comparable,
    compare,
    concepts,
    lines,
)
from voiceprep.interview.records import Attempt
from voiceprep.scoring.assessment import Evidence
from voiceprep.scoring.delivery import Delivery

_Stretch = tuple[Attempt, float, float | None]


class ComparePage(Page):
    """Attempts as columns, figures over time, and two of them line by line and by ear."""

    open_attempt = Signal(str)
    again = Signal()
    """Answer this question once more."""
    back = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._attempts: tuple[Attempt, ...] = ()
        self._queue: list[_Stretch] = []
        self._digits = Digits()
        self.playback = Playback(context, self)
        self._head = QuestionHead()
        self.table = AttemptsTable()
        self.courses = (
            Course("Coverage", "\u00a0%"),
            Course("Words a minute"),
            Course("Fillers a minute"),
        )
        self.left_choice, self.right_choice = Select("Earlier attempt"), Select("Later attempt")
        for one in (self.left_choice, self.right_choice):
            one.setMinimumContentsLength(9)
        self.speed = Speed(context)
        self.now = label("", "small", "muted")
        self.stop_button = Button("Stop", "quiet", icon="stop", key="Space")
        self.diff = LineDiff()
        self._problem = ErrorPanel()
        self.back_button = Button("Back", icon="back", key="Esc")
        self.again_button = Button("Answer again", "primary", icon="again", key="R")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        body = column(self, gap=2)
        body.setContentsMargins(40, 24, 40, 16)
        body.addWidget(self._head)
        body.addWidget(self._problem)
        inside = QWidget()
        content = column(inside, gap=2)
        content.setContentsMargins(0, 0, 8, 8)
        content.addWidget(self.table)
        self._over_time = Card(margin=2)
        self._over_time.body.addWidget(label("Over time", bold=True))
        across = row(gap=3)
        for one in self.courses:
            across.addWidget(one)
        self._over_time.body.addLayout(across)
        self._two = Card(margin=2)
        choice = row(gap=1)
        choice.addWidget(label("What was said", bold=True))
        choice.addStretch(1)
        choice.addWidget(self.left_choice)
        choice.addWidget(label("with", "small", "muted"))
        choice.addWidget(self.right_choice)
        choice.addWidget(self.speed)
        self._two.body.addLayout(choice)
        self._two.body.addWidget(self.diff)
        content.addWidget(self._two)
        content.addWidget(self._over_time)
        content.addStretch(1)
        self.column = Scroll(inside)
        self.column.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.column.setAccessibleName("Attempts compared")
        body.addWidget(self.column, 1)
        body.addWidget(line())
        foot = row(gap=1)
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        foot.addWidget(self.now)
        foot.addWidget(self.stop_button)
        foot.addWidget(self.again_button)
        body.addLayout(foot)
        self._show_playing()

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.back)
        self.again_button.clicked.connect(self.again)
        self.stop_button.clicked.connect(self.stop)
        self.table.opened.connect(self.open_attempt)
        self.table.play.connect(self._play_evidence)
        self.table.both.connect(self.hear_both)
        self.diff.play.connect(self._play_line)
        self.left_choice.activated.connect(lambda _: self._show_diff())
        self.right_choice.activated.connect(lambda _: self._show_diff())
        self.playback.changed.connect(self._show_playing)
        self.playback.finished.connect(self._play_next)
        self.playback.failed.connect(self._failed)
        self.context.history_changed.connect(self._load)

    # -- what is shown -----------------------------------------------------------------------

    def show_attempts(self, attempts: Sequence[Attempt], attempt_id: str) -> None:
        """Show attempts at one question, the oldest first.

        Args:
            attempts: All of them, at least one.
            attempt_id: The one that is compared, with the best of the others that came before it,
                or with the best of all where it is the first.
        """
        self.stop()
        self._problem.clear()
        self._attempts = tuple(attempts)
        self._head.show_question(attempts[-1].question, count(len(attempts), "attempt"))
        self.table.show_attempts(attempts)
        self._over_time.hide()
        self._work_out_courses()
        at = next((number for number, one in enumerate(attempts) if one.id == attempt_id), 0)
        self._two.setVisible(len(attempts) > 1)
        self._choose(at)
        self._show_diff()
        self.column.verticalScrollBar().setValue(0)

    def _load(self) -> None:
        """One may have been put into the trash, or back, or judged otherwise."""
        known, history = self._attempts, self.context.history
        if history is None or not known:
            return
        bank_id, question_id = known[0].bank_id, known[0].question.id

        def show(found: tuple[Attempt, ...]) -> None:
            if known != self._attempts or found == known:
                return
            ids, chosen = [one.id for one in found], self.two[1].id
            if found:
                self.show_attempts(found, chosen if chosen in ids else ids[-1])
            elif self.isVisible():
                self.back.emit()

        self.context.jobs.run(
            self, lambda: comparable(history.attempts_at(bank_id, question_id)), show, self._failed
        )

    def _choose(self, at: int) -> None:
        for choice in (self.left_choice, self.right_choice):
            choice.clear()
            choice.addItems([f"Attempt {number + 1}" for number in range(len(self._attempts))])
        others = self._attempts[:at] or self._attempts[at + 1 :]
        rival = best(others) or (others[-1] if others else self._attempts[at])
        left, right = sorted((self._attempts.index(rival), at))
        self.left_choice.setCurrentIndex(left)
        self.right_choice.setCurrentIndex(right)

    def _work_out_courses(self) -> None:
        """Off this thread: each transcript is read through for it."""
        attempts = self._attempts

        def work() -> list[Delivery | None]:
            return [one.delivery for one in attempts]

        def shown(found: list[Delivery | None]) -> None:
            if attempts is self._attempts:
                self._show_courses(found)

        self.context.jobs.run(self, work, shown)

    def _show_courses(self, found: Sequence[Delivery | None]) -> None:
        scores = [one.standing.score if one.standing else None for one in self._attempts]
        coverage, pace, fillers = self.courses
        coverage.set_values(scores, [one.doubt is not None for one in self._attempts])
        pace.set_values([one.pace_wpm if one else None for one in found])
        fillers.set_values([one.fillers_per_min if one else None for one in found])
        self._over_time.setVisible(any(not one.isHidden() for one in self.courses))

    @property
    def two(self) -> tuple[Attempt, Attempt]:
        """The attempts that are chosen to be compared."""
        left, right = self.left_choice.currentIndex(), self.right_choice.currentIndex()
        return self._attempts[left], self._attempts[right]

    def _show_diff(self) -> None:
        if len(self._attempts) < 2:
            return
        left, right = chosen = self.two
        meaning = self.context.toolbox.meaning if self.context.toolbox else None
        likeness = by_words if meaning is None else by_meaning(meaning)

        def shown(pairs: tuple[Pair, ...]) -> None:
            if chosen == self.two:
                now = datetime.now().astimezone()
                names = [
                    f"{choice.currentText()}, {when(one.started_at, now)}"
                    for choice, one in ((self.left_choice, left), (self.right_choice, right))
                ]
                heard = left.audio is not None or right.audio is not None
                self.diff.show_pairs(pairs, *names, heard=heard)

        self.context.jobs.run(
            self,
            lambda: compare(lines(left.transcript), lines(right.transcript), likeness),
            shown,
            self._failed,
        )

    def entered(self) -> None:
        """What is shown has the keyboard: arrows scroll, the numbers play, Space stops."""
        self.column.setFocus()

    def left(self) -> None:
        """Fall silent."""
        self.stop()

    # -- playing -----------------------------------------------------------------------------

    def hear_both(self, concept_id: str) -> None:
        """Play what both chosen attempts said of a concept, one after the other."""
        found = [(one, first_said(one, concept_id)) for one in self.two]
        self._play(*((one, said.start_s or 0.0, said.end_s) for one, said in found if said))
        silent = [self._attempts.index(one) + 1 for one, said in found if said is None]
        if silent:
            names = " and ".join(f"attempt {number}" for number in silent)
            self._say(f"There is nothing of this to hear in {names}.")

    def stop(self) -> None:
        """Fall silent."""
        self._queue = []
        self.playback.stop()
        self._show_playing()

    def _play_evidence(self, attempt: Attempt, said: Evidence) -> None:
        self._play((attempt, said.start_s or 0.0, said.end_s))

    def _play_line(self, is_left: bool, start_s: float, end_s: float) -> None:
        self._play((self.two[0 if is_left else 1], start_s, end_s))

    def _play(self, *stretches: _Stretch) -> None:
        self._problem.clear()
        self._queue = list(stretches)
        self._play_next()

    def _play_next(self) -> None:
        if not self._queue:
            return
        attempt, start_s, end_s = self._queue.pop(0)
        if attempt.audio is not None:
            self._say(f"Attempt {self._attempts.index(attempt) + 1}")
            self.playback.play(attempt.audio.path, start_s, end_s, self.speed.value)

    def _say(self, text: str) -> None:
        self.now.setText(text)
        self.now.setAccessibleName(text)

    def _show_playing(self) -> None:
        self.stop_button.setVisible(self.playback.is_playing)
        if not self.playback.is_playing:
            self._say("")

    def _failed(self, error: Exception) -> None:
        problem = foreseen(error)
        self._queue = []
        self._problem.tell(problem)

    # -- keys --------------------------------------------------------------------------------

    def go_back(self) -> bool:
        """Esc leads back."""
        self.back.emit()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A number plays that concept in both, Space stops, comma and period set the speed."""
        key = Qt.Key(event.key())
        ids = [one.id for one in concepts(self._attempts)]
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space and self.playback.is_playing:
            self.stop()
        elif key == Qt.Key.Key_R:
            self.again.emit()
        elif key == Qt.Key.Key_Comma:
            self.speed.step(-1)
        elif key == Qt.Key.Key_Period:
            self.speed.step(1)
        elif (number := self._digits.add(key, len(ids))) is not None:
            self.hear_both(ids[number - 1])
        else:
            super().keyPressEvent(event)
