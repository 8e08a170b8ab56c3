"""The speaker with the real engine, in its real child process."""

import os
import signal
import subprocess
import sys
import time
import wave
from pathlib import Path
from threading import Event, Thread, Timer
from typing import Any

import numpy as np
import pytest

from tests.fakes import FakePlayer
from tests.sound import Sound, read_wav, wait_until
from voiceprep.errors import VoicePrepError
from voiceprep.speech import speaker as speaker_module
from voiceprep.speech.audio_file import read_audio
from voiceprep.speech.player import SoundPlayer
from voiceprep.speech.speaker import PyttsxSpeaker, voices
from voiceprep.speech.tts_child import default_voice, is_complete

SHORT = "What is a feature store?"
MINUTE = " ".join(
    f"Step {number}: please explain to a regulator, in plain words and with an example, how the"
    " model decides and what happens when it is wrong."
    for number in range(1, 8)
)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "speech"


def prepared(cache: Path, text: str, **options: Any) -> Path:
    """The file of a text that was just synthesised."""
    before = set(cache.glob("*.wav"))
    PyttsxSpeaker(SoundPlayer(), cache, **options).prepare(text)
    (made,) = set(cache.glob("*.wav")) - before
    return made


@pytest.mark.sound
def test_a_question_is_heard(sound: Sound, cache: Path, tmp_path: Path) -> None:
    with sound.listening(tmp_path / "heard.wav"):
        PyttsxSpeaker(SoundPlayer(), cache).say(SHORT, Event())
    heard, rate_hz = read_wav(tmp_path / "heard.wav")
    loud_s = np.count_nonzero(np.abs(heard) > 0.02) / rate_hz
    assert 0.3 < loud_s < 2.0


def test_a_question_of_a_minute_comes_out_whole(cache: Path) -> None:
    whole = read_audio(prepared(cache, MINUTE))
    shorter = read_audio(
        prepared(cache, MINUTE.removesuffix(" and what happens when it is wrong."))
    )
    assert whole.duration_s > 50
    assert whole.duration_s == pytest.approx(len(MINUTE.split()) * 60 / 165, rel=0.25)
    assert whole.duration_s - shorter.duration_s > 1.5
    last_second = whole.samples[-whole.rate_hz :]
    assert np.abs(last_second).max() > 0.1  # it is speech to its end


