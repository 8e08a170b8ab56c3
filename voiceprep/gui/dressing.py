"""Has the window wear the theme that the settings, or the system, ask for."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from voiceprep.gui import theme
from voiceprep.gui.context import Context
from voiceprep.gui.widgets.rail import Rail


class Dressing(QObject):
    """Follows the settings and the system.

    Args:
        context: Has the settings.
        rail: Has the button that changes between light and dark; goes with it.
    """

    def __init__(self, context: Context, rail: Rail) -> None:
        super().__init__(rail)
        self._context = context
        self._rail = rail
        self._worn = context.settings.theme
        rail.theme_toggled.connect(self._toggle)
        context.settings_changed.connect(self._settings_changed)
        QApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._show()

    def _toggle(self) -> None:
        dark = theme.tokens() is theme.DARK
        self._context.change_settings(theme="light" if dark else "dark")

    def _settings_changed(self) -> None:
        if self._context.settings.theme != self._worn:
            self._dress()  # every change of any other setting would polish the whole window

    def _system_changed(self) -> None:
        if self._context.settings.theme == "system":
            self._dress()

    def _dress(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.wear(app, self._context.settings.theme)
        self._worn = self._context.settings.theme
        self._show()

    def _show(self) -> None:
        self._rail.show_theme(dark=theme.tokens() is theme.DARK)
