"""Real sound devices without hardware: a private PulseAudio with a loudspeaker and a microphone.

The app plays into one null sink; the monitor of the other is its microphone, so that whatever is
played into that one is "said in the room". PortAudio finds both through ALSA's pulse device.
"""

import os
import subprocess
import time
import wave
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

Samples = NDArray[np.float32]

_LOUDSPEAKER = "loudspeaker"
_ROOM = "room"
_PATIENCE_S = 10.0


def wait_until(condition: Callable[[], bool], patience_s: float = _PATIENCE_S) -> float:
    """Wait for a condition; returns how long it took, fails when it never comes."""
    begin_s = time.monotonic()
    while not condition():
        assert time.monotonic() - begin_s < patience_s, "waited in vain"
        time.sleep(0.005)
    return time.monotonic() - begin_s


def read_wav(path: Path) -> tuple[Samples, int]:
    """Samples (of the first channel, -1 to 1) and rate, strictly as the header says."""
    with wave.open(str(path)) as file:
        raw = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return (raw[:: file.getnchannels()] / 32768).astype(np.float32), file.getframerate()


def write_wav(path: Path, samples: Samples, rate_hz: int = 44_100) -> Path:
    """Write mono samples as 16 bits."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, rate_hz, 0, "NONE", ""))
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def tone(hz: float, length_s: float, amplitude: float = 0.5, rate_hz: int = 44_100) -> Samples:
    """A sine."""
    times_s = np.arange(round(length_s * rate_hz)) / rate_hz
    return (amplitude * np.sin(2 * np.pi * hz * times_s)).astype(np.float32)


def sweep(length_s: float, rate_hz: int = 44_100) -> Samples:
    """A tone that rises from 200 to 3,000 Hz: it matches itself at one place only."""
    times_s = np.arange(round(length_s * rate_hz)) / rate_hz
    phase = 2 * np.pi * (200 * times_s + 2800 / (2 * length_s) * times_s**2)
    return (0.5 * np.sin(phase)).astype(np.float32)


def quiet(length_s: float, rate_hz: int = 44_100) -> Samples:
    """Nothing at all."""
    return np.zeros(round(length_s * rate_hz), np.float32)


def strength(samples: Samples, rate_hz: int, hz: float) -> float:
    """Amplitude of one frequency, in 50 ms windows, at its strongest."""
    window = rate_hz // 20
    whole = samples[: len(samples) // window * window].reshape(-1, window)
    wave_ = np.exp(-2j * np.pi * hz * np.arange(window) / rate_hz)
    return float(np.abs(whole @ wave_).max() * 2 / window)


def find_in(heard: Samples, said: Samples) -> tuple[float, int]:
    """Where ``said`` is in ``heard`` (at the same rate): likeness (1 is the same) and frame."""
    size = 1 << (len(heard) + len(said)).bit_length()
    match = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(said, size)), size)
    place = int(np.argmax(match[: max(1, len(heard) - len(said) + 1)]))
    part = heard[place : place + len(said)]
    said = said[: len(part)]
    cross = np.fft.rfft(part) * np.conj(np.fft.rfft(said))
    turn = 2j * np.pi * np.fft.rfftfreq(len(part))
    # The samples of the two may fall between each other: the best of nine fractions of a frame.
    best = max(np.fft.irfft(cross * np.exp(turn * by / 8), len(part))[0] for by in range(-4, 5))
    return float(best / (np.linalg.norm(part) * np.linalg.norm(said))), place


@dataclass
class Sound:
    """A room with a loudspeaker and a microphone."""

    folder: Path
    _stack: ExitStack = field(default_factory=ExitStack)

    def start(self) -> None:
        """Start the server and build both devices."""
        socket = self.folder / "native"
        for name in ("XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH"):
            os.environ[name] = str(self.folder)
        os.environ["PULSE_SERVER"] = f"unix:{socket}"
        os.environ["PULSE_CLIENTCONFIG"] = str(self.folder / "client.conf")
        (self.folder / "client.conf").write_text("enable-shm = no\n")
        # Streams of a device that goes away end, as without a sound server, and are moved nowhere.
        os.environ["PULSE_CONFIG"] = str(self.folder / "daemon.conf")
        (self.folder / "daemon.conf").write_text("rescue-streams = no\n")
        self._spawn(
            "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes",
            "--use-pid-file=no", "-L",
            f"module-native-protocol-unix socket={socket} auth-anonymous=1 auth-cookie-enabled=0",
        )  # fmt: skip
        wait_until(lambda: _pactl("info").returncode == 0)
        self.plug()

    def plug(self) -> None:
        """Connect both devices."""
        for name in (_LOUDSPEAKER, _ROOM):
            # With rewinds, a null sink wakes up every two seconds only.
            _pactl("load-module", "module-null-sink", f"sink_name={name}", "norewinds=1")
        _pactl("set-default-sink", _LOUDSPEAKER)
        _pactl("set-default-source", f"{_ROOM}.monitor")

    def stop(self) -> None:
        """End every process that was started, the server last."""
        self._stack.close()

    def echo(self) -> None:
        """From now on the microphone hears the loudspeaker, as it does in a real room."""
        loaded = _pactl(
            "load-module", "module-loopback", f"source={_LOUDSPEAKER}.monitor", f"sink={_ROOM}",
            "latency_msec=50",
        )  # fmt: skip
        assert loaded.returncode == 0, loaded.stderr

    def unplug(self) -> None:
        """Take all devices away."""
        _pactl("unload-module", "module-null-sink")

    def connect(self, name: str) -> None:
        """Connect one more device; what is played into it is heard by its own microphone."""
        _pactl("load-module", "module-null-sink", f"sink_name={name}", "norewinds=1")

    def disconnect(self, name: str) -> None:
        """Take one device away, with its microphone."""
        listed = _pactl("list", "short", "modules").stdout.splitlines()
        [number] = [line.split()[0] for line in listed if f"sink_name={name} " in f"{line} "]
        _pactl("unload-module", number)

    def name_devices(self, **names: str) -> None:
        """Have PortAudio list some of PulseAudio's sinks and sources under these names."""
        lines = ["</usr/share/alsa/alsa.conf>"]
        for name, device in names.items():
            lines += [f"pcm.{name} {{", "  type pulse", f'  device "{device}"', "}"]
        config = self.folder / "asound.conf"
        config.write_text("\n".join([*lines, ""]))
        os.environ["ALSA_CONFIG_PATH"] = str(config)

    def prefer(self, name: str) -> None:
        """Make another device's microphone the system's default."""
        _pactl("set-default-source", f"{name}.monitor")

    def mute(self, *, muted: bool) -> None:
        """Switch the microphone off in the system's settings, or on again."""
        done = _pactl("set-source-mute", f"{_ROOM}.monitor", str(int(muted)))
        assert done.returncode == 0, done.stderr

    def freeze(self) -> None:
        """Leave both devices there, but let no sound move any more, and no error come."""
        _pactl("suspend-sink", _LOUDSPEAKER, "1")
        _pactl("suspend-sink", _ROOM, "1")

    def speak_into_microphone(self, wav: Path, name: str = _ROOM) -> None:
        """Play a file into the room, or into another device; returns when it has been said."""
        subprocess.run(
            ["paplay", f"--device={name}", "--latency-msec=200", str(wav)], check=True, timeout=60
        )

    @contextmanager
    def speaking(self, wav: Path) -> Iterator[None]:
        """Play a file into the room meanwhile; broken off at the end of the block."""
        with _process("paplay", f"--device={_ROOM}", "--latency-msec=200", str(wav)):
            yield

    @contextmanager
    def listening(self, wav: Path, name: str = _LOUDSPEAKER) -> Iterator[None]:
        """Record meanwhile what comes out of a device, at 44.1 kHz mono."""
        with _process(
            "parec", f"--device={name}.monitor", "--file-format=wav", "--channels=1",
            "--rate=44100", "--format=s16le", "--latency-msec=100", str(wav),
        ):  # fmt: skip
            wait_until(lambda: wav.exists() and wav.stat().st_size > 44)
            yield

    def _spawn(self, *command: str) -> None:
        self._stack.enter_context(_process(*command))


@pytest.fixture
def sound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sound]:
    """A loudspeaker and a microphone of this test's own, the system's defaults."""
    with _own_environment():
        room = Sound(tmp_path_factory.mktemp("pulse"))
        try:
            room.start()
            yield room
        finally:
            room.stop()


@pytest.fixture
def no_sound(tmp_path: Path) -> Iterator[None]:
    """A machine without any sound device."""
    with _own_environment():
        os.environ["PULSE_SERVER"] = f"unix:{tmp_path / 'nobody'}"
        yield


@contextmanager
def _own_environment() -> Iterator[None]:
    """Put the environment back afterwards; libpulse reads it whenever it connects."""
    before = dict(os.environ)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _process(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A child that is surely gone at the end of the block."""
    silent = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=silent, stdout=silent, stderr=silent) as process:
        try:
            yield process
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(2)
            process.kill()


def _pactl(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["pactl", *arguments], capture_output=True, text=True, timeout=10, check=False
    )
