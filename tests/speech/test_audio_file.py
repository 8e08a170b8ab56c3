"""Any audio file becomes samples, as far as it can be read."""

import os
import struct
from pathlib import Path

import av
import numpy as np
import pytest
import soxr

from tests.sound import tone
from voiceprep.errors import VoicePrepError
from voiceprep.speech import audio_file
from voiceprep.speech.audio_file import Audio, read_audio, read_speech, to_mono_16k

KINDS = {
    "said.wav": ("pcm_s16le", 48_000, "s16", None),
    "float.wav": ("pcm_f32le", 8_000, "flt", None),
    "said.flac": ("flac", 16_000, "s16", None),
    "said.mp3": ("libmp3lame", 44_100, "fltp", None),
    "said.m4a": ("aac", 44_100, "fltp", None),
    "said.ogg": ("libopus", 48_000, "s16", None),
    "said.webm": ("libopus", 48_000, "s16", None),
    "aiff under another name.wav": ("pcm_s16be", 22_050, "s16", "aiff"),
}
LENGTH_S = 1.5


def write(
    path: Path,
    channels: tuple[float, ...] = (0.5,),
    kind: str = "said.wav",
    length_s: float = LENGTH_S,
) -> Path:
    """A tone of 440 Hz, a channel for each amplitude."""
    codec, rate_hz, sample_format, container_format = KINDS[kind]
    layout = "mono" if len(channels) == 1 else "stereo"
    planes = np.stack([tone(440, length_s, amplitude, rate_hz) for amplitude in channels])
    with av.open(str(path), "w", format=container_format) as container:
        stream = container.add_stream(codec, rate=rate_hz, layout=layout, format=sample_format)
        frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout=layout)
        frame.sample_rate = rate_hz
        container.mux([*stream.encode(frame), *stream.encode(None)])
    return path


def loudest_hz(mono: np.ndarray, rate_hz: int) -> float:
    spectrum = np.abs(np.fft.rfft(mono))
    return float(np.argmax(spectrum) * rate_hz / len(mono))


@pytest.mark.parametrize("kind", KINDS)
def test_every_usual_kind_is_read_at_its_own_rate(tmp_path: Path, kind: str) -> None:
    audio = read_audio(write(tmp_path / kind, (0.5, 0.25), kind))
    assert audio.samples.dtype == np.float32
    assert audio.samples.shape[1] == 2
    assert audio.rate_hz == KINDS[kind][1]
    assert audio.duration_s == pytest.approx(LENGTH_S, abs=0.1)
    left, right = np.sqrt((audio.samples**2).mean(axis=0))
    assert left == pytest.approx(0.5 / 2**0.5, rel=0.1)
    assert right == pytest.approx(0.25 / 2**0.5, rel=0.1)


@pytest.mark.parametrize("kind", KINDS)
def test_speech_is_16_khz_mono_of_the_same_pitch(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / kind, (0.6, 0.2), kind)
    speech = read_speech(path)
    assert speech.ndim == 1
    assert len(speech) / 16_000 == pytest.approx(LENGTH_S, abs=0.1)
    assert loudest_hz(speech, 16_000) == pytest.approx(440, abs=2)
    assert np.sqrt((speech**2).mean()) == pytest.approx(0.4 / 2**0.5, rel=0.1)
    np.testing.assert_allclose(speech, to_mono_16k(read_audio(path)), atol=1e-4)


def test_a_tone_above_8_khz_does_not_come_back_as_another_one() -> None:
    """It would with the samples merely dropped."""
    high = Audio(tone(11_000, 1.0, rate_hz=48_000)[:, None], 48_000)
    assert np.abs(to_mono_16k(high)[800:-800]).max() < 0.001


