"""A session as PDF, painted page by page."""

import os
import sys
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from voiceprep.gui import theme
from voiceprep.gui.printing.blocks import SMALL, STEP, TONES, Block, Span, blocks, line
from voiceprep.gui.printing.pages import Measured, Placed, paginate
from voiceprep.interview.records import SessionRecord
from voiceprep.report.options import Paper
from voiceprep.report.view import View, view
from voiceprep.scoring.assessment import Level

_DOTS_PER_INCH = 1200
_POINT = _DOTS_PER_INCH / 72
"""Dots in a point: type is laid out in dots, fine enough for its widths to be true."""

_MARGINS_MM = QMarginsF(18, 16, 18, 14)
_FOOT = 8 * STEP
"""Room for the foot of a page, in points."""
_LEADING = 1.25
"""Distance of lines, in heights of their type."""
_RING = 16 * STEP

_SIZES = {Paper.A4: QPageSize.PageSizeId.A4, Paper.LETTER: QPageSize.PageSizeId.Letter}
_UNDERLINES = {
    Level.COVERED: QTextCharFormat.UnderlineStyle.SingleUnderline,
    Level.PARTIAL: QTextCharFormat.UnderlineStyle.DashUnderline,
    Level.MISSED: QTextCharFormat.UnderlineStyle.DotLine,
}

_application: list[QGuiApplication] = []
"""The one that was made here, kept alive."""


def session_pdf(session: SessionRecord, paper: Paper) -> bytes:
    """The report on a session, printable in black and white too.

    May be called from any thread, also in a process without a window or a display.
    """
    _ensure_application()
    report = view(session)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(f"{line(report.title)}, {report.when}")
    writer.setCreator("VoicePrep")
    writer.setResolution(_DOTS_PER_INCH)
    writer.setPageSize(QPageSize(_SIZES[paper]))
    writer.setPageMargins(_MARGINS_MM, QPageLayout.Unit.Millimeter)
    printed = Printed(report, writer)
    printed.paint()
    buffer.close()
    return bytes(buffer.data().data())


def _ensure_application() -> None:
    """Fonts need an application object; without a display one that shows nothing."""
    if QGuiApplication.instance() is None:
        if sys.platform.startswith("linux"):
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _application.append(QGuiApplication(sys.argv[:1]))


@dataclass(frozen=True, slots=True)
class Laid:
    """A block with its lines; ``layout`` owns them and has to live as long."""

    block: Block
    layout: QTextLayout
    lines: tuple[QTextLine, ...]

    @property
    def heights(self) -> tuple[float, ...]:
        """Of each line, in dots."""
        return tuple(_LEADING * one.height() for one in self.lines)


