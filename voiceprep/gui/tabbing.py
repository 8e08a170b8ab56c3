"""The order in which Tab goes through a window: that of what is seen.

Qt's own order is that in which widgets were made, so that a row that came later, or the button of a
notice, would be last of all.
"""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def tab_order(root: QWidget) -> list[QWidget]:
    """What Tab can reach inside a widget, in the order of its layouts, from the first on."""
    return [one for one in dict.fromkeys(_inside(root)) if _takes_tab(one)]


def step(root: QWidget, now: QWidget | None, *, forward: bool) -> QWidget | None:
    """Where Tab leads from the widget that has the keyboard; None where nothing takes it."""
    order = tab_order(root)
    while now is not None and now not in order:
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
    """A widget and all that is shown in it: first what its layout has, then what floats."""
    if not widget.isVisible():
        return
    yield widget
    layout = widget.layout()
    if layout is not None:
        yield from _laid(layout)
    for child in widget.children():
        if isinstance(child, QWidget) and not child.isWindow():
            yield from _inside(child)


def _laid(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        if item is None:
            continue
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            yield from _laid(inner)
        elif widget is not None:
            yield from _inside(widget)