def test_a_films_first_sound_track_is_read(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with av.open(str(path), "w") as container:
        video = container.add_stream("mpeg4", rate=10)
        video.width = video.height = 64
        video.pix_fmt = "yuv420p"
        sound = container.add_stream("aac", rate=44_100, layout="mono")
        for _ in range(5):
            picture = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
            container.mux(video.encode(picture))
        frame = av.AudioFrame.from_ndarray(tone(440, 1.0)[None, :], format="fltp", layout="mono")
        frame.sample_rate = 44_100
        container.mux([*sound.encode(frame), *sound.encode(None), *video.encode(None)])
    assert read_audio(path).duration_s == pytest.approx(1.0, abs=0.1)


def with_stated_length(wav: Path, length: int) -> Path:
    """Give the samples another length in the header, as a crash leaves it."""
    content = wav.read_bytes()
    place = content.index(b"data") + 4
    wav.write_bytes(content[:place] + struct.pack("<I", length) + content[place + 4 :])
    return wav


@pytest.mark.parametrize("stated", [0, 48_000, 0xFFFF_FFFF])
def test_a_wav_is_read_to_its_end_whatever_its_header_says(tmp_path: Path, stated: int) -> None:
    path = with_stated_length(write(tmp_path / "crashed.wav"), stated)
    assert read_audio(path).duration_s == pytest.approx(LENGTH_S)


def test_what_follows_the_samples_of_a_wav_is_not_taken_for_sound(tmp_path: Path) -> None:
    path = write(tmp_path / "tagged.wav")
    path.write_bytes(path.read_bytes() + b"LIST" + struct.pack("<I", 8) + b"INFOabcd")
    assert read_audio(path).duration_s == pytest.approx(LENGTH_S)


@pytest.mark.parametrize("kind", ["said.wav", "said.flac", "said.mp3", "said.ogg", "said.webm"])
def test_half_a_file_gives_half_the_sound(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / kind, kind=kind, length_s=6.0)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    assert read_audio(path).duration_s == pytest.approx(3.0, abs=1.2)


def test_a_damaged_stretch_does_not_cost_the_rest(tmp_path: Path) -> None:
    path = write(tmp_path / "said.flac", kind="said.flac")
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 200] = bytes(200)
    path.write_bytes(content)
    assert read_audio(path).duration_s > 0.5 * LENGTH_S


def test_numbers_that_are_no_sound_become_silence(tmp_path: Path) -> None:
    path = write(tmp_path / "float.wav", kind="float.wav")
    content = path.read_bytes()
    place = content.index(b"data") + 8
    path.write_bytes(content[:place] + struct.pack("<2f", float("nan"), 1.0) + content[place + 8 :])
    assert np.isfinite(read_audio(path).samples).all()


def test_odd_names_are_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"100 % \xff \xc3\xbc: why?.wav")
    assert read_audio(write(tmp_path / "plain.wav").rename(path)).samples.size


BAD = {
    "nothing.wav": (b"", "empty"),
    "text.mp3": (b"no sound in here\n" * 100, "cannot be read as audio"),
    "header.wav": (
        b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x80\x3e\0\0\0\x7d\0\0\2\0\x10\0data\0\0\0\0",
        "holds no sound",
    ),
    "list.m3u8": (
        b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n",
        "cannot be read as audio",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_audio_is_named_with_its_fault_and_a_way_out(tmp_path: Path, name: str) -> None:
    content, fault = BAD[name]
    path = tmp_path / name
    path.write_bytes(content)
    for read in (read_audio, read_speech):
        with pytest.raises(VoicePrepError, match=fault) as raised:
            read(path)
        assert name in raised.value.title
        assert raised.value.next_step


def test_a_picture_has_no_sound_track(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    with av.open(str(path), "w", format="image2") as container:
        stream = container.add_stream("png")
        stream.width = stream.height = 8
        stream.pix_fmt = "rgb24"
        picture = av.VideoFrame.from_ndarray(np.zeros((8, 8, 3), np.uint8), format="rgb24")
        container.mux([*stream.encode(picture), *stream.encode(None)])
    with pytest.raises(VoicePrepError, match="no sound track"):
        read_audio(path)


def test_places_that_are_no_files_are_told_apart(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.wav"
    os.mkfifo(pipe)
    for path, fault in (
        (tmp_path, "is a folder"),
        (tmp_path / "gone.wav", "does not exist"),
        (pipe, "is not a plain file"),
    ):
        with pytest.raises(VoicePrepError, match=fault) as raised:
            read_audio(path)
        assert str(path) in raised.value.title


def test_a_file_one_may_not_read_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:  # root, as tests may run, could read it whatever its mode
        raise PermissionError(13, "Permission denied")

    path = write(tmp_path / "secret.wav")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(VoicePrepError, match=r"secret.wav cannot be opened. Permission denied."):
        read_audio(path)


def test_an_endless_file_is_refused_before_memory_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audio_file, "LONGEST_S", 1.0)
    with pytest.raises(VoicePrepError, match="too long"):
        read_speech(write(tmp_path / "long.wav"))


def test_an_hour_of_stereo_is_never_held_at_its_own_rate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each block is reduced before the next is read."""
    real = soxr.ResampleStream.resample_chunk
    fed: list[int] = []

    def resample(self: soxr.ResampleStream, block: np.ndarray, **options: bool) -> np.ndarray:
        fed.append(len(block))
        return real(self, block, **options)

    monkeypatch.setattr(soxr.ResampleStream, "resample_chunk", resample)
    read_speech(write(tmp_path / "said.mp3", (0.5, 0.5), "said.mp3"))
    assert len(fed) > 20
    assert max(fed) < 44_100 * LENGTH_S / 10
