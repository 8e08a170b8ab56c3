from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from voiceprep.gui.file_dialogs import documents


@pytest.mark.parametrize("is_there", [True, False])
def test_files_go_to_the_documents_or_home_where_there_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_there: bool
) -> None:
    places = QStandardPaths.StandardLocation
    folders = {places.DocumentsLocation: tmp_path / "Documents", places.HomeLocation: tmp_path}
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda place: str(folders[place]))
    if is_there:
        (tmp_path / "Documents").mkdir()
    assert documents() == (tmp_path / "Documents" if is_there else tmp_path)
