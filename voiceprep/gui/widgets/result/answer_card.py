"""What was said: the transcript or its editor, what there is to know about it, and the player."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from voiceprep.errors import VoicePrepError
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.moments import moments
from voiceprep.gui.phrasing import silence_in_words, unsure_in_words
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import Card, column, row
from voiceprep.gui.widgets.result.player_bar import PlayerBar
from voiceprep.gui.widgets.result.transcript_editor import TranscriptEditor
from voiceprep.gui.widgets.result.transcript_view import TranscriptView
from voiceprep.gui.widgets.result_head import shown_verdicts
from voiceprep.gui.widgets.text import label
from voiceprep.interview.records import Attempt, AttemptStatus
from voiceprep.report.phrases import explain_rewritten
from voiceprep.scoring.correction import rewritten

_TALL = 520
"""Pixels of the card that have room for the editor and the player."""


class AnswerCard(Card):
    """The answer of one attempt; the one who shows it keeps what was corrected."""

    corrected = Signal(str)
    """The text that is meant."""

    def __init__(self, context: Context) -> None:
        super().__init__(margin=2)
        self._attempt: Attempt | None = None
        self.transcript = TranscriptView()
        self.unsure = label("", "small", "muted", wrap=True)
        self.rewritten = label("", "small", "muted", wrap=True)
        self._notes = QWidget()
        notes = column(self._notes, gap=0)
        notes.addWidget(self.unsure)
        notes.addWidget(self.rewritten)
        self.editor = TranscriptEditor()
        self.edit_button = Button("Correct", "quiet", key="E", help_text="Correct the transcript")
        self.problem = ErrorPanel()
        self.player = PlayerBar(context)
        self._silent = label("", "small", "muted", wrap=True)
        head = row(gap=1)
        head.addWidget(label("Your answer", bold=True), 1)
        head.addWidget(self.edit_button)
        self.body.addLayout(head)
        self.body.addWidget(self.transcript, 1)
        self.body.addWidget(self._notes)
        self.body.addWidget(self.editor, 1)
        self.editor.hide()
        self.body.addWidget(self.problem)
        self.body.addWidget(self._silent)
        self.body.addWidget(self.player)
        self.editor.saved.connect(self.corrected)
        self.editor.left.connect(self._end_editing)
        self.editor.play.connect(self._play_while_editing)
        self.transcript.play_from.connect(self.player.play_from)
        self.player.moved.connect(self.transcript.show_position)

    # -- what is shown -----------------------------------------------------------------------

    def show_attempt(self, attempt: Attempt) -> None:
        """Show the answer of an attempt."""
        self.problem.clear()
        self.show_words(attempt, playable=attempt.audio is not None)
        self._silent.setText(silence_in_words(attempt))
        self._silent.setVisible(bool(self._silent.text()))
        self.player.setVisible(attempt.audio is not None)
        if attempt.audio is None:
            self.player.unload()
            return
        found = moments(attempt.transcript, shown_verdicts(attempt))
        self.player.load(attempt.audio.path, attempt.audio.duration_s, found)

    def show_words(self, attempt: Attempt, *, playable: bool) -> None:
        """Show the transcript in which the words of the verdicts are marked."""
        self._attempt = attempt
        transcript = attempt.transcript
        self.transcript.setVisible(self.has_words)
        self.editor.hide()
        self.edit_button.setVisible(self.has_words and attempt.status is AttemptStatus.ASSESSED)
        if transcript is not None:
            verdicts = shown_verdicts(attempt)
            self.transcript.show_transcript(transcript, verdicts, playable=playable)
        self.unsure.setText(unsure_in_words(len(self.transcript.unsure)))
        self.unsure.setVisible(bool(self.transcript.unsure))
        told = explain_rewritten(rewritten(transcript)) if transcript is not None else ""
        self.rewritten.setText(told)
        self.rewritten.setVisible(bool(told))
        self._notes.setVisible(self.has_words and bool(told or self.transcript.unsure))
        height = QSizePolicy.Policy.Preferred if self.has_words else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Preferred, height)

    @property
    def has_words(self) -> bool:
        """Whether there is anything to read."""
        return self._attempt is not None and bool(self._attempt.words)

    # -- correcting --------------------------------------------------------------------------

    def edit(self) -> None:
        """Correct the transcript."""
        attempt = self._attempt
        if attempt is None or attempt.transcript is None:
            return
        self.player.playback.stop()
        for one in (self.transcript, self._notes, self.edit_button):
            one.hide()
        self.player.setVisible(self.player.isVisible() and self.height() >= _TALL)
        self.editor.show()
        first = attempt.first_transcript or attempt.transcript
        self.editor.begin(attempt.transcript.text, first.text, playable=self.player.is_playable)

    def wait(self) -> None:
        """What was corrected is being scored."""
        self.problem.clear()
        self.editor.save.setEnabled(False)

    def tell(self, error: VoicePrepError | None) -> None:
        """Scoring did not work; what was written stays."""
        self.editor.save.setEnabled(True)
        if error is not None:
            self.problem.tell(error)

    def _play_while_editing(self) -> None:
        if self.player.is_playable:
            self.player.toggle()

    def _end_editing(self) -> None:
        self.editor.hide()
        self.transcript.show()
        self._notes.setVisible(bool(self.rewritten.text() or self.unsure.text()))
        self.player.setVisible(self._attempt is not None and self._attempt.audio is not None)
        self.edit_button.show()
        self.problem.clear()
        self.transcript.setFocus()
