"""How long an answer has become, against the length that suits an interview."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from voiceprep.gui import theme
from voiceprep.gui.phrasing import clock

_BAR_TOP = 48


class AnswerTimer(QWidget):
    """The time in large figures over a bar with the target band."""

    def __init__(self) -> None:
        super().__init__()
        self.elapsed_s = 0.0
        self._target_s = (60.0, 120.0)
        self._recording = False
        self.setAccessibleName("Length of the answer")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_target(self, from_s: float, to_s: float) -> None:
        """The band to aim for, in seconds."""
        self._target_s = (from_s, max(from_s + 1, to_s))
        self.update()

    def set_elapsed(self, elapsed_s: float, *, recording: bool) -> None:
        """How long it is now, and whether it grows."""
        self.elapsed_s = elapsed_s
        self._recording = recording
        self.setAccessibleDescription(clock(elapsed_s))
        self.update()

    def sizeHint(self) -> QSize:
        """Figures, bar and the label of the band."""
        return QSize(320, 80)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw figures, light, bar and band."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_figures(painter)
        whole_s = max(self._target_s[1] * 1.25, self.elapsed_s)
        scale = self.width() / whole_s
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("sunken"))
        painter.drawRoundedRect(QRectF(0, _BAR_TOP, self.width(), 8), 4, 4)
        left, right = (second * scale for second in self._target_s)
        painter.setBrush(theme.color("outline", 0.45))
        painter.drawRect(QRectF(left, _BAR_TOP, right - left, 8))
        painter.setBrush(theme.color("accent"))
        painter.drawRoundedRect(QRectF(0, _BAR_TOP, self.elapsed_s * scale, 8), 4, 4)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("muted"))
        from_s, to_s = self._target_s
        box = QRectF((left + right) / 2 - 120, _BAR_TOP + 12, 240, 20)
        said = f"aim for {clock(from_s)} to {clock(to_s)}"
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, said)

    def _draw_figures(self, painter: QPainter) -> None:
        painter.setFont(theme.font("question", bold=True))
        text = clock(self.elapsed_s)
        width = painter.fontMetrics().horizontalAdvance(text)
        left = (self.width() - width) / 2
        painter.setPen(theme.color("text"))
        painter.drawText(QRectF(left, 0, width + 4, 40), Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("alert" if self._recording else "outline"))
        painter.drawEllipse(QRectF(left - 24, 14, 12, 12))
