"""The result of one answer: what it covered, with the words that prove it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from voiceprep.errors import VoicePrepError
from voiceprep.gui.comparing import offer_comparisons
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.moments import moments
from voiceprep.gui.pages.page import Page
from voiceprep.gui.phrasing import is_typed, unsure_in_words
from voiceprep.gui.retrying import retrying
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.checklist import Checklist
from voiceprep.gui.widgets.delivery_card import DeliveryCard
from voiceprep.gui.widgets.earlier_card import EarlierCard, OutdatedNote, revised_in_words
from voiceprep.gui.widgets.layout import Card, Scroll, column, line, row
from voiceprep.gui.widgets.pending_card import PendingCard
from voiceprep.gui.widgets.player_bar import PlayerBar
from voiceprep.gui.widgets.result_head import Coverage, QuestionTitle, shown_verdicts
from voiceprep.gui.widgets.small import Fold
from voiceprep.gui.widgets.text import label
from voiceprep.gui.widgets.toast import Toast
from voiceprep.gui.widgets.transcript_editor import TranscriptEditor
from voiceprep.gui.widgets.transcript_view import TranscriptView
from voiceprep.interview.judging import Judge
from voiceprep.interview.records import Attempt, AttemptStatus
from voiceprep.interview.rescoring import is_outdated, rescore
from voiceprep.report.phrases import explain_rewritten
from voiceprep.scoring.assessment import Level
from voiceprep.scoring.correction import Entry, replaced, rewritten, with_entry
from voiceprep.scoring.delivery import delivery

_TALL = 520
"""Pixels of the answer's card that have room for the editor and the player."""
LONGEST_ENTRY = 3
"""Words that the dictionary is offered for: more are a sentence, and not a term."""