class Printed:
    """A report laid out for one kind of paper."""

    def __init__(self, report: View, writer: QPdfWriter) -> None:
        self._writer = writer
        self._foot = f"VoicePrep  ·  {line(report.title)}  ·  {report.when}"
        self._width = float(writer.width())
        self._laid = [self._lay(block) for block in blocks(report)]
        measured = [
            Measured(one.heights, _before(one.block), one.block.keeps_next, one.block.starts_page)
            for one in self._laid
        ]
        self._pages = paginate(measured, writer.height() - _dots(_FOOT))

    def paint(self) -> None:
        """Paint all pages."""
        painter = QPainter(self._writer)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, page in enumerate(self._pages, start=1):
            if number > 1:
                self._writer.newPage()
            for placed in page:
                self._paint_block(painter, self._laid[placed.block], placed)
            self._paint_foot(painter, f"Page {number} of {len(self._pages)}")
        painter.end()

    def _lay(self, block: Block) -> Laid:
        layout = QTextLayout("".join(span.text for span in block.spans), _font(block.size))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(_formats(block))
        layout.beginLayout()
        lines = []
        while (made := layout.createLine()).isValid():
            made.setLineWidth(self._width - _dots(block.indent + block.aside))
            made.setPosition(QPointF(0, 0))
            lines.append(made)
        layout.endLayout()
        return Laid(block, layout, tuple(lines))

    def _paint_block(self, painter: QPainter, laid: Laid, placed: Placed) -> None:
        block = laid.block
        heights = laid.heights[placed.first : placed.end]
        if block.rule and placed.first == 0 and placed.top > 0:
            y = placed.top - _before(block) / 2
            painter.setPen(QPen(_color("line"), _dots(0.6)))
            painter.drawLine(QPointF(0, y), QPointF(self._width, y))
        if block.quoted is not None:
            self._paint_ground(painter, block, placed.top, sum(heights))
        left, top = _dots(block.indent), placed.top
        for one, height in zip(laid.lines[placed.first : placed.end], heights, strict=True):
            painter.setPen(_color("text"))
            one.draw(painter, QPointF(left, top + (height - one.height()) / 2))
            top += height
        if placed.first == 0:
            self._paint_sides(painter, block, placed.top, heights[0])

    def _paint_ground(self, painter: QPainter, block: Block, top: float, height: float) -> None:
        tone = TONES[block.quoted] if block.quoted is not None else "accent"
        left = _dots(block.indent - 2 * STEP)
        box = QRectF(left, top, self._width - left, height)
        painter.fillRect(box, _color(f"{tone}_soft"))
        painter.fillRect(QRectF(left, top, _dots(1.8), height), _color(tone))

    def _paint_sides(self, painter: QPainter, block: Block, top: float, height: float) -> None:
        """What stands beside the first line."""
        middle = Qt.AlignmentFlag.AlignVCenter
        across = QRectF(0, top, self._width - _dots(2 * STEP if block.quoted else 0), height)
        if block.left:
            painter.setFont(_font(SMALL))
            painter.setPen(_color("muted"))
            painter.drawText(across, middle | Qt.AlignmentFlag.AlignLeft, block.left)
        if block.right:
            tone = TONES[block.badge] if block.badge else "muted" if block.quoted else "text"
            font = _font(SMALL, bold=block.quoted is None)
            painter.setFont(font)
            painter.setPen(_color(tone))
            painter.drawText(across, middle | Qt.AlignmentFlag.AlignRight, block.right)
            if block.badge:
                width = QFontMetricsF(font).horizontalAdvance(block.right)
                size = _dots(SMALL)
                sign = QRectF(
                    self._width - width - 1.5 * size, top + (height - size) / 2, size, size
                )
                _paint_sign(painter, block.badge, sign)
        if block.ring is not None:
            size = _dots(_RING)
            _paint_ring(painter, block.ring, QRectF(self._width - size, top, size, size))

    def _paint_foot(self, painter: QPainter, page: str) -> None:
        font = _font(SMALL - 0.5)
        painter.setFont(font)
        painter.setPen(_color("muted"))
        box = QRectF(0, self._writer.height() - _dots(SMALL * 1.5), self._width, _dots(SMALL * 1.5))
        metrics = QFontMetricsF(font)
        room = self._width - metrics.horizontalAdvance(page) - _dots(4 * STEP)
        shown = metrics.elidedText(self._foot, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft, shown)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight, page)


def _dots(points: float) -> float:
    return points * _POINT


def _before(block: Block) -> float:
    return _dots(block.before)


def _color(token: str) -> QColor:
    """Paper is light."""
    return QColor(getattr(theme.LIGHT, token))


def _font(points: float, *, bold: bool = False) -> QFont:
    made = QFont(QGuiApplication.font())
    made.setPixelSize(round(_dots(points)))
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made


def _formats(block: Block) -> list[QTextLayout.FormatRange]:
    """How each span looks; Qt counts in UTF-16."""
    ends = [0]
    for span in block.spans:
        ends.append(ends[-1] + len(span.text.encode("utf-16-le")) // 2)
    made = []
    for span, (start, end) in zip(block.spans, pairwise(ends), strict=True):
        formatted = QTextLayout.FormatRange()
        formatted.start, formatted.length = start, end - start
        formatted.format = _format(span, block.size)
        made.append(formatted)
    return made


def _format(span: Span, size: float) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(_font(size * (0.7 if span.raised else 1.0), bold=span.bold))
    made.setForeground(_color(span.tone))
    if span.raised:
        made.setBaselineOffset(40)
    if span.level is not None:
        tone = TONES[span.level]
        made.setBackground(_color(f"{tone}_soft"))
        made.setUnderlineStyle(_UNDERLINES[span.level])
        made.setUnderlineColor(_color(tone))
    return made


def _paint_sign(painter: QPainter, level: Level, box: QRectF) -> None:
    """A disc with a check, a half disc, an empty disc: told apart without colours."""
    color = _color(TONES[level])
    pen = QPen(color, box.width() / 9)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(color if level is Level.COVERED else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box)
    if level is Level.PARTIAL:
        painter.setBrush(color)
        painter.drawPie(box, -90 * 16, 180 * 16)
    if level is Level.COVERED:
        pen.setColor(_color("surface"))
        painter.setPen(pen)
        unit = box.width() / 16
        points = [
            box.topLeft() + QPointF(x * unit, y * unit)
            for x, y in ((4.4, 8.4), (7, 11), (11.6, 5.4))
        ]
        painter.drawPolyline(points)


def _paint_ring(painter: QPainter, score: float, box: QRectF) -> None:
    width = box.width() / 11
    inner = box.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    pen = QPen(_color("sunken"), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawEllipse(inner)
    if score > 0:
        pen.setColor(_color("accent"))
        painter.setPen(pen)
        painter.drawArc(inner, 90 * 16, -round(score * 3.6 * 16))
    painter.setPen(_color("text"))
    painter.setFont(_font(15, bold=True))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{score:.0f} %")
