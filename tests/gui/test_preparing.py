from PySide6 import QtCore, QtWidgets

from voiceprep.gui.preparing import _classes


def test_all_classes_of_qt_are_made_before_any_worker_names_them() -> None:
    named = list(_classes())
    assert {"QTimer", "QPainter", "QDateEdit", "QSvgRenderer"} <= set(named)
    for module in (QtCore, QtWidgets):
        made = vars(module)
        assert not [name for name in dir(module) if name[0] != "_" and name not in made]
