"""What the sound of an answer means for its result, and what can be done about it."""

from PySide6.QtCore import Qt, Signal

from voiceprep.gui.errors import Mark
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import Card, column, flow_box, row
from voiceprep.gui.widgets.sound_mark import SOUND_TONES
from voiceprep.gui.widgets.text import label, set_tone
from voiceprep.interview.records import Attempt
from voiceprep.interview.sound_verdict import Grade
from voiceprep.report.phrases import SOUND_WORDS, sound_figures

_MEANS = {
    Grade.DOUBTFUL: "Some words may be misheard, so the score is doubtful.",
    Grade.UNUSABLE: "It gets no score and counts nowhere. The recording is kept.",
}
_ANYWAY = "It is scored because you wished it, and counts."


class SoundCard(Card):
    """Shown where the sound is doubtful or unusable, hidden otherwise."""

    again = Signal()
    score_anyway = Signal()
    take_back = Signal()

    def __init__(self) -> None:
        super().__init__(margin=2, gap=1)
        self._mark = Mark("warning", "partial", 24)
        self._title = label(bold=True)
        head = row(gap=1)
        head.addWidget(self._mark)
        head.addWidget(self._title, 1)
        self._reason = label(wrap=True)
        self._next = label(wrap=True)
        self._means = label("", "small", "muted", wrap=True)
        self._figures = label("", "small", "muted", wrap=True)
        words = column(gap=0)
        words.setSpacing(4)
        for one in (self._reason, self._next, self._means, self._figures):
            one.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(one)
        self.try_again = Button("Try again", "primary", icon="again")
        self.anyway = Button("Score it anyway")
        self.back = Button("Take the score away")
        self.try_again.clicked.connect(self.again)
        self.anyway.clicked.connect(self.score_anyway)
        self.back.clicked.connect(self.take_back)
        self._actions = flow_box(self.try_again, self.anyway, self.back)
        self.body.addLayout(head)
        self.body.addLayout(words)
        self.body.addWidget(self._actions)

    def show_attempt(self, attempt: Attempt) -> None:
        """Show the verdict on an attempt's sound."""
        doubt = attempt.doubt
        self.setVisible(doubt is not None)
        if doubt is None:
            return
        tone = SOUND_TONES[doubt.grade]
        self._mark.set("warning", tone)
        self._title.setText(SOUND_WORDS[doubt.grade])
        set_tone(self._title, tone)
        self._reason.setText(doubt.reason)
        self._next.setText(doubt.next_step)
        self._means.setText(_ANYWAY if attempt.scored_anyway else _MEANS[doubt.grade])
        self._figures.setText(" · ".join(sound_figures(doubt)))
        self.try_again.setVisible(attempt.is_unusable)
        self.anyway.setVisible(attempt.is_unusable and bool(attempt.words))
        self.back.setVisible(attempt.scored_anyway)
        self._actions.setVisible(attempt.is_unusable or attempt.scored_anyway)
        self.setAccessibleName(f"{self._title.text()}. {doubt.reason} {doubt.next_step}")

    @property
    def words(self) -> str:
        """All that it says."""
        shown = (self._title, self._reason, self._next, self._means, self._figures)
        return " ".join(one.text() for one in shown)
