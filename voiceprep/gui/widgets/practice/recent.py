"""On the practice page: how it goes for who is new, the last interview for who is not."""

from datetime import datetime

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from voiceprep.gui import icons, theme
from voiceprep.gui.bridge import foreseen
from voiceprep.gui.context import Context
from voiceprep.gui.digest import counting
from voiceprep.gui.errors import Mark
from voiceprep.gui.phrasing import count, when
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import Card, clear, column, row
from voiceprep.gui.widgets.ring import Ring
from voiceprep.gui.widgets.sound_mark import SOUND_TONES
from voiceprep.gui.widgets.text import label
from voiceprep.interview.catalogue import Filter
from voiceprep.interview.records import Attempt, SessionRecord
from voiceprep.report.phrases import doubtful_answers, sound_mark

_STEPS = (
    ("speaker", "Listen", "The question is read aloud and stays on the screen."),
    ("mic", "Answer aloud", "As in a real interview, for one to two minutes."),
    ("covered", "See what you covered", "Each key idea, with your own words that prove it."),
)


_LINES = 4
"""How many answers of the last session are listed."""


class _Answered(QWidget):
    """One line: a question, cut to fit, and the coverage of the last answer to it."""

    def __init__(self, attempt: Attempt) -> None:
        super().__init__()
        scored = attempt.standing
        self._question = attempt.question.question
        mark = sound_mark(attempt).lower()
        score = "not scored" if scored is None else f"{scored.score:.0f}%"
        self._tone = SOUND_TONES[attempt.doubt.grade] if attempt.doubt is not None else None
        self._score = f"{mark}, {score}" if mark else score
        self.setFixedHeight(28)
        self.setToolTip(self._question)
        self.setAccessibleName(f"{self._question} {self._score}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw both."""
        painter = QPainter(self)
        painter.setFont(theme.font("small"))
        metrics, middle = painter.fontMetrics(), Qt.AlignmentFlag.AlignVCenter
        score = self.width() - metrics.horizontalAdvance(self._score)
        sign = QRectF(score - 20, self.height() / 2 - 8, 16, 16)
        room = int(score if self._tone is None else sign.left()) - 2 * theme.GRID
        painter.setPen(theme.color("muted"))
        shown = metrics.elidedText(self._question, Qt.TextElideMode.ElideRight, room)
        painter.drawText(self.rect(), middle, shown)
        painter.setPen(theme.color("text"))
        painter.drawText(self.rect(), middle | Qt.AlignmentFlag.AlignRight, self._score)
        if self._tone is not None:
            icons.paint(painter, "warning", sign, theme.color(self._tone))


class Recent(Card):
    """Shows the last session, or three steps while there is none."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._session: SessionRecord | None = None
        self._steps = self._make_steps()
        self._last = self._make_last()
        self.body.addWidget(self._steps)
        self.body.addWidget(self._last)
        self.body.addStretch(1)
        self._last.hide()

    def _make_steps(self) -> QWidget:
        box = QWidget()
        body = self._steps_body = column(box, gap=3)
        body.addWidget(label("How it goes", bold=True))
        self._details: list[QLabel] = []
        for icon, title, text in _STEPS:
            line = row(gap=2)
            line.addWidget(Mark(icon, "accent", 24))
            words = column(gap=0)
            words.setSpacing(2)
            words.addWidget(label(title))
            detail = label(text, "small", "muted", wrap=True)
            self._details.append(detail)
            words.addWidget(detail)
            line.addLayout(words, 1)
            body.addLayout(line)
        return box

    def _make_last(self) -> QWidget:
        box = QWidget()
        body = column(box, gap=2)
        body.addWidget(label("Your last interview", bold=True))
        line = row(gap=3)
        self.ring = Ring(96)
        line.addWidget(self.ring)
        words = column(gap=0)
        words.setSpacing(theme.GRID // 2)
        words.addStretch(1)
        self._when = label(wrap=True)
        self._what = label("", "small", "muted", wrap=True)
        words.addWidget(self._when)
        words.addWidget(self._what)
        self.open = Button("See the result", "link", flush=True)
        self.open.clicked.connect(self._open)
        words.addWidget(self.open, alignment=Qt.AlignmentFlag.AlignLeft)
        words.addStretch(1)
        line.addLayout(words, 1)
        body.addLayout(line)
        self._answers = QWidget()
        self._answers_body = column(self._answers, gap=0)
        body.addWidget(self._answers)
        return box

    def show_details(self, *, roomy: bool) -> None:
        """A small window gets the steps without their second lines, and no single answers."""
        self._answers.setVisible(roomy)
        for detail in self._details:
            detail.setVisible(roomy)
        self._steps_body.setSpacing(theme.GRID * (3 if roomy else 1))

    def load(self) -> None:
        """Look up the last session."""
        history = self._context.history
        if history is None:
            return

        def newest() -> SessionRecord | None:
            for line in history.catalogue.sessions(Filter()).lines:
                session = history.session(line.id)
                if session is not None and session.attempts:
                    return session
            return None

        self._context.jobs.run(self, newest, self._show, self._failed)

    def _failed(self, error: Exception) -> None:
        """A history that cannot be read is told of above all pages; here is nothing to show."""
        foreseen(error)
        self._show(None)

    def _show(self, session: SessionRecord | None) -> None:
        changed = session != self._session
        self._session = session
        self._steps.setVisible(session is None)
        self._last.setVisible(session is not None)
        if session is None or not changed:
            return
        usable = [attempt for attempt in session.attempts if not attempt.is_unusable]
        answered = len({attempt.position for attempt in usable})
        self._when.setText(when(session.started_at, datetime.now().astimezone()))
        asked = count(len(session.question_ids), "question")
        doubt = doubtful_answers(session.doubtful)
        what = (f"{answered} of {asked} answered", session.bank_title, doubt)
        self._what.setText("\n".join(filter(None, what)))
        self.ring.set_value(session.score, doubt=doubt)
        self._show_answers(session)

    def _show_answers(self, session: SessionRecord) -> None:
        clear(self._answers_body)
        last = counting(session)
        for position in sorted(last)[:_LINES]:
            self._answers_body.addWidget(_Answered(last[position]))

    @property
    def what(self) -> str:
        """What the last session was."""
        return self._what.text()

    @property
    def answers(self) -> list[str]:
        """The lines of the last session's answers."""
        return [line.accessibleName() for line in self._answers.findChildren(_Answered)]

    def _open(self) -> None:
        if self._session is not None:
            self._context.open_session.emit(self._session.id)
