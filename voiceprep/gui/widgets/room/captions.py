"""What was heard so far, below the waveform, while the answer goes on."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel

from voiceprep.gui.widgets.layout import column
from voiceprep.gui.widgets.text import label, set_tone

_LINES = 3
_NOTHING_YET = "Your words appear here at each pause"


class Captions(QFrame):
    """The last lines of a text that grows at its end."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._shown: QLabel = label(wrap=True)
        self._shown.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName("Live captions")
        inner = column(self, gap=0)
        inner.addWidget(self._shown)
        self.setFixedHeight(_LINES * self._shown.fontMetrics().lineSpacing() + 8)
        self.show_text("")

    @property
    def text(self) -> str:
        """All of the text."""
        return self._text

    @property
    def shown(self) -> str:
        """What of it is on the screen."""
        return self._shown.text()

    def show_text(self, text: str) -> None:
        """Show the end of a text."""
        self._text = text
        self.setAccessibleDescription(text)
        set_tone(self._shown, "text" if text else "muted")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave out the first words until the rest fits."""
        words = self._text.split() or _NOTHING_YET.split()
        first, last = 0, len(words)
        while first < last:
            middle = (first + last) // 2
            if self._fits(" ".join(words[middle:])):
                last = middle
            else:
                first = middle + 1
        self._shown.setText("\u2026 " * (first > 0) + " ".join(words[first:]))

    def _fits(self, text: str) -> bool:
        metrics = self._shown.fontMetrics()
        width = max(self._shown.width(), 1)
        flags = Qt.TextFlag.TextWordWrap
        needed = metrics.boundingRect(0, 0, width, 100_000, flags, f"\u2026 {text}").height()
        return needed <= _LINES * metrics.lineSpacing()
