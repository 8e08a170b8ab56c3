"""A microphone's level as a row of lights."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from voiceprep.gui import theme
from voiceprep.gui.widgets.waveform import loudness

_STEP = 12
"""Pixels from light to light."""
_LOUD = 0.95
"""From here on a light warns: -3 dBFS, where speech begins to clip."""


class LevelMeter(QWidget):
    """The level now, and for a moment the loudest of it."""

    def __init__(self) -> None:
        super().__init__()
        self._level = 0.0
        self._held = 0.0
        self.setAccessibleName("Level of the microphone")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_level(self, level_dbfs: float) -> None:
        """Show a level in dBFS; falls slowly, so that the eye can follow."""
        now = loudness(level_dbfs)
        self._level = max(now, self._level - 0.06)
        self._held = max(now, self._held - 0.01)
        self.update()

    def clear(self) -> None:
        """Dark."""
        self._level = self._held = 0.0
        self.update()

    def sizeHint(self) -> QSize:
        """A low row."""
        return QSize(200, 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the lights."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        lights = max(1, self.width() // _STEP)
        held = round(self._held * lights) - 1
        for number in range(lights):
            share = (number + 1) / lights
            lit = share <= self._level or (number == held and held >= 0)
            token = "sunken" if not lit else "alert" if share > _LOUD else "accent"
            painter.setBrush(theme.color(token))
            painter.drawRoundedRect(QRectF(number * _STEP, 2, _STEP - 4, self.height() - 4), 3, 3)
