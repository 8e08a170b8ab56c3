"""What a page shows while it has nothing to show: a drawing, a line, and the way on."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from voiceprep.gui import theme
from voiceprep.gui.widgets.buttons import Button, Kind
from voiceprep.gui.widgets.layout import centred, column
from voiceprep.gui.widgets.text import label

_BARS = (6, 14, 24, 12, 30, 44, 26, 52, 36, 20, 34, 16, 24, 10, 5)


class Drawing(QWidget):
    """A spoken answer that becomes a ring: what the app does, in one picture."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(280, 96))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        pen = QPen(theme.color("outline"), 4)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        for number, height in enumerate(_BARS):
            pen.setColor(theme.color("accent" if 3 <= number <= 9 else "outline"))
            painter.setPen(pen)
            x = 4 + 9 * number
            painter.drawLine(QPointF(x, middle - height / 2), QPointF(x, middle + height / 2))
        pen.setWidthF(3)
        pen.setColor(theme.color("outline"))
        painter.setPen(pen)
        tip = QPointF(182, middle)
        painter.drawLine(QPointF(152, middle), tip)
        for side in (-7, 7):
            painter.drawLine(tip, QPointF(175, middle + side))
        ring = QRectF(204, middle - 34, 68, 68)
        pen.setWidthF(8)
        pen.setColor(theme.color("line"))
        painter.setPen(pen)
        painter.drawEllipse(ring)
        pen.setColor(theme.color("accent"))
        painter.setPen(pen)
        painter.drawArc(ring, 90 * 16, -250 * 16)


class Empty(QWidget):
    """Fills a page.

    Args:
        title: What is not there.
        text: Why, and what brings it about.
        action: What the button says; "" for none.
        drawing: Whether there is room for the picture.
        kind: Of the button: "primary" where it is the way on.
    """

    def __init__(
        self,
        title: str,
        text: str,
        action: str = "",
        *,
        drawing: bool = True,
        kind: Kind = "primary",
    ) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        middle = Qt.AlignmentFlag.AlignHCenter
        body = column(self, gap=2)
        body.addStretch(1)
        if drawing:
            body.addWidget(Drawing(), alignment=middle)
            body.addSpacing(theme.GRID)
        self.title = label(title, bold=True, wrap=True)
        self.text = label(text, tone="muted", wrap=True)
        words = QWidget()
        lines = column(words, gap=1)
        for one in (self.title, self.text):
            one.setAlignment(middle)
            lines.addWidget(one)
        body.addLayout(centred(words, 440))
        self.button = Button(action, kind)
        body.addWidget(self.button, alignment=middle)
        self.button.setVisible(bool(action))
        body.addStretch(2)


class Looking(Empty):
    """What a page shows while something is looked up: a bar as soon as it takes longer.

    Args:
        title: What is looked up.
        action: The way out, for as long as it lasts.
    """

    def __init__(self, title: str, action: str) -> None:
        super().__init__(title, "", drawing=False)
        self.setAccessibleName(title)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1000)
        self._bar.setFixedWidth(360)
        self._bar.setAccessibleName(title)
        self._bar.hide()
        self.button.setText(action)
        self.text.setText("Only the first time takes long.")
        self.text.hide()
        body = self.layout()
        if isinstance(body, QVBoxLayout):
            at = body.indexOf(self.button)
            body.insertWidget(at, self._bar, alignment=Qt.AlignmentFlag.AlignHCenter)

    def show_progress(self, share: float) -> None:
        """Show the share that is done, 0 to 1."""
        self._bar.setValue(round(1000 * share))
        for one in (self._bar, self.text, self.button):
            one.show()
