"""The order in which Tab goes through a window: that in which it is read.

Qt's own order is that in which widgets were made, so that a row that came later, or the button of a
notice, would be last of all. What is seen decides instead, line by line; layouts are not asked, as
their items may be gone while Python still has hold of them.
"""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_order(root: QWidget) -> list[QWidget]:
    """What Tab can reach inside a widget, as it is read: line by line, from left to right."""
    return [one for one in _inside(root) if _takes_tab(one)]


def step(root: QWidget, now: QWidget | None, *, forward: bool) -> QWidget | None:
    """Where Tab leads from the widget that has the keyboard; None where nothing takes it.

    From one that Tab does not reach, or that was just hidden, it leads to what is nearest.
    """
    order = tab_order(root)
    while now is not None and now not in order:
        near = next((one for one in order if now.isAncestorOf(one)), None)
        if near is not None:
            return near
        now = now.parentWidget()
    if not order:
        return None
    if now is None:
        return order[0 if forward else -1]
    return order[(order.index(now) + (1 if forward else -1)) % len(order)]


def _takes_tab(one: QWidget) -> bool:
    return (
        bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and one.isEnabled()
        and one.focusProxy() is None
    )


def _inside(widget: QWidget) -> Iterator[QWidget]:
    """All that is shown in a widget, each before what is in it."""
    shown = [
        one
        for one in widget.children()
        if isinstance(one, QWidget) and one.isVisible() and not one.isWindow()
    ]
    for one in _read(shown):
        yield one
        yield from _inside(one)


def _read(widgets: list[QWidget]) -> Iterator[QWidget]:
    """Siblings as they are read; a line is what begins above the lower edge of its highest."""
    line: list[QWidget] = []
    for one in sorted(widgets, key=lambda one: (one.y(), one.x())):
        if line and one.y() >= line[0].geometry().bottom():
            yield from _from_the_left(line)
            line = []
        line.append(one)
    yield from _from_the_left(line)


def _from_the_left(line: list[QWidget]) -> list[QWidget]:
    return sorted(line, key=lambda one: (one.x(), one.y()))
