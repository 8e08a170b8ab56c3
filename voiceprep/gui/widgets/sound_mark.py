"""The mark of a score, or of the lack of one, that the sound of its answer makes doubtful."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from voiceprep.gui import icons, theme
from voiceprep.gui.errors import Mark
from voiceprep.gui.theme import Tone
from voiceprep.gui.widgets.layout import row
from voiceprep.gui.widgets.text import label
from voiceprep.interview.records import Attempt
from voiceprep.interview.sound_verdict import Grade
from voiceprep.report.phrases import SOUND_WORDS, explain_doubt

SOUND_TONES: dict[Grade, Tone] = {
    Grade.GOOD: "accent",
    Grade.DOUBTFUL: "partial",
    Grade.UNUSABLE: "alert",
}


class SoundMark(QWidget):
    """A sign and two words; the reason is its tool tip. Nothing where the sound is good."""

    def __init__(self, attempt: Attempt) -> None:
        super().__init__()
        doubt = attempt.doubt
        if doubt is None:
            self.hide()
            return
        across = row(self, gap=0)
        across.setSpacing(4)
        tone = SOUND_TONES[doubt.grade]
        across.addWidget(Mark("warning", tone, 16))
        across.addWidget(label(SOUND_WORDS[doubt.grade], "small", tone, bold=True))
        across.addStretch(1)
        self.setAccessibleName(explain_doubt(attempt))
        self.setToolTip(explain_doubt(attempt))


def paint_doubt(painter: QPainter, ring: QRectF) -> None:
    """The sign at the lower right of a ring, cut out of it."""
    size = max(16.0, ring.width() / 4)
    box = QRectF(ring.right() - size, ring.bottom() - size, size, size)
    painter.save()
    painter.setPen(theme.color("surface"))
    painter.setBrush(theme.color("surface"))
    painter.drawEllipse(box.adjusted(-2, -2, 2, 2))
    icons.paint(painter, "warning", box, theme.color("partial"))
    painter.restore()
