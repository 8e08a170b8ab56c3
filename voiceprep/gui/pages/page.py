"""What all pages have in common."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from voiceprep.gui.context import Context


class Page(QWidget):
    """One page of the window's stack.

    Keys reach the focused widget first and then the page's ``keyPressEvent``, so that Space on a
    focused button presses that button. A page handles its own keys there and passes the rest to
    ``super()``, which turns Esc into ``go_back``.
    """

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def parts(self) -> tuple[Callable[[], object], ...]:
        """What is made after the page itself, each in a moment; whoever needs it makes it."""
        return ()

    def entered(self) -> None:
        """The page is shown now: load what may have changed, put the focus where work starts."""

    def left(self) -> None:
        """The page is hidden now: stop what makes a sound or listens."""

    def go_back(self) -> bool:
        """Esc was pressed; say whether there was something to go back from."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if not (event.key() == Qt.Key.Key_Escape and self.go_back()):
            super().keyPressEvent(event)
