"""Buttons that show their key, chips that can be chosen, and a switch between a few values."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QWidget

from voiceprep.gui import icons, theme

Kind = Literal["primary", "plain", "quiet", "link", "alert"]


CORNER = theme.RADIUS - 2
"""Of what lies inside cards: a little rounder corners outside, a little sharper ones inside."""


def draw_focus(painter: QPainter, box: QRectF, *, on_accent: bool = False) -> None:
    """The ring inside the edge of what has the keyboard; it takes no room of its own.

    It has the colour of the text: the accent already says what is chosen.
    """
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("on_accent" if on_accent else "text"), 2))
    inset = 4 if on_accent else 1
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), CORNER - 1, CORNER - 1)


def tip(text: str, key: str) -> str:
    """A tool tip that names the key."""
    return f"{text} ({key})" if key else text


class PaintedButton(QPushButton):
    """A push button that paints itself; Return presses it as Space does."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        """Never cut off."""
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that the mouse is over it."""
        super().enterEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return clicks."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            self.click()
        else:
            super().keyPressEvent(event)

    def shows_focus(self) -> bool:
        """Whether the ring is to be drawn: it has focus, and the keyboard is in use."""
        return self.hasFocus() and self.window().testAttribute(
            Qt.WidgetAttribute.WA_KeyboardFocusChange
        )


