"""The head of the interview room and the question in large letters."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from voiceprep.gui import theme
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import Scroll, column, row
from voiceprep.gui.widgets.text import balanced_width, label

_MARGIN = 24


class _Bar(QWidget):
    """How far the interview has come, as a thin line."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setFixedHeight(4)

    def set_share(self, share: float) -> None:
        """0 to 1."""
        self._share = share
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw track and share."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("line"))
        painter.fillRect(
            QRectF(0, 0, self.width() * self._share, self.height()), theme.color("accent")
        )


class Tag(QWidget):
    """A word on a soft ground, e.g. the category."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Show another word."""
        self._text = text
        self.setAccessibleName(f"Category: {text}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The word with its ground."""
        width = QFontMetrics(theme.font("small")).horizontalAdvance(self._text)
        return QSize(width + 24, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent_soft"))
        painter.drawRoundedRect(self.rect(), theme.RADIUS, theme.RADIUS)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)


class Progress(QWidget):
    """The way out, where one is, and the category."""

    def __init__(self) -> None:
        super().__init__()
        self.end = Button("End interview", "quiet", icon="back", key="Esc")
        self._where = label()
        self._tag = Tag()
        self.place = ""
        self.category = ""
        self._bar = _Bar()
        body = column(self, gap=0)
        line = row(gap=2)
        line.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        line.addWidget(self.end)
        line.addStretch(1)
        line.addWidget(self._where)
        line.addWidget(self._tag)
        body.addLayout(line)
        body.addWidget(self._bar)

    def show_place(self, position: int, total: int, category: str) -> None:
        """Question ``position`` (from 0) of ``total``."""
        self.category = category
        self.place = f"{position + 1} of {total}"
        self._where.setText(self.place)
        self._where.setAccessibleName(f"Question {self.place}")
        self._bar.set_share((position + 1) / total)
        self._tag.set_text(category)


class QuestionText(Scroll):
    """The question: the largest thing on the screen; scrolls if it is really long."""

    def __init__(self) -> None:
        inside = QWidget()
        super().__init__(inside)
        body = column(inside, gap=0)
        self._text = label("", "question", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body.addWidget(self._text)
        self.setMinimumHeight(88)

    @property
    def text(self) -> str:
        """What is asked."""
        return self._text.text()

    def set_text(self, text: str) -> None:
        """Ask something else."""
        if text != self._text.text():
            self._text.setText(text)
            self._text.setAccessibleName(f"Question: {text}")
            self.verticalScrollBar().setValue(0)
            self._balance()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths break other lines."""
        super().resizeEvent(event)
        self._balance()

    def _balance(self) -> None:
        """Make the lines about equally long."""
        full = self.viewport().width()
        side = max(0, (full - balanced_width(self._text, full)) // 2 - 4)
        self._text.setContentsMargins(side, 0, side, 0)
