"""The head of a result: the question, the coverage, and where the words come from."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from voiceprep.bank.model import Question
from voiceprep.gui.phrasing import (
    concepts_covered,
    duration_s,
    is_typed,
    length,
    recogniser,
)
from voiceprep.gui.widgets.layout import column, row
from voiceprep.gui.widgets.ring import Ring
from voiceprep.gui.widgets.text import balanced_width, label
from voiceprep.interview.records import Attempt
from voiceprep.report.phrases import explain_own_word, sound_mark
from voiceprep.scoring.assessment import ConceptVerdict
from voiceprep.scoring.why import explain_terms

LONGEST_TITLE = 170
"""Characters of a question that may stand in the large size: three lines of the smallest window."""


class QuestionTitle(QWidget):
    """A question in the large size, or in the middle size where it is very long."""

    def __init__(self) -> None:
        super().__init__()
        body = column(self, gap=0)
        self._large = label("", "question", wrap=True)
        self._long = label("", bold=True, wrap=True)
        for one in (self._large, self._long):
            one.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            body.addWidget(one)

    def set_text(self, text: str) -> None:
        """Show a question."""
        is_long = len(text) > LONGEST_TITLE
        self._large.setVisible(not is_long)
        self._long.setVisible(is_long)
        (self._long if is_long else self._large).setText(text)
        self.setAccessibleName(f"Question: {text}")
        self._balance()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths break other lines."""
        super().resizeEvent(event)
        self._balance()

    def _balance(self) -> None:
        """Make the lines of a large title about equally long."""
        full, title = self.width(), self._large
        title.setContentsMargins(0, 0, max(0, full - balanced_width(title, full) - 4), 0)


class QuestionHead(QWidget):
    """The head of a page about one question: where it belongs, and the question itself."""

    def __init__(self) -> None:
        super().__init__()
        body = column(self, gap=0)
        body.setSpacing(4)
        self._crumb = label("", "small", "muted")
        self._title = QuestionTitle()
        body.addWidget(self._crumb)
        body.addWidget(self._title)

    def show_question(self, question: Question, more: str = "") -> None:
        """Show a question; ``more`` stands behind its category and level."""
        level = question.level if question.category.lower() != question.level else ""
        self._crumb.setText(" · ".join(one for one in (question.category, level, more) if one))
        self._title.set_text(question.question)

    def show_crumb(self, *, shown: bool) -> None:
        """Leave the category out where the page around says it."""
        self._crumb.setVisible(shown)


def no_score_reason(attempt: Attempt) -> str:
    """Why there is no coverage, in words; "" when there is one to show."""
    if attempt.transcript is None:
        return "Not transcribed yet, so nothing is scored."
    if attempt.is_unusable:
        return "No score: the sound is unusable."
    if not attempt.words:
        return "No words were heard in this recording, so nothing is scored."
    if attempt.assessment is None:
        return attempt.failure or "This answer has not been scored."
    if not attempt.assessment.concepts:
        return "This question has no checklist, so nothing is scored."
    return ""


def shown_verdicts(attempt: Attempt) -> tuple[ConceptVerdict, ...]:
    """The verdicts to show: none where there is no score to stand behind."""
    standing = attempt.standing
    return () if standing is None or no_score_reason(attempt) else standing.concepts


class Coverage(QWidget):
    """The ring, and beside it the count in words or why there is none."""

    def __init__(self) -> None:
        super().__init__()
        across = row(self, gap=2)
        self.ring = Ring(112)
        across.addWidget(self.ring)
        words = column(gap=0)
        words.setSpacing(4)
        self._count = label(bold=True, wrap=True)
        self._terms = label("", "small", "muted", wrap=True)
        self._own = label("", "small", "muted", wrap=True)
        self._source = label("", "small", "muted", wrap=True)
        words.addStretch(1)
        words.addWidget(self._count)
        words.addWidget(self._terms)
        words.addWidget(self._own)
        words.addWidget(self._source)
        words.addStretch(1)
        across.addLayout(words, 1)

    def show_attempt(self, attempt: Attempt) -> None:
        """Show the coverage of an attempt."""
        reason = no_score_reason(attempt)
        scored = attempt.standing
        if scored is not None and not reason:
            self.ring.set_value(scored.score, doubt=sound_mark(attempt))
            self._count.setText(concepts_covered(scored))
        else:
            self.ring.set_value(None)
            self._count.setText(reason)
        self._terms.setText("" if reason or scored is None else explain_terms(scored))
        self._terms.setVisible(bool(self._terms.text()))
        self._own.setText("" if reason else explain_own_word(attempt))
        self._own.setVisible(bool(self._own.text()))
        words = "" if attempt.transcript is None else recogniser(attempt.transcript)
        parts = [words] if words else []
        if not is_typed(attempt) and duration_s(attempt):
            parts.append(length(duration_s(attempt)))
        self._source.setText(" · ".join(parts))
        self._source.setVisible(bool(parts))
