"""The result of one answer: what it covered, with the words that prove it."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from voiceprep.gui.comparing import offer_comparisons
from voiceprep.gui.context import Context
from voiceprep.gui.moments import moments
from voiceprep.gui.pages.page import Page
from voiceprep.gui.revising import Revising
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.checklist import Checklist
from voiceprep.gui.widgets.layout import Card, Scroll, column, line, row
from voiceprep.gui.widgets.result.answer_card import AnswerCard
from voiceprep.gui.widgets.result.delivery_card import DeliveryCard
from voiceprep.gui.widgets.result.dictionary_offer import DictionaryOffer
from voiceprep.gui.widgets.result.earlier_card import EarlierCard, OutdatedNote, revised_in_words
from voiceprep.gui.widgets.result.pending_card import PendingCard
from voiceprep.gui.widgets.result.sound_card import SoundCard
from voiceprep.gui.widgets.result_head import Coverage, QuestionHead, shown_verdicts
from voiceprep.gui.widgets.small import Fold
from voiceprep.gui.widgets.text import label
from voiceprep.gui.widgets.toast import FOOT, Toast
from voiceprep.interview.records import Attempt, AttemptStatus
from voiceprep.scoring.assessment import Level


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
        self._head = QuestionHead()
        self.coverage = Coverage()
        self.sound = SoundCard()
        self.pending = PendingCard(context)
        self.checklist = Checklist()
        self._hint = label(wrap=True)
        self._hint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.hint = Fold("The hint", self._hint, is_open=True)
        self.delivery = DeliveryCard()
        self.offer = DictionaryOffer(context)
        self.earlier = EarlierCard()
        self.outdated = OutdatedNote()
        self.answer = AnswerCard(context)
        self.transcript, self.player = self.answer.transcript, self.answer.player
        self.editor, self.edit_button = self.answer.editor, self.answer.edit_button
        self._before: Attempt | None = None
        self.again_button = Button("Answer again", icon="again", key="R")
        self.compare_button = Button("Compare", key="V", help_text="See all attempts side by side")
        self.compare_button.hide()
        self.delete_button = Button(
            "Delete", "quiet", icon="trash", help_text="Put this answer into the trash (Del)"
        )
        self.back_button = Button("Back", icon="back", key="Esc")
        self.next_button = Button("Next question", "primary", key="Enter")

        body = column(self, gap=2)
        body.setContentsMargins(40, 24, 40, 16)
        body.addWidget(self._head)
        across = row(gap=3)
        self.column = Scroll(self._left())
        across.addWidget(self.column, 12)
        across.addWidget(self._right(), 9)
        body.addLayout(across, 1)
        body.addWidget(line())
        body.addLayout(self._foot())
        self.undo = Toast(self, "Undo", "Ctrl+Z", foot=FOOT)
        self._connect()

    # -- lay-out -----------------------------------------------------------------------------

    def _left(self) -> QWidget:
        inside = QWidget()
        body: QVBoxLayout = column(inside, gap=2)
        body.setContentsMargins(0, 0, 8, 8)
        body.addWidget(self.coverage)
        body.addWidget(self.sound)
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
        body.addWidget(self.answer, 1)
        self._below = QWidget()
        body.addWidget(self._below)
        return holder

    def _foot(self) -> QHBoxLayout:
        foot = row(gap=1)
        foot.addWidget(self.back_button)
        foot.addWidget(self.compare_button)
        foot.addStretch(1)
        foot.addWidget(self.delete_button)
        foot.addWidget(self.again_button)
        foot.addWidget(self.next_button)
        return foot

    def _connect(self) -> None:
        self.again_button.clicked.connect(self.again)
        self.sound.again.connect(self.again)
        self.sound.score_anyway.connect(self._score_anyway)
        self.sound.take_back.connect(self._take_score_away)
        self.compare_button.clicked.connect(self._compare)
        self.back_button.clicked.connect(self.back)
        self.delete_button.clicked.connect(self.delete)
        self.next_button.clicked.connect(self.next_requested)
        self.checklist.pointed.connect(self._brought_out)
        self.checklist.focused.connect(self.column.ensureWidgetVisible)
        self.checklist.play.connect(self.player.play_stretch)
        self.checklist.overruled.connect(self._overrule)
        self.undo.acted.connect(self._take_back)
        self.edit_button.clicked.connect(self.edit)
        self.answer.corrected.connect(self._correct)
        self.outdated.rescore.clicked.connect(self._rescore)
        self.transcript.pointed.connect(self._pointed)
        self.transcript.chosen.connect(self._chosen)
        self.player.pointed.connect(self._pointed)
        self.player.gone.connect(self._nothing_to_play)
        self.pending.judged.connect(self._judged)
        self._revising = Revising(self.context, self)
        self._revising.begun.connect(self.answer.wait)
        self._revising.revised.connect(self._revised)
        self._revising.failed.connect(self.answer.tell)

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
        self._head.show_question(attempt.question)
        self._head.show_crumb(shown=not next_label)  # the room's own head says it
        self.coverage.show_attempt(attempt)
        self.coverage.setVisible(attempt.status is AttemptStatus.ASSESSED)
        self.sound.show_attempt(attempt)
        self._hint.setText(attempt.question.hint)
        self.offer.clear()
        self.earlier.show_attempt(attempt)
        self.outdated.setVisible(not next_label and self._revising.is_outdated(attempt))
        self.answer.show_attempt(attempt)
        self._show_verdicts(attempt, playable=attempt.audio is not None)
        self._show_delivery(attempt)
        self.pending.show_attempt(attempt)
        self.compare_button.hide()
        offer_comparisons(self.context, self, (attempt,), self._offer_comparison)
        self.back_button.setVisible(not next_label)
        self.delete_button.setVisible(not next_label)
        self.next_button.setVisible(bool(next_label))
        if next_label:
            self.next_button.setText(next_label)
        leads_back = not next_label and attempt.status is AttemptStatus.ASSESSED
        self.again_button.set_kind("primary" if leads_back else "plain")

    def _judged(self, attempt: Attempt) -> None:
        self.show_attempt(attempt, next_label=self._next_label)

    def _offer_comparison(self, attempt_id: str, number: int) -> None:
        if self._attempt is not None and attempt_id == self._attempt.id:
            self.compare_button.setText(f"Compare {number} attempts")
            self.compare_button.show()

    def _compare(self) -> None:
        if self._attempt is not None and self.compare_button.isVisible():
            self.context.compare.emit(self._attempt.id)

    def _show_verdicts(self, attempt: Attempt, *, playable: bool) -> None:
        self.checklist.show_verdicts(attempt, playable=playable)
        self._checklist_card.setVisible(bool(shown_verdicts(attempt)))
        self._below.setVisible(not self.answer.has_words)

    def _show_words(self, attempt: Attempt, *, playable: bool) -> None:
        """The verdicts, and the transcript in which their words are marked."""
        self.answer.show_words(attempt, playable=playable)
        self._show_verdicts(attempt, playable=playable)

    def _nothing_to_play(self) -> None:
        """The recording is gone: nothing offers to play it any more."""
        if self._attempt is not None:
            self._show_words(self._attempt, playable=False)

    def _show_delivery(self, attempt: Attempt) -> None:
        found = attempt.delivery
        self.delivery.setVisible(found is not None)
        if found is not None:
            settings = self.context.settings
            self.delivery.show_delivery(found, (settings.target_min_s, settings.target_max_s))

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

    def delete(self) -> None:
        """Put this answer into the trash and go back to where one came from."""
        if self._attempt is not None and not self._next_label:
            self.back.emit()
            self.context.discard.emit(self._attempt)

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
        before, self._before = self._before, None
        if before is None or self._attempt is None:
            return
        if replace(self._attempt, overrulings=before.overrulings) == before:
            self._change(before)
        else:
            self._revising.keep(before)
            self.show_attempt(before, next_label=self._next_label)
            self.entered()

    def _change(self, attempt: Attempt) -> None:
        """Keep and show an attempt with other verdicts; the row in hand keeps the keyboard."""
        if not self._revising.keep(attempt):
            return
        row_at, scrolled = self.checklist.active, self.column.verticalScrollBar().value()
        self._attempt = attempt
        self.coverage.show_attempt(attempt)
        self._show_words(attempt, playable=self.player.is_playable)
        self.player.show_moments(moments(attempt.transcript, shown_verdicts(attempt)))
        if row_at >= 0:
            self.checklist.focus(row_at)
        self.column.verticalScrollBar().setValue(scrolled)

    # -- correcting, scoring again -----------------------------------------------------------

    def edit(self) -> None:
        """Correct the transcript."""
        self.offer.clear()
        self.answer.edit()

    def _correct(self, text: str) -> None:
        if self._attempt is not None:
            self._revising.correct(self._attempt, text)

    def _rescore(self) -> None:
        if self._attempt is not None:
            self._revising.rescore(self._attempt)

    def _score_anyway(self) -> None:
        if self._attempt is not None:
            self._revising.score_anyway(self._attempt)

    def _take_score_away(self) -> None:
        before = self._attempt
        if before is not None and self._revising.keep(unscored := before.without_score()):
            self.show_attempt(unscored, next_label=self._next_label)
            self._before = before
            self.undo.show_text("It is not scored any more.")

    def _revised(self, before: Attempt, revised: Attempt) -> None:
        if self._attempt is None or self._attempt.id != revised.id:
            return  # another answer is shown by now
        self.show_attempt(revised, next_label=self._next_label)
        if revised == before:
            return
        self._before = before
        self.undo.show_text(revised_in_words(before, revised))
        if self.offer.offer(before, revised):
            self.column.verticalScrollBar().setValue(0)

    # -- keys --------------------------------------------------------------------------------

    def go_back(self) -> bool:
        """Esc leads back to the history."""
        if self._next_label:
            return False
        self.back.emit()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """R again, V compare, E edit, Del deletes, Enter next; the rest is the player's."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        match event.key():
            case Qt.Key.Key_R if plain:
                self.again.emit()
            case Qt.Key.Key_Delete if plain:
                self.delete()
            case Qt.Key.Key_V if plain and self.compare_button.isVisible():
                self._compare()
            case Qt.Key.Key_E if plain and self.edit_button.isVisible():
                self.edit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._next_label:
                self.next_requested.emit()
            case _ if not self.player.take_key(event):
                super().keyPressEvent(event)
