"""What concerns no page in particular, told above all of them."""

from PySide6.QtWidgets import QWidget

from voiceprep.errors import VoicePrepError
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.retrying import TranscribeButton
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import column
from voiceprep.interview.records import Attempt


class Above(QWidget):
    """Hidden until there is something to tell, and when it was read."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        body = column(self, gap=0)
        body.setContentsMargins(40, 16, 40, 0)
        self.notice = ErrorPanel()
        body.addWidget(self.notice)
        self.hide()

    def tell(self, error: VoicePrepError, unfinished: tuple[Attempt, ...] = ()) -> None:
        """Show this, and offer to transcribe the answers that are told of with it."""
        understood = Button("Later" if unfinished else "All right")
        understood.clicked.connect(self.hide)
        if unfinished:
            transcribe = TranscribeButton(self._context, unfinished)
            transcribe.clicked.connect(self.hide)
            see = Button("See it in Review" if len(unfinished) == 1 else "See them in Review")
            see.clicked.connect(self.hide)
            see.clicked.connect(lambda: self._context.go.emit("review"))
            self.notice.tell(error, transcribe, see, understood)
        else:
            self.notice.tell(error, understood)
        self.show()
