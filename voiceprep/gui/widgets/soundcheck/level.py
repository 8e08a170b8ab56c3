"""A microphone's level as a row of lights, with the zone that a voice belongs in."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from voiceprep.gui import theme
from voiceprep.gui.widgets.waveform import loudness
from voiceprep.interview.sound import SoundLevels
from voiceprep.speech.soundcheck import TOO_LOUD_DBFS, TOO_QUIET_DBFS

_STEP = 12
"""Pixels from light to light."""
_LINE = 20
"""Height of a line of small text, in pixels."""
_LIGHTS = 16
_FALL = 0.06
"""How far the level falls from one tick to the next, so that the eye can follow."""


class LevelMeter(QWidget):
    """The level now, for a moment the loudest of it, and afterwards what was measured."""

    def __init__(self) -> None:
        super().__init__()
        self._level = 0.0
        self._held = 0.0
        self._marks: tuple[tuple[float, str], ...] = ()
        self.setAccessibleName("Level of the microphone")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_level(self, level_dbfs: float) -> None:
        """Show a level in dBFS."""
        now = loudness(level_dbfs)
        self._level = max(now, self._level - _FALL)
        self._held = max(now, self._held - _FALL / 6)
        self.update()

    def show_result(self, levels: SoundLevels) -> None:
        """Leave the lights where the voice is, and mark it and the room."""
        self._level, self._held = loudness(levels.speech_dbfs), 0.0
        room = (loudness(levels.noise_dbfs), f"room {_decibels(levels.noise_dbfs)}")
        voice = (loudness(levels.speech_dbfs), f"your voice {_decibels(levels.speech_dbfs)}")
        self._marks = (room, voice) if levels.speech_s else (room,)
        self.setAccessibleDescription(", ".join(text for _, text in self._marks))
        self.update()

    def clear(self) -> None:
        """Dark, without marks."""
        self._level = self._held = 0.0
        self._marks = ()
        self.setAccessibleDescription("")
        self.update()

    def sizeHint(self) -> QSize:
        """Marks, lights, zone."""
        return QSize(320, _LINE + _LIGHTS + _LINE + 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the marks above, the lights, and the zone below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        self._draw_lights(painter)
        self._draw_zone(painter)
        self._draw_marks(painter)

    def _draw_lights(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        lights = max(1, self.width() // _STEP)
        held = round(self._held * lights) - 1
        low, high = loudness(TOO_QUIET_DBFS), loudness(TOO_LOUD_DBFS)
        for number in range(lights):
            share = (number + 1) / lights
            lit = share <= self._level or (number == held and held >= 0)
            tone = "alert" if share > high else "accent" if self._level > low else "partial"
            painter.setBrush(theme.color(tone if lit else "sunken"))
            box = QRectF(number * _STEP, _LINE + 2, _STEP - 4, _LIGHTS - 4)
            painter.drawRoundedRect(box, 3, 3)

    def _draw_zone(self, painter: QPainter) -> None:
        """A bracket below the lights, and what lies inside and outside of it."""
        left = loudness(TOO_QUIET_DBFS) * self.width()
        right = loudness(TOO_LOUD_DBFS) * self.width()
        top = _LINE + _LIGHTS + 2.5
        pen = QPen(theme.color("accent"), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPolyline(
            QPolygonF(
                [QPointF(x, y) for x, y in
                 ((left, top), (left, top + 4), (right - 4, top + 4), (right - 4, top))]
            )
        )  # fmt: skip
        line = QRectF(0, top + 6, self.width(), _LINE)
        for begin, end, text, tone in (
            (0.0, left, "Too quiet", "muted"),
            (left, right, "Your voice belongs here", "accent"),
            (right, float(self.width()), "Too loud", "muted"),
        ):
            painter.setPen(theme.color(tone))
            box = QRectF(begin, line.top(), end - begin, line.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _draw_marks(self, painter: QPainter) -> None:
        """A word above each mark, never over the one before."""
        free = 0.0
        for at, text in self._marks:
            x = min(self.width() - 4.0, max(4.0, at * self.width()))
            width = painter.fontMetrics().horizontalAdvance(text) + 2
            left = max(free, min(self.width() - width, x - width / 2))
            painter.setPen(theme.color("text"))
            painter.drawText(QRectF(left, 0, width, _LINE - 5), Qt.AlignmentFlag.AlignBottom, text)
            painter.setPen(QPen(theme.color("text"), 2))
            painter.drawLine(QPointF(x, _LINE - 3), QPointF(x, _LINE + 1))
            free = left + width + theme.GRID


def _decibels(level_dbfs: float) -> str:
    return f"\u2212{abs(round(level_dbfs))} dB" if round(level_dbfs) else "0 dB"
