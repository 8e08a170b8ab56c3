"""Plays a recording: play and pause, waveform, position."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from voiceprep.errors import VoicePrepError
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.phrasing import clock
from voiceprep.gui.playback import Playback
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import column, row
from voiceprep.gui.widgets.text import label
from voiceprep.gui.widgets.waveform import Waveform
from voiceprep.speech.peaks import Outline, read_outline

BARS = 400
"""As many as the widest bar of the window has room for, and no more."""
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
        context: For the player and background jobs.
    """

    moved = Signal(object)
    """Where it plays, in seconds; None when it stands still."""
    gone = Signal()
    """The recording cannot be read, so there is nothing to play after all."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._path: Path | None = None
        self._duration_s = 0.0
        self._resume_s = 0.0
        self.heights: tuple[float, ...] = ()
        """The bars of the waveform, 0 to 1; empty until the recording was read."""
        self.playback = Playback(context, self)
        self.playback.changed.connect(self._changed)
        self.playback.moved.connect(self._moved)
        self.playback.failed.connect(self._failed)

        body = column(self, gap=1)
        self._deck = QWidget()
        deck = column(self._deck, gap=1)
        self._wave = Waveform()
        self._wave.setFixedHeight(40)
        self._wave.seek.connect(self.play_from)
        deck.addWidget(self._wave)
        self.button = Button("Play", icon="play", key="P")
        self.button.clicked.connect(self.toggle)
        self._time = label("", "small", "muted")
        below = row(gap=2)
        below.addWidget(self.button)
        below.addStretch(1)
        below.addWidget(self._time)
        deck.addLayout(below)
        body.addWidget(self._deck)
        self._problem = ErrorPanel()
        body.addWidget(self._problem)

    @property
    def is_playable(self) -> bool:
        """Whether there is a recording that can be read."""
        return self._path is not None and not self._deck.isHidden()

    def load(
        self, path: Path, duration_s: float, evidence: Sequence[tuple[float, float]] = ()
    ) -> None:
        """Take a recording; ``evidence`` are the stretches that stand out, in seconds."""
        self.playback.stop()
        self._path, self._duration_s, self._resume_s = path, duration_s, 0.0
        self._problem.clear()
        self._deck.show()
        self.heights = ()
        self._wave.set_peaks((), duration_s)
        self._show_time(0.0)

        def loaded(outline: Outline) -> None:
            if path == self._path:
                self._duration_s = outline.duration_s
                self.heights = heights(outline.bars)
                self._wave.set_peaks(self.heights, outline.duration_s)
                self._wave.set_marks(evidence)
                self._show_time(0.0)

        def failed(error: Exception) -> None:
            if not isinstance(error, VoicePrepError):
                raise error
            if path == self._path:
                self._gone(error)

        self._context.jobs.run(self, lambda: _outline(path), loaded, failed)

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
            self._problem.clear()
            self._moved(start_s)
            self.playback.play(self._path, start_s, end_s)

    def _changed(self) -> None:
        playing = self.playback.is_playing
        self.button.set_icon("pause" if playing else "play")
        self.button.setText("Pause" if playing else "Play")
        if not playing:
            at_end = self._resume_s >= self._duration_s - 0.3
            if at_end:
                self._resume_s = 0.0
                self._show_time(0.0)
                self._wave.set_position(None)
            self.moved.emit(None)

    def _moved(self, position_s: float) -> None:
        self._resume_s = position_s
        self._show_time(position_s)
        self._wave.set_position(position_s)
        self.moved.emit(position_s)

    def _show_time(self, position_s: float) -> None:
        whole = clock(round(self._duration_s)) if self._duration_s else "–:––"  # noqa: RUF001 - not known
        self._time.setText(f"{clock(position_s)} / {whole}")

    def _failed(self, error: VoicePrepError) -> None:
        self._problem.tell(error)

    def _gone(self, error: VoicePrepError) -> None:
        """The recording cannot be read: say so instead of offering to play it."""
        self.playback.stop()
        self._deck.hide()
        self._problem.tell(error)
        self.gone.emit()


def _outline(path: Path) -> Outline:
    if not path.exists():
        raise VoicePrepError(
            "The recording is no longer there.",
            f"It was {path}",
            "It may have been moved or deleted. The words and the verdicts are kept.",
        )
    return read_outline(path, BARS)
