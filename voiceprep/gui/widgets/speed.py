"""How fast recordings play: chosen once, kept for all of them."""

from PySide6.QtCore import Signal

from voiceprep.gui.context import Context
from voiceprep.gui.widgets.select import Select

SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0)


class Speed(Select):
    """Chooses a speed; the pitch stays the same.

    Args:
        context: Where the speed is kept, so that all players have the same.
    """

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__("Speed")
        self._context = context
        self.setMinimumContentsLength(4)
        self.setMaximumWidth(104)
        self.setToolTip("Speed: comma is slower, period is faster")
        for speed in SPEEDS:
            self.addItem(f"{speed:g}\u00a0×", speed)  # noqa: RUF001 - the sign for "times"
        self._show()
        self.activated.connect(lambda number: self._choose(SPEEDS[number]))
        context.settings_changed.connect(self._show)

    @property
    def value(self) -> float:
        """0.5 to 2."""
        return self._context.settings.playback_speed

    def step(self, by: int) -> None:
        """The next faster (1) or slower (-1) speed, as long as there is one."""
        ahead = [one for one in SPEEDS if (one > self.value if by > 0 else one < self.value)]
        if ahead:
            self._choose(min(ahead) if by > 0 else max(ahead))

    def _choose(self, speed: float) -> None:
        if speed != self.value:
            self._context.change_settings(playback_speed=speed)
            self.changed.emit()

    def _show(self) -> None:
        nearest = min(SPEEDS, key=lambda one: abs(one - self.value))
        self.setCurrentIndex(SPEEDS.index(nearest))
