"""Labels in the three sizes and the tones of the theme."""

from PySide6.QtCore import Qt
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


def set_tone(which: QLabel, tone: Tone) -> None:
    """Give a label another tone."""
    which.setForegroundRole(theme.TONE_ROLES[tone])
