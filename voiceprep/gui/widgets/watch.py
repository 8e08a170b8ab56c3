"""Looks at something again and again, as long as it is seen."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

EVERY_MS = 4000
"""Soon enough for who has just plugged in a headset; a look takes some ten milliseconds."""


class Watch(QObject):
    """Calls ``look`` every few seconds while a widget is shown.

    Args:
        widget: Must be seen.
        look: Is called on the GUI thread; what blocks goes to a job.
    """

    def __init__(self, widget: QWidget, look: Callable[[], None]) -> None:
        super().__init__(widget)
        self.timer = QTimer(self)
        self.timer.setInterval(EVERY_MS)
        self.timer.timeout.connect(look)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin and end with the widget's being seen."""
        if event.type() == QEvent.Type.Show:
            self.timer.start()
        elif event.type() == QEvent.Type.Hide:
            self.timer.stop()
        return super().eventFilter(watched, event)
