"""A chart with its numbers: as a picture, or as a table to read, to hear and to copy."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from voiceprep.gui import theme
from voiceprep.gui.widgets.buttons import Button, Choice
from voiceprep.gui.widgets.layout import Card, column, row
from voiceprep.gui.widgets.text import label

Index = QModelIndex | QPersistentModelIndex
Cells = Sequence[Sequence[str]]
_TABLE_HEIGHT = 280
_ROWS_MEASURED = 50
"""Rows that decide how wide columns are: all of ten thousand would take too long."""


class TableModel(QAbstractTableModel):
    """Rows of texts below a head; only what is seen is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.head: Sequence[str] = ()
        self.rows: Cells = ()

    def show_rows(self, head: Sequence[str], rows: Cells) -> None:
        """Show these."""
        self.beginResetModel()
        self.head, self.rows = head, rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Part of QAbstractTableModel."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Part of QAbstractTableModel."""
        return 0 if parent is not None and parent.isValid() else len(self.head)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell; screen readers hear it with its column."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.head[index.column()]}: {self.rows[index.row()][index.column()]}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The head of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self.head[section]
        return None

    def as_text(self) -> str:
        """All of it with tabs, as spreadsheets take it from the clipboard."""
        return "\n".join("\t".join(cells) for cells in (self.head, *self.rows)) + "\n"


class _Table(QTableView):
    """Ctrl+C takes all of it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, or what tables do."""
        model = self.model()
        if event.matches(QKeySequence.StandardKey.Copy) and isinstance(model, TableModel):
            QGuiApplication.clipboard().setText(model.as_text())
        else:
            super().keyPressEvent(event)


class ChartCard(Card):
    """A chart and its table, one of which is seen.

    Args:
        title: What it shows.
        about: How to read it, in a line.
        charts: From top to bottom, each with a heading ("" for none).
    """

    def __init__(self, title: str, about: str, *charts: tuple[str, QWidget]) -> None:
        super().__init__()
        self.model = TableModel()
        self.table = _Table()
        self.table.setModel(self.model)
        self.table.setAccessibleName(f"{title}: numbers")
        self.table.setFont(theme.font("small"))
        self.table.setFixedHeight(_TABLE_HEIGHT)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setResizeContentsPrecision(_ROWS_MEASURED)
        self.shows = Choice(title, (("chart", "Chart"), ("table", "Table")), "chart")
        self.shows.changed.connect(self._show)
        self.copy = Button("Copy", "quiet", icon="copy", help_text="Copy the numbers")
        self.copy.setAccessibleName(f"Copy the numbers of {title}")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.model.as_text()))
        self.about = label(about, "small", "muted", wrap=True)
        self.summary = label("", wrap=True)
        head = row(gap=1)
        head.addWidget(label(title, bold=True), 1)
        head.addWidget(self.copy)
        head.addWidget(self.shows)
        self.body.addLayout(head)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.about)
        self._drawn = QWidget()
        inside = column(self._drawn, gap=1)
        self._charts = [chart for _, chart in charts]
        for heading, chart in charts:
            if heading:
                inside.addWidget(label(heading, "small", "muted"))
            inside.addWidget(chart)
        self.body.addWidget(self._drawn)
        self.body.addWidget(self.table)
        self._show("chart")

    def show_numbers(self, head: Sequence[str], rows: Cells, summary: str) -> None:
        """Fill the table, and say in a sentence what the chart shows."""
        self.model.show_rows(head, rows)
        self.table.resizeColumnsToContents()
        self.summary.setText(summary)
        for chart in self._charts:
            chart.setAccessibleDescription(summary)

    def _show(self, what: str) -> None:
        self._drawn.setVisible(what == "chart")
        self.table.setVisible(what == "table")
