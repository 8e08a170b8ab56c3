"""Labels in the three sizes and the tones of the theme."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel

from voiceprep.gui import theme
from voiceprep.gui.theme import TextSize, Tone


def label(
    text: str = "",
    size: TextSize = "body",
    tone: Tone = "text",
    *,
    bold: bool = False,
    wrap: bool = False,
) -> QLabel:
    """A plain-text label; ``wrap`` lets it break into lines."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(theme.font(size, bold=bold))
    made.setWordWrap(wrap)
    set_tone(made, tone)
    return made


def balanced_width(which: QLabel, full: int) -> int:
    """The width at which its lines are about equally long: no last line with a lonely word.

    The least in pixels, up to ``full``, that needs no more lines than ``full`` does.
    """
    metrics, text = which.fontMetrics(), which.text()

    def height(width: int) -> int:
        box = QRect(0, 0, width, 10_000)
        return metrics.boundingRect(box, Qt.TextFlag.TextWordWrap, text).height()

    lowest, narrow, wide = height(full), full // 2, full
    while wide - narrow > 8:
        middle = (narrow + wide) // 2
        if height(middle) > lowest:
            narrow = middle
        else:
            wide = middle
    return wide


def set_tone(which: QLabel, tone: Tone) -> None:
    """Give a label another tone."""
    which.setForegroundRole(theme.TONE_ROLES[tone])