class ResultPage(Page):
    """Shows one attempt; in the interview room it leads on, elsewhere it leads back."""

    again = Signal()
    """Answer this question once more."""
    next_requested = Signal()
    back = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._attempt: Attempt | None = None
        self._next_label = ""
        self._crumb = label("", "small", "muted")
        self._question = QuestionTitle()
        self.coverage = Coverage()
        self.pending = PendingCard()
        self.checklist = Checklist()
        self._hint = label(wrap=True)
        self._hint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.hint = Fold("The hint", self._hint, is_open=True)
        self.delivery = DeliveryCard()
        self.transcript = TranscriptView()
        self.unsure = label("", "small", "muted", wrap=True)
        self.rewritten = label("", "small", "muted", wrap=True)
        self._notes = QWidget()
        notes = column(self._notes, gap=0)
        notes.addWidget(self.unsure)
        notes.addWidget(self.rewritten)
        self.editor = TranscriptEditor()
        self.edit_button = Button("Correct", "quiet", key="E", help_text="Correct the transcript")
        self.revision_problem = ErrorPanel()
        self.offer = ErrorPanel(alert=False)
        self.earlier = EarlierCard()
        self.outdated = OutdatedNote()
        self.player = PlayerBar(context)
        self._typed = label(
            "This answer was typed, so there is nothing to play.", "small", "muted", wrap=True
        )
        self.undo = Toast(self, "Undo", key="Ctrl+Z")
        self._before: Attempt | None = None
        self.again_button = Button("Again", icon="again", key="R")
        self.compare_button = Button("Compare", key="V", help_text="See all attempts side by side")
        self.compare_button.hide()
        self.back_button = Button("Back", icon="back", key="Esc")
        self.next_button = Button("Next question", "primary", key="Enter")

        body = column(self, gap=2)
        body.setContentsMargins(40, 24, 40, 16)
        head = column(gap=0)
        head.setSpacing(4)
        head.addWidget(self._crumb)
        head.addWidget(self._question)
        body.addLayout(head)
        across = row(gap=3)
        self.column = Scroll(self._left())
        across.addWidget(self.column, 12)
        across.addWidget(self._right(), 9)
        body.addLayout(across, 1)
        body.addWidget(line())
        body.addLayout(self._foot())
        self._connect()

    # -- lay-out -----------------------------------------------------------------------------

    def _left(self) -> QWidget:
        inside = QWidget()
        body: QVBoxLayout = column(inside, gap=2)
        body.setContentsMargins(0, 0, 8, 8)
        body.addWidget(self.coverage)
        body.addWidget(self.pending)
        body.addWidget(self.outdated)
        body.addWidget(self.offer)
        self._checklist_card = Card(margin=1)
        self._checklist_card.body.addWidget(self.checklist)
        body.addWidget(self._checklist_card)
        hint_card = Card(margin=2)
        hint_card.body.addWidget(self.hint)
        body.addWidget(hint_card)
        body.addWidget(self.delivery)
        body.addWidget(self.earlier)
        body.addStretch(1)
        return inside

    def _right(self) -> QWidget:
        holder = QWidget()
        body = column(holder, gap=0)
        self._answer = Card(margin=2)
        head = row(gap=1)
        head.addWidget(label("Your answer", bold=True), 1)
        head.addWidget(self.edit_button)
        self._answer.body.addLayout(head)
        self._answer.body.addWidget(self.transcript, 1)
        self._answer.body.addWidget(self._notes)
        self._answer.body.addWidget(self.editor, 1)
        self.editor.hide()
        self._answer.body.addWidget(self.revision_problem)
        self._answer.body.addWidget(self._typed)
        self._answer.body.addWidget(self.player)
        body.addWidget(self._answer, 1)
        self._below = QWidget()
        body.addWidget(self._below)
        return holder

    def _foot(self) -> QHBoxLayout:
        foot = row(gap=1)
        foot.addWidget(self.back_button)
        foot.addWidget(self.again_button)
        foot.addWidget(self.compare_button)
        foot.addStretch(1)
        foot.addWidget(self.next_button)
        return foot

    def _connect(self) -> None:
        self.again_button.clicked.connect(self.again)
        self.compare_button.clicked.connect(self._compare)
        self.back_button.clicked.connect(self.back)
        self.next_button.clicked.connect(self.next_requested)
        self.checklist.pointed.connect(self._brought_out)
        self.checklist.focused.connect(self.column.ensureWidgetVisible)
        self.checklist.play.connect(self.player.play_stretch)
        self.checklist.overruled.connect(self._overrule)
        self.undo.acted.connect(self._take_back)
        self.edit_button.clicked.connect(self.edit)
        self.editor.saved.connect(self._correct)
        self.editor.left.connect(self._end_editing)
        self.editor.play.connect(self._play_while_editing)
        self.outdated.rescore.clicked.connect(self._rescore)
        self.transcript.pointed.connect(self._pointed)
        self.transcript.chosen.connect(self._chosen)
        self.transcript.play_from.connect(self.player.play_from)
        self.player.pointed.connect(self._pointed)
        self.player.moved.connect(self.transcript.show_position)
        self.player.gone.connect(self._nothing_to_play)
        self.pending.transcribe.connect(self._transcribe)
        self.pending.cancel.connect(self._cancel)
        self._retrying = retrying(self.context)
        self._retrying.progressed.connect(self._progressed)
        self._retrying.ended.connect(self._retried)

    # -- what is shown -----------------------------------------------------------------------

    def show_attempt(self, attempt: Attempt, *, next_label: str = "") -> None:
        """Show an attempt.

        Args:
            attempt: Whatever has come of it so far.
            next_label: What the main button says, e.g. "Next question"; "" where the page
                was opened from the history and leads back.
        """
        if self._attempt is None or attempt.id != self._attempt.id:
            self.undo.dismiss()
        self._attempt = attempt
        self._next_label = next_label
        question = attempt.question
        level = "" if question.category.lower() == question.level else f" · {question.level}"
        self._crumb.setText(question.category + level)
        self._crumb.setVisible(not next_label)  # the room's own head says it
        self._question.set_text(question.question)
        self.coverage.show_attempt(attempt)
        self._hint.setText(question.hint)
        self.revision_problem.clear()
        self.offer.clear()
        self.earlier.show_attempt(attempt)
        self._show_outdated(attempt)
        self._show_words(attempt, playable=attempt.recording is not None)
        self._show_player(attempt)
        self._show_delivery(attempt)
        self._show_pending(attempt)
        self.compare_button.hide()
        offer_comparisons(self.context, self, (attempt,), self._offer_comparison)
        self.back_button.setVisible(not next_label)
        self.next_button.setVisible(bool(next_label))
        if next_label:
            self.next_button.setText(next_label)

    def _offer_comparison(self, attempt_id: str, number: int) -> None:
        if self._attempt is not None and attempt_id == self._attempt.id:
            self.compare_button.setText(f"Compare {number} attempts")
            self.compare_button.show()

    def _compare(self) -> None:
        if self._attempt is not None and self.compare_button.isVisible():
            self.context.compare.emit(self._attempt.id)

    def _show_words(self, attempt: Attempt, *, playable: bool) -> None:
        """The verdicts, and the transcript in which their words are marked."""
        verdicts = shown_verdicts(attempt)
        self.checklist.show_verdicts(attempt, playable=playable)
        self._checklist_card.setVisible(bool(verdicts))
        transcript = attempt.transcript
        has_words = transcript is not None and bool(transcript.text.strip())
        self.transcript.setVisible(has_words)
        self.editor.hide()
        self.edit_button.setVisible(has_words and attempt.status is AttemptStatus.ASSESSED)
        if transcript is not None:
            self.transcript.show_transcript(transcript, verdicts, playable=playable)
        self.unsure.setText(unsure_in_words(len(self.transcript.unsure)))
        self.unsure.setVisible(bool(self.transcript.unsure))
        told = explain_rewritten(rewritten(transcript)) if transcript is not None else ""
        self.rewritten.setText(told)
        self.rewritten.setVisible(bool(told))
        self._notes.setVisible(has_words and bool(told or self.transcript.unsure))
        height = QSizePolicy.Policy.Preferred if has_words else QSizePolicy.Policy.Maximum
        self._answer.setSizePolicy(QSizePolicy.Policy.Preferred, height)
        self._below.setVisible(not has_words)

    def _show_player(self, attempt: Attempt) -> None:
        self._typed.setVisible(is_typed(attempt))
        self.player.setVisible(attempt.recording is not None)
        if attempt.recording is None:
            self.player.unload()
            return
        found = moments(attempt.transcript, shown_verdicts(attempt))
        self.player.load(attempt.recording.path, attempt.recording.duration_s, found)

    def _nothing_to_play(self) -> None:
        """The recording is gone: nothing offers to play it any more."""
        if self._attempt is not None:
            self._show_words(self._attempt, playable=False)

    def _show_delivery(self, attempt: Attempt) -> None:
        found = delivery(attempt.transcript) if attempt.transcript is not None else None
        self.delivery.setVisible(found is not None)
        if found is not None:
            settings = self.context.settings
            self.delivery.show_delivery(found, (settings.target_min_s, settings.target_max_s))

    def _show_pending(self, attempt: Attempt) -> None:
        pending = attempt.status is not AttemptStatus.ASSESSED
        self.coverage.setVisible(not pending)
        self.pending.setVisible(pending)
        if pending:
            self.pending.show_attempt(attempt)
            self.pending.show_progress(self._retrying.share_of(attempt.id))

    def entered(self) -> None:
        """The recording has the keyboard: Space plays it, Enter is the next step anyhow."""
        if self.player.is_playable:
            self.player.timeline.setFocus()
        else:
            (self.next_button if self._next_label else self.back_button).setFocus()

    def left(self) -> None:
        """Fall silent."""
        self.player.playback.stop()

    # -- pointing ----------------------------------------------------------------------------

    def _brought_out(self, concept: int) -> None:
        self.transcript.set_active(concept, scroll=True)
        self.player.timeline.set_active(concept)

    def _pointed(self, concept: int) -> None:
        self.checklist.set_active(concept)
        self.transcript.set_active(concept)
        self.player.timeline.set_active(concept)

    def _chosen(self, concept: int) -> None:
        self.checklist.focus(concept)

    # -- the candidate's own word ------------------------------------------------------------

    def _overrule(self, concept_id: str, level: Level, note: str) -> None:
        before = self._attempt
        if before is None:
            return
        self._change(before.overruled(concept_id, level, note))
        self._before = before
        kept = self._attempt is not None and self._attempt.overruling(concept_id) is not None
        self.undo.show_text("Your verdict counts now." if kept else "VoicePrep's verdict counts.")

    def _take_back(self) -> None:
        if self._before is not None:
            before, self._before = self._before, None
            self._keep(before)
            self.show_attempt(before, next_label=self._next_label)

    def _change(self, attempt: Attempt) -> None:
        """Keep and show an attempt with other verdicts; the row in hand keeps the keyboard."""
        if not self._keep(attempt):
            return
        row_at, scrolled = self.checklist.active, self.column.verticalScrollBar().value()
        self._attempt = attempt
        self.coverage.show_attempt(attempt)
        self._show_words(attempt, playable=self.player.is_playable)
        self.player.show_moments(moments(attempt.transcript, shown_verdicts(attempt)))
        if row_at >= 0:
            self.checklist.focus(row_at)
        self.column.verticalScrollBar().setValue(scrolled)

    def _keep(self, attempt: Attempt) -> bool:
        """Write an attempt in the background; whether there is a history to write to."""
        toolbox = self.context.toolbox
        if toolbox is not None:
            self.context.jobs.run(
                self,
                lambda: toolbox.judge.history.save_attempt(attempt),
                lambda _: self.context.history_changed.emit(),
                self._not_kept,
            )
        return toolbox is not None

    def _not_kept(self, error: Exception) -> None:
        if not isinstance(error, VoicePrepError):
            raise error
        self.context.trouble.emit(error)

    # -- correcting, scoring again -----------------------------------------------------------

    def edit(self) -> None:
        """Correct the transcript."""
        if self._attempt is None or self._attempt.transcript is None:
            return
        self.player.playback.stop()
        for one in (self.transcript, self._notes, self.edit_button, self.offer):
            one.hide()
        self.player.setVisible(self.player.isVisible() and self._answer.height() >= _TALL)
        self.editor.show()
        first = self._attempt.first_transcript or self._attempt.transcript
        self.editor.begin(
            self._attempt.transcript.text, first.text, playable=self.player.is_playable
        )

    def _play_while_editing(self) -> None:
        if self.player.is_playable:
            self.player.toggle()

    def _end_editing(self) -> None:
        self.editor.hide()
        self.transcript.show()
        self._notes.setVisible(bool(self.rewritten.text() or self.unsure.text()))
        self.player.setVisible(self._attempt is not None and self._attempt.recording is not None)
        self.edit_button.show()
        self.revision_problem.clear()
        self.transcript.setFocus()

    def _correct(self, text: str) -> None:
        before = self._attempt
        self._revise(lambda judge, attempt: judge.correct(attempt, text), before)

    def _rescore(self) -> None:
        banks = self.context.toolbox.banks if self.context.toolbox else ()
        self._revise(lambda judge, attempt: rescore(attempt, judge, banks), self._attempt)

    def _revise(self, work: Callable[[Judge, Attempt], Attempt], before: Attempt | None) -> None:
        toolbox = self.context.toolbox
        if before is None or toolbox is None:
            return
        self.revision_problem.clear()
        self.editor.save.setEnabled(False)
        self.context.jobs.run(
            self,
            lambda: work(toolbox.judge, before),
            lambda revised: self._revised(before, revised),
            self._not_revised,
        )

    def _revised(self, before: Attempt, revised: Attempt) -> None:
        self.context.history_changed.emit()
        if self._attempt is None or self._attempt.id != revised.id:
            return  # another answer is shown by now
        self.show_attempt(revised, next_label=self._next_label)
        if revised == before:
            return
        self._before = before
        self.undo.show_text(revised_in_words(before, revised))
        self._offer_entries(before, revised)

    def _not_revised(self, error: Exception) -> None:
        self.editor.save.setEnabled(True)
        if not isinstance(error, VoicePrepError):
            raise error
        self.revision_problem.tell(error)

    def _offer_entries(self, before: Attempt, revised: Attempt) -> None:
        """A word or two that were replaced may be misheard again: offer the dictionary."""
        if before.transcript is None or revised.transcript is None:
            return
        for entry in replaced(before.transcript, revised.transcript)[:1]:
            if len(entry.heard.split()) > LONGEST_ENTRY:
                return
            always = Button("Always")
            always.clicked.connect(partial(self._learn, entry))
            never = Button("Only here", "quiet")
            never.clicked.connect(self.offer.clear)
            self.offer.tell(
                VoicePrepError(f"Write “{entry.meant}” wherever “{entry.heard}” is heard?"),
                always,
                never,
            )
            self.column.verticalScrollBar().setValue(0)

    def _learn(self, entry: Entry, _checked: bool = False) -> None:
        self.offer.clear()
        self.context.change_settings(dictionary=with_entry(self.context.settings.dictionary, entry))

    def _show_outdated(self, attempt: Attempt) -> None:
        toolbox = self.context.toolbox
        is_old = toolbox is not None and is_outdated(attempt, toolbox.judge, toolbox.banks)
        self.outdated.setVisible(is_old and not self._next_label)

    # -- transcribing later ------------------------------------------------------------------

    def _transcribe(self) -> None:
        if self._attempt is not None:
            self._retrying.start(self._attempt)

    def _cancel(self) -> None:
        if self._attempt is not None:
            self._retrying.cancel(self._attempt.id)

    def _progressed(self, attempt_id: str, share: float) -> None:
        if self._attempt is not None and attempt_id == self._attempt.id:
            self.pending.show_progress(share)

    def _retried(self, attempt_id: str, outcome: Attempt | VoicePrepError | None) -> None:
        attempt = self._attempt
        if attempt is None or attempt_id != attempt.id:
            return
        if isinstance(outcome, Attempt):
            self.show_attempt(outcome, next_label=self._next_label)
            return
        self.pending.show_attempt(attempt)
        if outcome is not None:
            self.pending.show_error(outcome)

    # -- keys --------------------------------------------------------------------------------

    def go_back(self) -> bool:
        """Esc leads back to the history."""
        if self._next_label:
            return False
        self.back.emit()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """R again, V compare, Enter next, Ctrl+Z takes a verdict back; the rest is the player's."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo.act()
            return
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        match event.key():
            case Qt.Key.Key_R if plain:
                self.again.emit()
            case Qt.Key.Key_V if plain and self.compare_button.isVisible():
                self._compare()
            case Qt.Key.Key_E if plain and self.edit_button.isVisible():
                self.edit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._next_label:
                self.next_requested.emit()
            case _ if not self.player.take_key(event):
                super().keyPressEvent(event)