class Button(PaintedButton):
    """The usual button.

    Args:
        text: What it says.
        kind: "primary" is the page's one main action; "plain" has an outline; "quiet" is only
            text; "link" is text that leads elsewhere; "alert" is for what cannot be undone.
        icon: Name of an icon, or "".
        key: The key that does the same, drawn as a small cap and told in the tool tip. The page
            listens for it; the button does not.
        help_text: A longer tool tip.
        flush: Without room at its sides, so that it lines up with the text above it.
    """

    def __init__(
        self,
        text: str,
        kind: Kind = "plain",
        *,
        icon: str = "",
        key: str = "",
        help_text: str = "",
        flush: bool = False,
    ) -> None:
        super().__init__(text)
        self._kind = kind
        self._flush = flush
        self._icon = icon
        self._key = key
        self.setFont(theme.font(bold=kind == "primary"))
        self.setToolTip(tip(help_text or text, key))

    def set_kind(self, kind: Kind) -> None:
        """Become the main action, or no longer."""
        self._kind = kind
        self.setFont(theme.font(bold=kind == "primary"))
        self.updateGeometry()
        self.update()

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self._icon = name
        self.updateGeometry()
        self.update()

    def setText(self, text: str) -> None:
        """Say something else; the accessible name and the tool tip follow."""
        super().setText(text)
        self.setAccessibleName(text)
        self.setToolTip(tip(text, self._key))

    def sizeHint(self) -> QSize:
        """Text, icon and key cap with the grid's distances."""
        width = self.fontMetrics().horizontalAdvance(self.text())
        if self._icon:
            width += 20 + (theme.GRID if self.text() else 0)
        if self._key:
            width += theme.GRID + 4 + self._cap_width()
        padding = 10 if self._kind in {"quiet", "link"} or not self.text() else 18
        if self._flush:
            return QSize(width + 4, 32)
        return QSize(width + 2 * padding, 40)

    def _cap_width(self) -> int:
        return QFontMetrics(theme.font("small")).horizontalAdvance(self._key) + 12

    def _colors(self) -> tuple[QColor, QColor, QColor]:
        """Ground, border and text as it is now."""
        clear = QColor(0, 0, 0, 0)
        over = self.underMouse() or self.isDown()
        if not self.isEnabled():
            ground = theme.color("sunken") if self._kind in {"primary", "alert"} else clear
            border = theme.color("line") if self._kind == "plain" else clear
            return ground, border, theme.color("outline")
        match self._kind:
            case "primary":
                ground = theme.color("accent_hover" if over else "accent")
                return ground, clear, theme.color("on_accent")
            case "alert":
                ground = theme.color("alert_soft") if over else theme.color("surface")
                return ground, theme.color("alert"), theme.color("alert")
            case "plain":
                ground = theme.color("sunken" if over else "surface")
                return ground, theme.color("outline"), theme.color("text")
        ink = "accent" if self._kind == "link" else "text" if over else "muted"
        return (theme.color("sunken") if over else clear), clear, theme.color(ink)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        ground, border, ink = self._colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(border, 1) if border.alpha() else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(body, CORNER, CORNER)

        text_width = self.fontMetrics().horizontalAdvance(self.text())
        icon_width = (20 + (theme.GRID if self.text() else 0)) if self._icon else 0
        cap_width = theme.GRID + 4 + self._cap_width() if self._key else 0
        left = (self.width() - text_width - icon_width - cap_width) / 2
        middle = self.height() / 2
        if self._icon:
            icons.paint(painter, self._icon, QRectF(left, middle - 10, 20, 20), ink)
        painter.setPen(ink)
        painter.setFont(self.font())
        words = QRectF(left + icon_width, 0, text_width + 2, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._key:
            self._draw_cap(painter, left + icon_width + text_width + theme.GRID + 4, ink)
        if self.shows_focus():
            draw_focus(painter, QRectF(self.rect()), on_accent=self._kind == "primary")

    def _draw_cap(self, painter: QPainter, left: float, ink: QColor) -> None:
        cap = QRectF(left, self.height() / 2 - 10, self._cap_width(), 20)
        faint = QColor(ink)
        faint.setAlphaF(0.45)
        painter.setPen(QPen(faint, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(theme.font("small"))
        painter.setPen(ink)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)


class Chip(PaintedButton):
    """Something that can be chosen or not, with a count, e.g. a category.

    Args:
        text: What is chosen.
        count: A number shown behind the text, or None.
        checked: Whether it is chosen at first.
    """

    def __init__(self, text: str, count: int | None = None, *, checked: bool = False) -> None:
        super().__init__(text)
        self._count = "" if count is None else str(count)
        self.setCheckable(True)
        self.setChecked(checked)
        self.setFont(theme.font())
        if count is not None:
            self.setAccessibleName(f"{text}, {count} {'question' if count == 1 else 'questions'}")

    def sizeHint(self) -> QSize:
        """Room for the tick is always there, so that choosing moves nothing."""
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.text()) + 18 + 6 + 2 * 14
        if self._count:
            width += theme.GRID + metrics.horizontalAdvance(self._count)
        return QSize(width, 36)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        body = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ground = "accent_soft" if chosen else "sunken" if self.underMouse() else "surface"
        border = "accent" if chosen else "outline"
        if not self.isEnabled():
            border = "line"
        painter.setPen(QPen(theme.color(border), 1))
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(body, CORNER, CORNER)
        ink = theme.color("text" if self.isEnabled() else "outline")
        mark = "check" if chosen else "plus"
        tint = theme.color("accent" if chosen else "muted")
        icons.paint(painter, mark, QRectF(12, self.height() / 2 - 9, 18, 18), tint)
        painter.setPen(ink)
        painter.setFont(self.font())
        words = QRectF(self.rect()).adjusted(36, 0, -14, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setPen(theme.color("muted"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(words, right, self._count)
        if self.shows_focus():
            draw_focus(painter, QRectF(self.rect()))


class _Part(PaintedButton):
    """One value of a Choice."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setCheckable(True)
        self.setFont(theme.font())

    def sizeHint(self) -> QSize:
        """Text with the grid's distances."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 32, 40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        if self.isChecked():
            painter.setPen(QPen(theme.color("outline"), 1))
            painter.setBrush(theme.color("surface"))
            painter.drawRoundedRect(body, 6, 6)
        strong = self.isChecked() or self.underMouse()
        painter.setPen(theme.color("text" if strong else "muted"))
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.shows_focus():
            draw_focus(painter, QRectF(self.rect()))


class Choice(QWidget):
    """A few values side by side, of which one holds.

    Args:
        name: What is chosen; the accessible name.
        values: Pairs of a value and what is shown for it.
        value: The one that holds at first.
    """

    changed = Signal(str)
    """The value that was chosen by the person."""

    def __init__(self, name: str, values: Sequence[tuple[str, str]], value: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._values = [one for one, _ in values]
        for number, (_, shown) in enumerate(values):
            part = _Part(shown)
            part.setAccessibleName(f"{name}: {shown}")
            self._group.addButton(part, number)
            row.addWidget(part)
        self.set_value(value)
        self._group.idClicked.connect(self._clicked)

    @property
    def buttons(self) -> dict[str, QAbstractButton]:
        """The button of each value."""
        return {value: self._group.button(number) for number, value in enumerate(self._values)}

    @property
    def value(self) -> str:
        """The value that holds; "" while it is none of these."""
        number = self._group.checkedId()
        return self._values[number] if number >= 0 else ""

    def set_value(self, value: str) -> None:
        """Choose without a signal; one that is none of these leaves all of them unchosen.

        A settings file that was written by hand may have values between ours.
        """
        self._group.setExclusive(False)
        for one, button in self.buttons.items():
            button.setChecked(one == value)
        self._group.setExclusive(True)

    def _clicked(self, number: int) -> None:
        self.changed.emit(self._values[number])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the trough that the values lie in."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("sunken"))
        painter.drawRoundedRect(self.rect(), CORNER, CORNER)
