import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import Desk
from voiceprep.gui import theme
from voiceprep.gui.run import application
from voiceprep.gui.theme import DARK, LIGHT, Tokens, contrast

THEMES = pytest.mark.parametrize("worn", [LIGHT, DARK], ids=["light", "dark"])

TEXT_ON = [
    ("text", "canvas"),
    ("text", "surface"),
    ("text", "sunken"),
    ("text", "accent_soft"),
    ("text", "alert_soft"),
    ("text", "partial_soft"),
    ("muted", "canvas"),
    ("muted", "surface"),
    ("muted", "sunken"),
    ("accent", "canvas"),
    ("accent", "surface"),
    ("accent", "sunken"),
    ("accent", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("partial", "canvas"),
    ("partial", "surface"),
    ("partial", "partial_soft"),
    ("alert", "canvas"),
    ("alert", "surface"),
    ("alert", "alert_soft"),
    ("canvas", "text"),  # tool tips
]
EDGES_ON = [
    ("outline", "canvas"),
    ("outline", "surface"),
    ("accent", "canvas"),
    ("accent", "surface"),
    ("alert", "alert_soft"),
]


@THEMES
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON)
def test_every_text_can_be_read(worn: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(worn, ink), getattr(worn, ground)) >= 4.5


@THEMES
@pytest.mark.parametrize(("ink", "ground"), EDGES_ON)
def test_every_edge_of_a_control_can_be_seen(worn: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(worn, ink), getattr(worn, ground)) >= 3.0


@THEMES
def test_each_concept_has_a_colour_of_its_own_that_can_be_read(worn: Tokens) -> None:
    tones = theme.CONCEPTS_DARK if worn is DARK else theme.CONCEPTS_LIGHT
    assert len(set(tones)) == 8
    for tone in tones:
        for ground in (worn.surface, worn.canvas, theme.softened(tone, worn)):
            assert contrast(tone, ground) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_chosen_theme_is_worn(qapp: QApplication) -> None:
    theme.wear(qapp, "dark")
    assert theme.tokens() is DARK
    assert qapp.palette().color(QPalette.ColorRole.WindowText) == QColor(DARK.text)
    theme.wear(qapp, "light")
    assert theme.tokens() is LIGHT


def test_there_are_three_text_sizes_and_no_fourth(qapp: QApplication) -> None:
    assert sorted(theme.PIXELS.values()) == [13, 15, 28]
    assert qapp.font().pixelSize() == 15


@pytest.mark.parametrize("page", ["practice", "review", "questions", "settings", "trends"])
def test_a_change_of_theme_leaves_nothing_in_the_colours_from_before(desk: Desk, page: str) -> None:
    """Against a window that is dressed from the start."""
    desk.ready()
    desk.window.go(page)
    desk.until(lambda: desk.window.here == page)
    app = application()
    theme.wear(app, "dark")
    theme.wear(app, "light")
    theme.wear(app, "dark")
    changed = desk.window.grab().toImage()
    sheet = app.styleSheet()
    app.setStyleSheet("")
    app.setStyleSheet(sheet)  # Qt polishes everything anew
    desk.until(lambda: desk.window.grab().toImage() == changed)


def test_what_was_hidden_at_the_change_is_dressed_when_it_is_shown(desk: Desk) -> None:
    desk.ready()
    desk.window.go("questions")
    search = desk.window.questions_page.search
    desk.window.go("practice")
    theme.wear(application(), "dark")
    desk.window.go("questions")
    ground = QPoint(search.width() // 2, 4)
    desk.until(lambda: search.grab().toImage().pixelColor(ground).name() == DARK.surface)
