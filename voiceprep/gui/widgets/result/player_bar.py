"""Plays a recording: play and pause, speed, and a line of time with what was said where."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from voiceprep.errors import VoicePrepError
from voiceprep.gui import theme
from voiceprep.gui.bridge import foreseen
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.moments import Kind, Moment, tally
from voiceprep.gui.phrasing import clock
from voiceprep.gui.playback import Playback
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.digits import Digits
from voiceprep.gui.widgets.layout import column, flow_box, row
from voiceprep.gui.widgets.result.timeline import Timeline, draw_sign
from voiceprep.gui.widgets.speed import Speed
from voiceprep.gui.widgets.text import label
from voiceprep.speech.peaks import Outline, read_outline

BARS = 400
"""As many as the widest bar of the window has room for, and no more."""
SEEK_S = 5.0
"""How far an arrow key goes; with Shift one second."""
_QUIET = 0.05
"""Recordings are drawn as loud as their loudest sample; below this they are drawn as they are,
so that silence does not look like speech."""


def heights(bars: Sequence[float]) -> tuple[float, ...]:
    """Bars so that a soft voice fills the picture, too: relative to the loudest, its root.

    The root lies between loudness as it is measured and as it is heard.
    """
    loudest = max((*bars, _QUIET))
    return tuple((bar / loudest) ** 0.5 for bar in bars)


class PlayerBar(QWidget):
    """Plays one recording; reads its outline in the background.

    Args:
        context: For the player, the speed and background jobs.
    """

    moved = Signal(object)
    """Where it plays, in seconds; None when it stands still."""
    gone = Signal()
    """The recording cannot be read, so there is nothing to play after all."""
    pointed = Signal(int)
    """The concept whose mark is pointed at, from 0; -1 for none."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._path: Path | None = None
        self._duration_s = 0.0
        self._resume_s = 0.0
        self._end_s: float | None = None
        self._moments: tuple[Moment, ...] = ()
        self._last_heard: Moment | None = None
        self._digits = Digits()
        self.heights: tuple[float, ...] = ()
        """The bars of the waveform, 0 to 1; empty until the recording was read."""
        self.playback = Playback(context, self)
        self.playback.changed.connect(self._changed)
        self.playback.moved.connect(self._moved)
        self.playback.failed.connect(self._failed)

        body = column(self, gap=1)
        self._deck = QWidget()
        deck = column(self._deck, gap=0)
        deck.setSpacing(4)
        self._line = QWidget()
        line = column(self._line, gap=0)
        line.setSpacing(4)
        self.timeline = Timeline()
        self.timeline.seek.connect(self.play_from)
        self.timeline.chosen.connect(self.hear)
        self.timeline.pointed.connect(self.pointed)
        line.addWidget(self.timeline)
        self._pauses, self._fillers = _Legend(Kind.PAUSE), _Legend(Kind.FILLER)
        self._time = label("", "small", "muted")
        legend = row(gap=1)
        legend.addWidget(flow_box(self._pauses, self._fillers, gap=2), 1)
        legend.addWidget(self._time, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(legend)
        deck.addWidget(self._line)
        self.button = Button(
            "Play", icon="play", key="P", help_text="Play or pause: P or Space; arrows seek"
        )
        self.button.clicked.connect(self.toggle)
        self.speed = Speed(context)
        self.speed.changed.connect(self._change_speed)
        below = row(gap=1)
        below.addWidget(self.button)
        below.addWidget(self.speed)
        below.addStretch(1)
        deck.addLayout(below)
        body.addWidget(self._deck)
        self._problem = ErrorPanel()
        body.addWidget(self._problem)

    @property
    def is_playable(self) -> bool:
        """Whether there is a recording that can be read."""
        return self._path is not None and not self._deck.isHidden()

    def load(self, path: Path, duration_s: float, moments: Sequence[Moment] = ()) -> None:
        """Take a recording; ``moments`` can be found on its line of time."""
        self.playback.stop()
        self._path, self._duration_s, self._resume_s = path, duration_s, 0.0
        self._clear_problem()
        self._deck.show()
        self.heights = ()
        self.timeline.set_peaks((), duration_s)
        self.show_moments(moments)
        self._show_time(0.0)

        def loaded(outline: Outline) -> None:
            if path == self._path:
                self._duration_s = outline.duration_s
                self.heights = heights(outline.bars)
                self.timeline.set_peaks(self.heights, outline.duration_s)
                self._show_time(self._resume_s)

        def failed(error: Exception) -> None:
            problem = foreseen(error)
            if path == self._path:
                self._gone(problem)

        self._context.jobs.run(self, lambda: _outline(path), loaded, failed)

    def show_moments(self, moments: Sequence[Moment]) -> None:
        """Other moments of the same recording."""
        self._moments, self._last_heard = tuple(moments), None
        self.timeline.set_moments(moments)
        self._pauses.show_text(tally(moments, Kind.PAUSE))
        self._fillers.show_text(tally(moments, Kind.FILLER))

    def unload(self) -> None:
        """There is nothing to play."""
        self.playback.stop()
        self._path = None

    # -- playing -----------------------------------------------------------------------------

    def toggle(self) -> None:
        """Play on, or pause."""
        if self.playback.is_playing:
            self.playback.stop()
        else:
            self.play_from(self._resume_s)

    def play_from(self, start_s: float) -> None:
        """Play from here to the end."""
        self.play_stretch(start_s, None)

    def play_stretch(self, start_s: float, end_s: float | None) -> None:
        """Play from here to there."""
        if self._path is not None and self.is_playable:
            self._clear_problem()
            self._moved(start_s)
            self._end_s = end_s
            self.playback.play(self._path, start_s, end_s, self.speed.value)

    def hear(self, moment: Moment) -> None:
        """Play what was said there."""
        self._last_heard = moment
        self.play_stretch(*moment.heard)

    def hear_concept(self, concept: int) -> bool:
        """Play a quote of this concept, and at the next call the next one; whether it has any."""
        quotes = [one for one in self._moments if one.concept == concept]
        if not quotes:
            return False
        heard = quotes.index(self._last_heard) if self._last_heard in quotes else -1
        self.hear(quotes[(heard + 1) % len(quotes)])
        return True

    def step(self, by_s: float) -> None:
        """Go forward or back; goes on playing, or stays still."""
        at_s = min(self._duration_s, max(0.0, self._resume_s + by_s))
        if self.playback.is_playing:
            self.play_from(at_s)
        else:
            self._moved(at_s)

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means for the player, wherever the keyboard is; False: nothing.

        Space or P play and pause, arrows seek, comma is slower and period faster, a number plays
        a quote of that concept (of two digits, typed quickly, where there are so many).
        """
        shift = Qt.KeyboardModifier.ShiftModifier
        if not self.is_playable or event.modifiers() & ~(
            shift | Qt.KeyboardModifier.KeypadModifier
        ):
            return False
        match event.key():
            case Qt.Key.Key_Space | Qt.Key.Key_P | Qt.Key.Key_MediaTogglePlayPause:
                if not event.isAutoRepeat():
                    self.toggle()
            case Qt.Key.Key_Left | Qt.Key.Key_Right as key:
                step_s = 1.0 if event.modifiers() & shift else SEEK_S
                self.step(step_s if key == Qt.Key.Key_Right else -step_s)
            case Qt.Key.Key_Comma | Qt.Key.Key_Less:
                self.speed.step(-1)
            case Qt.Key.Key_Period | Qt.Key.Key_Greater:
                self.speed.step(1)
            case key:
                most = max((one.concept + 1 for one in self._moments), default=0)
                number = self._digits.add(key, most)
                return number is not None and self.hear_concept(number - 1)
        return True

    def _change_speed(self) -> None:
        if self.playback.is_playing:
            self.play_stretch(self._resume_s, self._end_s)

    def _changed(self) -> None:
        playing = self.playback.is_playing
        self.button.set_icon("pause" if playing else "play")
        self.button.setText("Pause" if playing else "Play")
        if not playing:
            at_end = self._resume_s >= self._duration_s - 0.3
            if at_end:
                self._resume_s = 0.0
                self._show_time(0.0)
                self.timeline.set_position(None)
            self.moved.emit(None)

    def _moved(self, position_s: float) -> None:
        self._resume_s = position_s
        self._show_time(position_s)
        self.timeline.set_position(position_s)
        self.moved.emit(position_s)

    def _show_time(self, position_s: float) -> None:
        whole = clock(round(self._duration_s)) if self._duration_s else "–:––"  # noqa: RUF001 - not known
        self._time.setText(f"{clock(position_s)} / {whole}")

    def _clear_problem(self) -> None:
        self._problem.clear()
        self._line.show()

    def _failed(self, error: VoicePrepError) -> None:
        if self.timeline.hasFocus():
            self.button.setFocus()
        self._line.hide()  # in a small window there is room for one of the two
        self._problem.tell(error)

    def _gone(self, error: VoicePrepError) -> None:
        """The recording cannot be read: say so instead of offering to play it."""
        self.playback.stop()
        self._deck.hide()
        self._problem.tell(error)
        self.gone.emit()


class _Legend(QWidget):
    """The sign of a pause or a filler, and how many there are."""

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self._kind = kind
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFont(theme.font("small"))

    def show_text(self, text: str) -> None:
        """Say this; "" hides it."""
        self._text = text
        self.setVisible(bool(text))
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Sign and text."""
        return QSize(self.fontMetrics().horizontalAdvance(self._text) + 28, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_sign(painter, self._kind, QRectF(0, 0, 16, self.height()))
        painter.setPen(theme.color("muted"))
        words = QRectF(self.rect()).adjusted(20, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._text)


def _outline(path: Path) -> Outline:
    if not path.exists():
        raise VoicePrepError(
            "The recording is no longer there.",
            f"It was {path}",
            "It may have been moved or deleted. The words and the verdicts are kept.",
        )
    return read_outline(path, BARS)
