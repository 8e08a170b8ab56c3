"""How the window looks: colours, sizes and the style sheet, light and dark.

Everything that paints takes its colours from ``tokens()`` at the moment of painting, so that a
change of theme needs nothing but a repaint; style_sheet.py has what Qt draws for us.
"""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from voiceprep.gui import style_sheet
from voiceprep.store.settings import Theme

GRID = 8
"""The distance that all others are multiples of, in pixels."""
RADIUS = 10
"""Of every rounded corner, in pixels."""

TextSize = Literal["question", "body", "small"]
PIXELS: dict[TextSize, int] = {"question": 28, "body": 15, "small": 13}
"""The three text sizes; there is no fourth."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme, named after what they are for.

    Attributes:
        canvas: Behind everything.
        surface: Cards, inputs.
        sunken: Hovered and pressed grounds, tracks of bars.
        line: Hairlines that only divide.
        outline: Borders of controls; at least 3:1 on canvas and surface.
        text: What is read.
        muted: What is read second; still 4.5:1.
        accent: The one accent: main actions, selection, what was covered.
        accent_hover: The accent under the mouse.
        accent_soft: Ground of what is selected or quoted.
        on_accent: Text on the accent.
        partial: What was half said.
        partial_soft: Its ground.
        alert: What needs attention, and the light of a running recording.
        alert_soft: Its ground.
    """

    canvas: str
    surface: str
    sunken: str
    line: str
    outline: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    partial: str
    partial_soft: str
    alert: str
    alert_soft: str


LIGHT = Tokens(
    canvas="#f5f6f5",
    surface="#ffffff",
    sunken="#e9eceb",
    line="#dadfdd",
    outline="#7b8582",
    text="#17201e",
    muted="#55605d",
    accent="#0b6b5f",
    accent_hover="#08584e",
    accent_soft="#dcefeb",
    on_accent="#ffffff",
    partial="#855600",
    partial_soft="#faf0d8",
    alert="#b3261e",
    alert_soft="#fbe9e7",
)
DARK = Tokens(
    canvas="#141817",
    surface="#1d2221",
    sunken="#2a3130",
    line="#343c3a",
    outline="#7d8986",
    text="#e9eeec",
    muted="#a5b0ad",
    accent="#5cc8b6",
    accent_hover="#7ad8c8",
    accent_soft="#17403a",
    on_accent="#06231e",
    partial="#e8b75a",
    partial_soft="#3a2d13",
    alert="#ff9a8f",
    alert_soft="#40211d",
)


Tone = Literal["text", "muted", "accent", "partial", "alert"]
TONE_ROLES: dict[Tone, QPalette.ColorRole] = {
    "text": QPalette.ColorRole.WindowText,
    "muted": QPalette.ColorRole.PlaceholderText,
    "accent": QPalette.ColorRole.Link,
    "partial": QPalette.ColorRole.LinkVisited,
    "alert": QPalette.ColorRole.BrightText,
}
"""Which role of the palette holds the colour of a text: labels follow a change by themselves."""


def tokens() -> Tokens:
    """The colours of the theme that the application wears now."""
    return DARK if QApplication.palette().window().color().lightness() < 128 else LIGHT


def color(name: str, alpha: float = 1.0) -> QColor:
    """A token as a colour, e.g. ``color("accent")``; ``alpha`` 0 to 1."""
    found = QColor(getattr(tokens(), name))
    found.setAlphaF(alpha)
    return found


CONCEPTS_LIGHT = (
    "#0b6b5f",
    "#1d5bb8",
    "#9a4a00",
    "#7a3aa8",
    "#a8255f",
    "#56650a",
    "#00667d",
    "#6f4a3a",
)
CONCEPTS_DARK = (
    "#5cc8b6",
    "#84b4ff",
    "#f2a45c",
    "#c79bf2",
    "#f48fb8",
    "#bccb5e",
    "#62cbe6",
    "#d3ab97",
)
"""One colour a concept, told apart also by people who see no red or no green; from the ninth on
they begin anew. Number and kind of line say the same without any colour."""


def concept_color(concept: int, *, soft: bool = False) -> QColor:
    """The colour of a concept, from 0; ``soft`` is a ground that its number can be read on."""
    worn = tokens()
    tones = CONCEPTS_DARK if worn is DARK else CONCEPTS_LIGHT
    tone = tones[concept % len(tones)]
    return QColor(softened(tone, worn) if soft else tone)


def softened(tone: str, worn: Tokens) -> str:
    """A colour as the ground for itself: an eighth of it on the surface."""
    ink, ground = QColor(tone), QColor(worn.surface)
    red, green, blue = (
        round(under + (over - under) / 8)
        for over, under in (
            (ink.red(), ground.red()),
            (ink.green(), ground.green()),
            (ink.blue(), ground.blue()),
        )
    )
    return QColor(red, green, blue).name()


def font(size: TextSize = "body", *, bold: bool = False) -> QFont:
    """The system's font in one of the three sizes."""
    made = QFont(QApplication.font())
    made.setPixelSize(PIXELS[size])
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made


def wear(app: QApplication, theme: Theme) -> None:
    """Dress the application; "system" asks the desktop, and takes light where it does not say."""
    hints = app.styleHints()
    if theme == "system":
        hints.unsetColorScheme()
        dark = hints.colorScheme() is Qt.ColorScheme.Dark
    else:
        dark = theme == "dark"
        hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
    if app.font() != font():
        app.setFont(font())
    app.setPalette(palette(DARK if dark else LIGHT))
    style_sheet.dress(app)


def palette(worn: Tokens) -> QPalette:
    """The palette roles that Qt's own drawing takes."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, value in {
        role.Window: worn.canvas,
        role.WindowText: worn.text,
        role.Base: worn.surface,
        role.AlternateBase: worn.sunken,
        role.Text: worn.text,
        role.PlaceholderText: worn.muted,
        role.Button: worn.surface,
        role.ButtonText: worn.text,
        role.ToolTipBase: worn.text,
        role.ToolTipText: worn.canvas,
        role.Highlight: worn.accent,
        role.HighlightedText: worn.on_accent,
        role.Accent: worn.accent,
        role.Link: worn.accent,
        role.LinkVisited: worn.partial,
        role.BrightText: worn.alert,
        role.Light: worn.surface,
        role.Midlight: worn.accent_soft,
        role.Mid: worn.line,
        role.Dark: worn.outline,
        role.Shadow: worn.outline,
    }.items():
        made.setColor(which, QColor(value))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(worn.outline))
    return made


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21, as WCAG 2.2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(name: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    value = QColor(name)
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (value.redF(), value.greenF(), value.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
