"""The results that another has taken the place of: when, why, and what became other."""

from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from voiceprep.gui.phrasing import LEVEL_WORDS, count, when
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.layout import Card, column
from voiceprep.gui.widgets.small import Fold
from voiceprep.gui.widgets.text import label
from voiceprep.interview.records import Attempt, Revision
from voiceprep.interview.rescoring import Change, changes

REASONS = {
    Revision.CORRECTED: "You corrected the transcript",
    Revision.RESCORED: "Scored again: the scorer or the checklist had changed",
}


class EarlierCard(Card):
    """Folded at first; hidden where there is no earlier result."""

    def __init__(self) -> None:
        super().__init__(margin=2)
        self.fold = Fold("Earlier results", QWidget(), is_open=False)
        self.body.addWidget(self.fold)

    def show_attempt(self, attempt: Attempt) -> None:
        """Show the earlier results of an attempt, the newest first."""
        self.setVisible(bool(attempt.earlier))
        if not attempt.earlier:
            return
        self.fold.set_title(count(len(attempt.earlier), "earlier result"))
        now = datetime.now().astimezone()
        inside = QWidget()
        body = column(inside, gap=2)
        results = [*(one.standing for one in attempt.earlier), attempt.standing]
        steps = zip(attempt.earlier, pairwise(results), strict=True)
        for one, (before, after) in reversed(list(steps)):
            lines = column(gap=0)
            lines.setSpacing(2)
            lines.addWidget(label(f"{REASONS[one.reason]}, {when(one.until, now)}", wrap=True))
            if before is not None and after is not None:
                figures = f"{before.score:.0f}\u00a0% before, {after.score:.0f}\u00a0% after"
                lines.addWidget(label(figures, "small", "muted"))
            told = [_told(change) for change in changes(before, after)]
            for text in told or ["No verdict changed."]:
                lines.addWidget(label(text, "small", "muted", wrap=True))
            if one.reason is Revision.CORRECTED:
                heard = label(f"It was heard as: {one.transcript.text}", "small", wrap=True)
                lines.addWidget(heard)
            body.addLayout(lines)
        self.fold.set_content(inside)


class OutdatedNote(Card):
    """Says that the scorer or the checklist has changed since, and offers to score again."""

    def __init__(self) -> None:
        super().__init__(margin=2)
        self.setAccessibleName("Scored by an earlier version")
        words = "Scored before VoicePrep's scorer or this checklist changed."
        self.body.addWidget(label(words, wrap=True))
        self.rescore = Button("Score it again", icon="again")
        self.body.addWidget(self.rescore, alignment=Qt.AlignmentFlag.AlignLeft)


def revised_in_words(before: Attempt, after: Attempt) -> str:
    """What scoring again came to: ``Scored again: 40 % before, 60 % now.``, for example."""
    old, new = before.standing, after.standing
    if old is None and new is not None:
        return f"Scored: {new.score:.0f}\u00a0%."
    if old is None or new is None:
        return "Scored again."
    if not changes(old, new):
        return f"Scored again: {new.score:.0f}\u00a0% as before."
    return f"Scored again: {old.score:.0f}\u00a0% before, {new.score:.0f}\u00a0% now."


def _told(change: Change) -> str:
    before = LEVEL_WORDS[change.before].lower() if change.before else "not in the checklist"
    after = LEVEL_WORDS[change.after].lower() if change.after else "no more in the checklist"
    return f"{change.label}: {before}, now {after}"
