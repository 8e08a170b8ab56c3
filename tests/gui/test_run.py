import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

from voiceprep.interview.records import AttemptStatus
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import user_folders

ROOT = Path(__file__).parents[2]
HEAVY = ("sounddevice", "av", "faster_whisper", "ctranslate2", "pocketsphinx", "pyttsx3", "numpy")

APP = """
    import sys
    from concurrent.futures import ThreadPoolExecutor
    from pathlib import Path

    from PySide6.QtCore import QTimer

    from tests.bank.samples import a_bank
    from tests.fakes import FakePlayer, FakeRecorder, FakeSpeaker, FakeTranscriber
    from voiceprep.gui import run as running
    from voiceprep.gui import window as windows
    from voiceprep.interview.judging import Judge
    from voiceprep.interview.toolbox import Toolbox
    from voiceprep.scoring.score import score
    from voiceprep.speech import devices
    from voiceprep.store.history import SqliteHistory
    from voiceprep.store.paths import user_folders

    devices.microphones = lambda: ()
    folders = user_folders()
    bank = a_bank()

    def build(settings):
        judge = Judge(FakeTranscriber(), score, SqliteHistory(folders))
        return Toolbox(
            (bank,), FakeSpeaker(), FakePlayer(), FakeRecorder(), judge, ThreadPoolExecutor(4)
        )

    class Window(windows.Window):
        def __init__(self, context):
            super().__init__(context)
            context.engines_changed.connect(self.go_ahead)
            self.watch = QTimer(self, interval=20)
            self.watch.timeout.connect(self.look)
            self.watch.start()

        def go_ahead(self):
            if self._context.toolbox is not None and not self._context.busy:
                self.practise(bank, bank.questions)

        def look(self):
            conductor = self.room_page.conductor
            if conductor.state.value == "thinking":
                conductor.record()
            if conductor.state.value == "recording":
                self.watch.stop()
                print("recording", flush=True)

    running.Window = Window
    sys.exit(running.run(build, folders))
"""


def child(program: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_nothing_heavy_is_imported_before_the_window_is_there() -> None:
    program = f"""
        import sys
        import voiceprep.gui.run, voiceprep.gui.pages.practice
        print(sorted(set({HEAVY!r}) & set(sys.modules)))
    """
    out, err = child(program).communicate(timeout=60)
    assert (out.strip(), err) == ("[]", "")


def test_ctrl_c_during_a_recording_ends_cleanly_and_keeps_the_take(home: Path) -> None:
    process = child(APP)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "recording"
    process.send_signal(signal.SIGINT)
    started = time.monotonic()
    _, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    assert "Traceback" not in err
    assert time.monotonic() - started < 10
    takes = list((home / "data" / "recordings").rglob("*.wav"))
    assert len(takes) == 1
    sessions = SqliteHistory(user_folders()).sessions()
    assert [one.status for one in sessions[0].attempts] == [AttemptStatus.WAITING]
