"""What Qt draws for us: inputs, lists, scroll bars, tool tips.

The sheet is set once and names roles of the palette, for with a sheet of other colours Qt would
polish every widget of the window anew: half a second for one click. Qt keeps the colours that the
roles stood for, so after a change of the palette those widgets that the sheet names, a tenth of
all, are polished again: what is seen at once, the rest in between.

Cards, buttons and everything that moves paint themselves (widgets/), and labels take the palette's
roles. The roles' meanings are in ``theme.palette``.
"""

from collections.abc import Iterator
from itertools import islice

import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QScrollBar,
    QTextEdit,
    QWidget,
)

_NAMED = (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QScrollBar,
    QTextEdit,
)
"""The widgets that the sheet has rules for."""
_AT_ONCE = 8
"""Hidden widgets that are polished before the window takes the next event."""

# A QSpinBox has no arrows: with a border of our own Qt draws none that fit, and with NoButtons it
# leaves its text one pixel (Qt 6.12). widgets/picker.Stepper puts real buttons beside it.
_SHEET = """
QPlainTextEdit, QTextEdit, QLineEdit, QListView, QTreeView, QTableView {
    background: palette(base); color: palette(text); border: 1px solid palette(dark);
    border-radius: 10px; padding: 7px;
    selection-background-color: palette(accent); selection-color: palette(highlighted-text);
}
QPlainTextEdit, QTextEdit, QLineEdit { placeholder-text-color: palette(placeholder-text); }
QLineEdit { min-height: 24px; }
QPlainTextEdit:focus, QTextEdit:focus, QLineEdit:focus, QListView:focus, QTreeView:focus,
QTableView:focus { border: 2px solid palette(accent); padding: 6px; }
QListView, QTreeView, QTableView { outline: none; }
QListView::item, QTreeView::item { border-radius: 6px; padding: 6px 8px; color: palette(text); }
QListView::item:hover, QTreeView::item:hover { background: palette(alternate-base); }
QListView::item:selected, QTreeView::item:selected {
    background: palette(midlight); color: palette(text);
}
QComboBox, QSpinBox, QDateEdit {
    background: palette(base); color: palette(text); border: 1px solid palette(dark);
    border-radius: 10px; padding: 5px 9px; min-height: 24px;
}
QComboBox:focus, QSpinBox:focus, QDateEdit:focus {
    border: 2px solid palette(accent); padding: 4px 8px;
}
QComboBox:disabled, QSpinBox:disabled, QLineEdit:disabled {
    color: palette(dark); border-color: palette(mid);
}
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }
QSpinBox QLineEdit, QComboBox QLineEdit, QDateEdit > QLineEdit {
    border: none; padding: 0; min-height: 0; background: transparent;
}
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: 28px; }
QComboBox QAbstractItemView {
    background: palette(base); color: palette(text); border: 1px solid palette(dark); padding: 4px;
    border-radius: 0; selection-background-color: palette(midlight); selection-color: palette(text);
}
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle {
    background: palette(dark); border-radius: 3px; min-height: 32px; min-width: 32px;
}
QScrollBar::handle:hover { background: palette(placeholder-text); }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QToolTip {
    background: palette(text); color: palette(window); border: none; padding: 6px 8px;
    font-size: 13px;
}
QMenu {
    background: palette(base); color: palette(text); border: 1px solid palette(mid); padding: 4px;
}
QMenu::item { padding: 6px 16px; border-radius: 6px; }
QMenu::item:selected { background: palette(midlight); }
QProgressBar {
    background: palette(alternate-base); border: none; border-radius: 4px;
    min-height: 8px; max-height: 8px;
}
QProgressBar::chunk { background: palette(accent); border-radius: 4px; }
QDialog { background: palette(window); }
"""


def dress(app: QApplication) -> None:
    """Put the sheet on, or, where it is on, show the colours of the palette as it is now."""
    if app.styleSheet() != _SHEET:
        app.setStyleSheet(_SHEET)
        return
    named = [one for one in app.allWidgets() if isinstance(one, _NAMED) and shiboken6.isValid(one)]
    hidden = [one for one in named if not one.isVisible()]
    for one in named:
        if one.isVisible():
            _polish(one)
    _polish_some(iter(hidden))


def _polish_some(rest: Iterator[QWidget]) -> None:
    """Those that are not seen, a few at a time; some may be gone by then."""
    some = tuple(islice(rest, _AT_ONCE))
    for one in some:
        if shiboken6.isValid(one):
            _polish(one)
    if some:
        QTimer.singleShot(0, lambda: _polish_some(rest))


def _polish(widget: QWidget) -> None:
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
