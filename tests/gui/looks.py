"""What must be true of every page: it fits, and every control can be named and reached."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from voiceprep.gui.widgets.toast import Toast

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)


def texts(page: QWidget) -> str:
    """What labels say that are seen, a line each."""
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def _shown(page: QWidget, kinds: type | tuple[type, ...]) -> list[QWidget]:
    return [one for one in page.findChildren(QWidget) if isinstance(one, kinds) and one.isVisible()]


def controls(page: QWidget) -> list[QWidget]:
    """What a person can use, without the insides of Qt's own widgets."""
    inner = ("qt_spinbox_lineedit", "qt_scrollarea_viewport")
    return [one for one in _shown(page, CONTROLS) if one.objectName() not in inner]


def nameless(page: QWidget) -> list[str]:
    """Controls that a screen reader could not name."""
    return [repr(one) for one in controls(page) if not one.accessibleName()]


def unreachable(page: QWidget) -> list[str]:
    """Controls that Tab does not reach."""
    return [repr(one) for one in controls(page) if one.isEnabled() and not _by_tab(one)]


def _by_tab(one: QWidget) -> bool:
    """Whether Tab leads there; of buttons that exclude each other it leads to one, arrows on."""
    group = one.group() if isinstance(one, QAbstractButton) else None
    ways = group.buttons() if group is not None and group.exclusive() else [one]
    return any(way.focusPolicy() & Qt.FocusPolicy.TabFocus for way in ways)


def clipped(page: QWidget) -> list[str]:
    """What is cut off at the size that the window has now."""
    bad = []
    for one in _shown(page, (QLabel, QAbstractButton)):
        needed = one.minimumSizeHint()
        if isinstance(one, QLabel) and one.wordWrap():
            high = one.heightForWidth(one.width())
            if one.height() < high:
                bad.append(f"{one.text()!r} is {one.height()} high, needs {high}")
        elif one.width() < needed.width() or one.height() < needed.height():
            bad.append(f"{one.text()!r} is {one.size()}, needs {needed}")
        if not _inside(one):
            bad.append(f"{one.text()!r} sticks out at the side")
    notes = any(one.isVisible() for one in page.findChildren(Toast))
    return bad if notes else bad + covered(page)  # a note that goes by itself may lie over others


def covered(page: QWidget) -> list[str]:
    """Controls that something else lies over, so that a click would not reach their middle."""
    window = page.window()
    bad = []
    for one in controls(page):
        middle = one.rect().center()
        if one.visibleRegion().contains(middle):
            hit = window.childAt(one.mapTo(window, middle))
            if hit is not one and not one.isAncestorOf(hit):
                bad.append(f"{one.accessibleName()!r} is covered by {hit!r}")
    return bad


def _inside(one: QWidget) -> bool:
    """Whether a widget lies within its window from left to right; up and down it may scroll."""
    window = one.window()
    left = one.mapTo(window, one.rect().topLeft()).x()
    right = one.mapTo(window, one.rect().topRight()).x()
    area = one.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    limit = window.width()
    if isinstance(area, QScrollArea):
        viewport = area.viewport()
        limit = viewport.mapTo(window, viewport.rect().topRight()).x() + 1
    return left >= 0 and right < limit
