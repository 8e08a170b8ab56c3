"""Before the result: how much of it the candidate thinks to have covered."""

from functools import partial

from PySide6.QtCore import Qt, Signal

from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.room.stages import Stage
from voiceprep.gui.widgets.text import label

RATINGS = ((0, "Nothing"), (25, "A quarter"), (50, "Half"), (75, "Most"), (100, "All of it"))
"""Points of 100 and the words for them; the keys 1 to 5 choose them."""

_CENTRE = Qt.AlignmentFlag.AlignHCenter


class RatingStage(Stage):
    """Asks once, before the result is shown; it can be skipped."""

    rated = Signal(object)
    """Points of 100, or None: skipped."""

    def __init__(self) -> None:
        super().__init__("Rate your answer")
        self.body.addSpacing(32)
        asks = label("Before you look: how much of it did you cover?", bold=True)
        self.body.addWidget(asks, alignment=_CENTRE)
        self.choices = [
            Button(words, key=str(number)) for number, (_, words) in enumerate(RATINGS, start=1)
        ]
        for button, (points, _) in zip(self.choices, RATINGS, strict=True):
            button.clicked.connect(partial(self._rate, points))
        self.add_row(*self.choices)
        self.skip = Button("Skip", "quiet", key="S")
        self.skip.clicked.connect(partial(self._rate, None))
        self.add_row(self.skip)
        self._so_far = label("", "small", "muted", wrap=True)
        self._so_far.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(self._so_far)
        self.first = self.choices[2]

    def tell(self, so_far: str) -> None:
        """How well earlier ratings met the coverage, in words, or ""."""
        self._so_far.setText(so_far)

    def choose(self, key: Qt.Key) -> bool:
        """Take a key; whether it was one of these."""
        places = {Qt.Key(Qt.Key.Key_1 + place): one for place, one in enumerate(self.choices)}
        button = self.skip if key is Qt.Key.Key_S else places.get(key)
        if button is not None:
            button.click()
        return button is not None

    def _rate(self, points: int | None, _checked: bool = False) -> None:
        self.rated.emit(points)
