"""Our own icons: one-colour SVG files, tinted with a token when they are drawn."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from voiceprep.resources import asset


@lru_cache(maxsize=256)
def _renderer(name: str, tint: str) -> QSvgRenderer:
    source = asset("icons", f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(source.replace("currentColor", tint).encode()))


def paint(painter: QPainter, name: str, box: QRectF, tint: QColor) -> None:
    """Draw an icon of assets/icons (without ".svg") into ``box``."""
    painter.save()
    painter.setOpacity(painter.opacity() * tint.alphaF())
    _renderer(name, tint.name()).render(painter, box)
    painter.restore()


def app_icon() -> QIcon:
    """The application's own icon in the sizes that desktops ask for."""
    icon = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        picture = QPixmap(size, size)
        picture.fill(QColor(0, 0, 0, 0))
        painter = QPainter(picture)
        _renderer("voiceprep", "#000000").render(painter, QRectF(0, 0, size, size))
        painter.end()
        icon.addPixmap(picture)
    return icon
