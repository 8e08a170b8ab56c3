"""One question of a bank; its hint and checklist stay hidden until they are asked for."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from voiceprep.bank.model import Concept, Question
from voiceprep.gui import theme
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.widgets.buttons import Button
from voiceprep.gui.widgets.checklist import Probe
from voiceprep.gui.widgets.layout import Card, Scroll, column, flow_box, line, row
from voiceprep.gui.widgets.questions.own_answers import OwnAnswers
from voiceprep.gui.widgets.result_head import QuestionHead
from voiceprep.gui.widgets.small import Fold, Tag
from voiceprep.gui.widgets.text import label

_RECONSTRUCTED = (
    "The source gives only the hint. The wording of this question was written for VoicePrep to "
    "fit it."
)


class ConceptCard(QWidget):
    """One concept of a checklist, as its author wrote it."""

    def __init__(self, concept: Concept) -> None:
        super().__init__()
        body = column(self, gap=1)
        body.setContentsMargins(0, 0, 0, theme.GRID)
        head = row(gap=1)
        head.addWidget(_selectable(label(concept.label, bold=True, wrap=True)), 1)
        weight = label(f"weight {concept.weight:g}", "small", "muted")
        head.addWidget(weight, 0, Qt.AlignmentFlag.AlignTop)
        body.addLayout(head)
        if concept.keywords:
            body.addWidget(flow_box(*(Tag(word) for word in concept.keywords)))
        if concept.probe:
            body.addWidget(Probe(concept.probe))
        if concept.says:
            self.says = Fold("Ways to say it", _sayings(concept.says), is_open=False)
            body.addWidget(self.says)


class QuestionDetail(Card):
    """The question that is chosen in the list."""

    practise = Signal()
    hear = Signal()

    def __init__(self) -> None:
        super().__init__(margin=2)
        self._question: Question | None = None
        self._head = QuestionHead()
        self.practise_button = Button("Practise this one", "primary", key="Enter")
        self.practise_button.clicked.connect(self.practise)
        self.hear_button = Button("Hear it", icon="speaker", key="P")
        self.hear_button.clicked.connect(self.hear)
        self.problem = ErrorPanel()
        self._source = label(_RECONSTRUCTED, "small", "muted", wrap=True)
        self._inside = QWidget()
        self.spoiler = Fold("Show the hint and the checklist", self._inside, is_open=False)
        self.spoiler.head.toggled.connect(self._reveal)
        self.answers = OwnAnswers()

        inside = QWidget()
        body = column(inside, gap=2)
        body.setContentsMargins(0, 0, 8, 0)
        body.addWidget(self._head)
        body.addWidget(flow_box(self.practise_button, self.hear_button))
        body.addWidget(self.problem)
        body.addWidget(line())
        body.addWidget(self.answers)
        body.addWidget(self.spoiler)
        body.addStretch(1)
        body.addWidget(self._source)
        self.body.addWidget(Scroll(inside), 1)

    def show_question(self, question: Question) -> None:
        """Show a question; its hint is hidden again."""
        if question == self._question:
            return
        self._question = question
        self._head.show_question(question)
        self._source.setVisible(question.question_source == "reconstructed")
        self.problem.clear()
        self.answers.show_attempts(())
        self.spoiler.set_open(False)
        self._fill(None)

    def show_speaking(self, *, speaking: bool) -> None:
        """While the question is read aloud, the button stops that."""
        self.hear_button.set_icon("stop" if speaking else "speaker")
        self.hear_button.setText("Stop" if speaking else "Hear it")

    def _reveal(self, is_open: bool) -> None:
        self.spoiler.set_title(
            "Hide the hint and the checklist" if is_open else "Show the hint and the checklist"
        )
        self._fill(self._question if is_open else None)

    def _fill(self, question: Question | None) -> None:
        """Hint and checklist exist only while they are shown: screen readers keep no secrets."""
        fresh = QWidget()
        body = column(fresh, gap=2)
        if question is not None:
            body.addWidget(_selectable(label(question.hint, wrap=True)))
            body.addWidget(line())
            for concept in question.concepts:
                body.addWidget(ConceptCard(concept))
            if question.star is not None:
                body.addWidget(line())
                for name, text in question.star.model_dump().items():
                    body.addWidget(label(name.capitalize(), "small", "muted"))
                    body.addWidget(_selectable(label(text, wrap=True)))
        self.spoiler.set_content(fresh)


def _sayings(says: tuple[str, ...]) -> QWidget:
    box = QWidget()
    body = column(box, gap=1)
    for text in says:
        body.addWidget(_selectable(label(f"\u201c{text}\u201d", "small", "muted", wrap=True)))
    return box


def _selectable(which: QLabel) -> QLabel:
    which.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return which
