"""Asks what a report is to be, before the file dialog asks where it goes."""

from collections.abc import Callable

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QDialog, QWidget

from voiceprep.gui.phrasing import count
from voiceprep.gui.widgets.buttons import Button, Choice
from voiceprep.gui.widgets.layout import column, row
from voiceprep.gui.widgets.select import Select
from voiceprep.gui.widgets.text import label
from voiceprep.interview.records import SessionRecord
from voiceprep.report.options import Form, Options, Paper, Sound

FORMS = {
    Form.HTML: ("Web page", "Opens in any browser, also without a network."),
    Form.PDF: ("PDF", "For printing and for sending."),
    Form.MARKDOWN: ("Markdown", "Plain text for notes and wikis."),
    Form.JSON: ("Data for programs (JSON)", "Everything, in a documented form."),
    Form.SRT: ("Subtitles (SRT)", "The words with their times, one file for each spoken answer."),
    Form.VTT: ("Subtitles (WebVTT)", "The words with their times, for web players."),
}
_SOUNDS = {
    Sound.EMBED: ("In the page", "One file. Click a quote to hear it."),
    Sound.LINK: ("In a folder", "A folder beside the page. Keep the two together."),
    Sound.NONE: ("Left out", "Only what can be read."),
}
_KILOBYTES_A_SECOND = 8
"""Of a recording inside a page: 48 kbit/s as text (four characters for three bytes)."""


class SaveDialog(QDialog):
    """Esc leaves everything as it is.

    Args:
        parent: Whose window it belongs to.
        session: What the report is about.
        chosen: Called with the options when the person goes on.
    """

    def __init__(
        self, parent: QWidget, session: SessionRecord, chosen: Callable[[Options], None]
    ) -> None:
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Save report")
        self.setFixedWidth(480)
        recordings = [one.audio for one in session.attempts if one.audio is not None]
        self._spoken_s = sum(one.duration_s for one in recordings)
        self._recordings = len(recordings)
        self.form = Select("Kind of report")
        for form, (name, _) in FORMS.items():
            self.form.addItem(name, form)
        self.sound = Choice(
            "Recordings", [(one.value, name) for one, (name, _) in _SOUNDS.items()], Sound.EMBED
        )
        self.paper = Choice(
            "Paper", [(Paper.A4.value, "A4"), (Paper.LETTER.value, "Letter")], usual_paper()
        )
        self._about_form = label("", "small", "muted", wrap=True)
        self._about_sound = label("", "small", "muted", wrap=True)
        self._sounds = _part("Recordings", self.sound, self._about_sound)
        self._papers = _part("Paper", self.paper)
        self.cancel = Button("Cancel", key="Esc")
        self.go = Button("Choose a place…", "primary", key="Enter")

        body = column(self, margin=3, gap=3)
        body.addWidget(label("Save report", bold=True))
        body.addWidget(_part("What it is", self.form, self._about_form))
        body.addWidget(self._sounds)
        body.addWidget(self._papers)
        buttons = row(gap=1)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.go)
        body.addLayout(buttons)

        self.form.currentIndexChanged.connect(self._show)
        self.sound.changed.connect(self._show)
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self.accept)
        self.go.setDefault(True)
        self.accepted.connect(lambda: chosen(self.options))
        self._show()
        self.form.setFocus()
        self.open()

    @property
    def options(self) -> Options:
        """What is chosen now."""
        form = Form(self.form.currentData())
        return Options(form, Sound(self.sound.value), Paper(self.paper.value))

    def _show(self) -> None:
        options = self.options
        self._about_form.setText(FORMS[options.form][1])
        about = _SOUNDS[options.sound][1]
        if options.sound is Sound.EMBED:
            megabytes = max(0.1, self._spoken_s * _KILOBYTES_A_SECOND / 1000)
            about += f" {count(self._recordings, 'recording')}, about {megabytes:.1f} MB."
        self._about_sound.setText(about)
        self._sounds.setVisible(options.form is Form.HTML and self._recordings > 0)
        self._papers.setVisible(options.form is Form.PDF)
        self.adjustSize()


def usual_paper() -> Paper:
    """Letter where people measure in inches, A4 elsewhere."""
    american = QLocale.system().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    return Paper.LETTER if american else Paper.A4


def _part(title: str, *widgets: QWidget) -> QWidget:
    """A heading with what belongs to it."""
    part = QWidget()
    inside = column(part, gap=1)
    inside.addWidget(label(title, "small", "muted"))
    for one in widgets:
        inside.addWidget(one)
    return part
