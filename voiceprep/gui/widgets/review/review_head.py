"""The head of Review, whose two sides are interviews and trends."""

from PySide6.QtWidgets import QWidget

from voiceprep.gui.context import Context
from voiceprep.gui.widgets.buttons import Choice
from voiceprep.gui.widgets.layout import row
from voiceprep.gui.widgets.text import label

SIDES = (("review", "Interviews"), ("trends", "Trends"))


class ReviewHead(QWidget):
    """Names the page and leads to its other side.

    Args:
        context: Shows the other page.
        here: Which of the two this one is.
    """

    def __init__(self, context: Context, here: str) -> None:
        super().__init__()
        self.sides = Choice("Review", SIDES, here)
        across = row(self, gap=2)
        across.addWidget(label("Review", "question", bold=True), 1)
        across.addWidget(self.sides)

        def leave(side: str) -> None:
            self.sides.set_value(here)
            context.go.emit(side)

        self.sides.changed.connect(leave)
