"""In a quote the concept's own terms stand out, and nothing in it is taken for markup."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from tests.strategies import NASTY
from voiceprep.gui.widgets.quote import quote_label, term_spans


def test_terms_are_strong_also_where_they_are_said_in_another_form(qtbot: QtBot) -> None:
    made = quote_label("we watch for drifting data and <retrain> the models", ("drift", "retrain"))
    qtbot.addWidget(made)
    assert made.textFormat() is Qt.TextFormat.RichText
    assert "<b>drifting</b>" in made.text()
    assert "&lt;<b>retrain</b>&gt;" in made.text()


def test_a_quote_without_a_term_is_plain(qtbot: QtBot) -> None:
    made = quote_label("we <b>watch</b> it", ("monitoring",))
    qtbot.addWidget(made)
    assert made.textFormat() is Qt.TextFormat.PlainText
    assert made.text() == "\u201cwe <b>watch</b> it\u201d"


@given(st.sampled_from(NASTY) | st.text(max_size=60), st.lists(st.text(max_size=8), max_size=3))
def test_spans_lie_in_the_quote_one_after_the_other(quote: str, terms: list[str]) -> None:
    last = 0
    for start, end in term_spans(quote, terms):
        assert last <= start < end <= len(quote)
        last = end


def test_what_is_shown_is_the_quote_word_for_word(qtbot: QtBot) -> None:
    quote = 'risk & "fairness" < profit, the drift'
    made = quote_label(quote, ("drift",))
    qtbot.addWidget(made)
    document = QTextDocument()
    document.setHtml(made.text())
    assert document.toPlainText() == f"\u201c{quote}\u201d"