def test_it_speaks_without_espeak_or_aplay_on_the_system(
    cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # not even a player
    assert read_audio(prepared(cache, SHORT)).duration_s > 1.0


def test_the_second_time_comes_from_the_cache(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    player = FakePlayer()
    speaker = PyttsxSpeaker(player, cache)  # type: ignore[arg-type]
    speaker.say(SHORT, Event())
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    speaker.say(f"  {SHORT}\n", Event())
    speaker.prepare(SHORT)
    assert len(player.played) == 2
    assert player.played[0] == player.played[1]


def test_voice_rate_and_text_each_have_their_own_sound(cache: Path) -> None:
    prepared(cache, SHORT)
    for text, options in (
        (SHORT, {"rate_wpm": 120}),
        (SHORT, {"voice": "gmw/en-gb-scotland"}),
        ("And a model registry?", {}),
    ):
        prepared(cache, text, **options)
    assert len({path.read_bytes() for path in cache.glob("*.wav")}) == 4


def test_the_rate_is_the_one_that_was_asked_for(cache: Path) -> None:
    slow, fast = (
        read_audio(prepared(cache, MINUTE[:200], rate_wpm=rate)).duration_s for rate in (120, 240)
    )
    assert slow / fast == pytest.approx(2.0, rel=0.2)


def test_a_damaged_cache_heals_itself(cache: Path) -> None:
    made = prepared(cache, SHORT)
    whole = made.read_bytes()
    made.write_bytes(whole[: len(whole) // 2])
    PyttsxSpeaker(SoundPlayer(), cache).prepare(SHORT)
    assert made.read_bytes() == whole


def test_the_cache_stays_small_and_drops_what_was_not_used_for_longest(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ("First question?", "Second question?", "Third question?")
    files = [prepared(cache, text) for text in texts]
    for age, path in enumerate(reversed(files)):
        os.utime(path, (1_000_000 - age, 1_000_000 - age))
    speaker = PyttsxSpeaker(SoundPlayer(), cache)
    speaker.prepare(texts[0])  # used again, so no longer the oldest
    size = sum(path.stat().st_size for path in files)
    monkeypatch.setattr(speaker_module, "CACHE_BYTES", size)
    newest = prepared_beside(cache, "Fourth question?")
    left = set(cache.glob("*.wav"))
    assert newest in left
    assert files[0] in left
    assert files[1] not in left
    assert sum(path.stat().st_size for path in left) <= size


def prepared_beside(cache: Path, text: str) -> Path:
    """As ``prepared``, where others may be deleted meanwhile."""
    PyttsxSpeaker(SoundPlayer(), cache).prepare(text)
    return max(cache.glob("*.wav"), key=lambda path: path.stat().st_mtime)


def test_speech_is_private_and_leaves_nothing_else_behind(cache: Path) -> None:
    made = prepared(cache, SHORT)
    assert made.stat().st_mode & 0o077 == 0
    assert list(cache.iterdir()) == [made]


def test_cancelling_while_it_synthesises_ends_the_child(cache: Path) -> None:
    cancel = Event()
    Timer(0.5, cancel.set).start()
    begin_s = time.monotonic()
    PyttsxSpeaker(SoundPlayer(), cache).say(MINUTE * 40, cancel)
    assert 0.5 <= time.monotonic() - begin_s < 3
    assert list(cache.iterdir()) == []
    assert children() == []


@pytest.mark.sound
def test_cancelling_while_it_speaks_falls_silent(sound: Sound, cache: Path) -> None:
    assert sound.folder.exists()
    player, cancel = SoundPlayer(), Event()
    speaker = PyttsxSpeaker(player, cache)
    thread = Thread(target=speaker.say, args=(MINUTE, cancel))
    thread.start()
    wait_until(lambda: (player.position_s or 0) > 0.3)
    begin_s = time.monotonic()
    cancel.set()
    thread.join()
    assert time.monotonic() - begin_s < 2  # of a minute


@pytest.mark.parametrize("text", ["", "  \n", "?!", "—"])
def test_nothing_to_say_is_said_at_once(text: str, cache: Path) -> None:
    player = FakePlayer()
    PyttsxSpeaker(player, cache).say(text, Event())  # type: ignore[arg-type]
    assert player.played == []


@pytest.mark.parametrize(
    "text", ["-v --help", "<break/> one & two", "zero\0byte", "naïve Bayes, œuvre", "\ud800 lone"]
)
def test_odd_texts_are_spoken(text: str, cache: Path) -> None:
    assert read_audio(prepared(cache, text)).duration_s > 0.3


def test_a_voice_that_is_gone_is_replaced(cache: Path) -> None:
    gone, default = prepared(cache, SHORT, voice="no such voice"), prepared(cache, SHORT)
    assert gone.read_bytes() == default.read_bytes()


def test_a_missing_engine_is_named_with_the_way_out(
    cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # Neither the system's eSpeak nor the wheel: what its child meets is an import that fails.
    (tmp_path / "espeakng_loader.py").write_text("raise ImportError('not installed')")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    with pytest.raises(VoicePrepError) as caught:
        PyttsxSpeaker(SoundPlayer(), cache).prepare(SHORT)
    message = str(caught.value)
    for part in ("cannot be read aloud", "not installed", "apt install espeak-ng", "screen"):
        assert part in message


def test_an_engine_that_dies_is_reported(
    cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pyttsx3.py").write_text("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    with pytest.raises(VoicePrepError, match="process ended early"):
        PyttsxSpeaker(SoundPlayer(), cache).prepare(SHORT)


@pytest.mark.parametrize(
    "trouble",
    ["os.kill(os.getpid(), 9)", "os.write(1, b'garbage'); os._exit(0)", "time.sleep(60)"],
    ids=["killed", "nonsense", "hangs"],
)
def test_an_engine_that_fails_once_is_started_again(
    cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, trouble: str
) -> None:
    """The first child that loads the engine fails, each later one finds the real engine."""
    (tmp_path / "pyttsx3.py").write_text(
        "import os, pathlib, sys, time\n"
        "here = pathlib.Path(__file__)\n"
        "here.rename(here.with_suffix('.used'))\n"
        f"{trouble}\n"
    )
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.setattr(speaker_module, "START_S", 4.0)
    assert read_audio(prepared(cache, SHORT)).duration_s > 1.0
    assert (tmp_path / "pyttsx3.used").exists()
    assert children() == []


def test_what_an_engine_prints_is_no_answer(
    cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pyttsx3.py").write_text(
        "import os, sys\n"
        "os.write(1, b'a library prints')\n"
        "sys.path.remove(os.path.dirname(__file__))\n"
        "del sys.modules['pyttsx3']\n"
        "import pyttsx3\n"
    )
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert read_audio(prepared(cache, SHORT)).duration_s > 1.0


def test_an_engine_that_hangs_is_ended(
    cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pyttsx3.py").write_text("import time; time.sleep(60)")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.setattr(speaker_module, "START_S", 0.5)
    with pytest.raises(VoicePrepError, match="did not finish within 1 seconds"):
        PyttsxSpeaker(SoundPlayer(), cache).prepare(SHORT)
    assert children() == []


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(VoicePrepError, match=r"cannot be written to .*file"):
        PyttsxSpeaker(SoundPlayer(), tmp_path / "file" / "speech").prepare(SHORT)


def test_english_voices_come_first() -> None:
    found = voices()
    assert found[0].language == "en-us"
    english = [voice.language.startswith("en") for voice in found]
    assert english == sorted(english, reverse=True)
    assert 3 < sum(english) < len(found)
    assert len({voice.id for voice in found}) == len(found)


def voice(identifier: str, language: str) -> dict[str, str]:
    return {"id": identifier, "name": identifier, "language": language}


def test_the_default_voice_is_american_on_linux_and_the_systems_own_elsewhere() -> None:
    listed = [
        voice("german", "de-de"),
        voice("british", "en-gb"),
        voice("joke", "en-us"),
        voice("american", "en-us"),
    ]
    assert default_voice(listed, "british", "linux") == "joke"
    assert default_voice(listed, "american", "darwin") == "american"
    assert default_voice(listed, "german", "win32") == "joke"
    assert default_voice(listed[:2], "german", "win32") == "british"
    assert default_voice(listed[:1], "german", "linux") == "german"


def test_a_file_is_complete_when_it_holds_what_its_header_promises(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    assert not is_complete(path)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 22_050, 0, "NONE", ""))
    assert not is_complete(path)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 22_050, 0, "NONE", ""))
        file.writeframes(bytes(1000))
    assert is_complete(path)
    path.write_bytes(path.read_bytes()[:-10])
    assert not is_complete(path)


def test_apples_aiff_under_a_wav_name_is_complete_and_playable(tmp_path: Path) -> None:
    common = (1).to_bytes(2, "big") + (500).to_bytes(4, "big") + (16).to_bytes(2, "big")
    rate = bytes.fromhex("400dac44000000000000")  # 22,050 as an 80-bit float
    sound = bytes(8) + b"\x10\x00" * 500
    chunks = b"AIFFCOMM" + (18).to_bytes(4, "big") + common + rate
    chunks += b"SSND" + len(sound).to_bytes(4, "big") + sound
    path = tmp_path / "speech.wav"
    path.write_bytes(b"FORM" + len(chunks).to_bytes(4, "big") + chunks)
    assert is_complete(path)
    assert read_audio(path).rate_hz == 22_050
    path.write_bytes(path.read_bytes()[:-10])
    assert not is_complete(path)


def children() -> list[str]:
    """Processes of ours that synthesise."""
    found = subprocess.run(
        ["ps", "--ppid", str(os.getpid()), "-o", "args="],
        capture_output=True,
        text=True,
        check=False,
    )
    return [line for line in found.stdout.splitlines() if "tts_child" in line]


def test_a_voice_that_was_stopped_ends_with_the_app(tmp_path: Path) -> None:
    script = tmp_path / "app.py"
    script.write_text(
        "import os, signal, sys\n"
        "from voiceprep.speech.voice_process import _start\n"
        "child = _start()\n"
        "print(child.pid, flush=True)\n"
        "sys.stdin.readline()\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(root)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as app:
        assert app.stdin is not None
        assert app.stdout is not None
        child = int(app.stdout.readline())
        wait_until(lambda: waits_for_its_request(child))
        os.kill(child, signal.SIGSTOP)
        app.stdin.write("\n")
        app.stdin.close()
    wait_until(lambda: not Path(f"/proc/{child}").exists() or state_of(child) in "ZX")


def waits_for_its_request(child: int) -> bool:
    """Whether it reads its standard input (read is call 0 on x86-64, 63 on ARM)."""
    call = Path(f"/proc/{child}/syscall").read_text().split()
    return len(call) > 1 and call[0] in {"0", "63"} and call[1] == "0x0"


def state_of(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
