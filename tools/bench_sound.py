"""Measures from which noise on speech is misunderstood: where the sound verdict's limits are.

The demo's three answers and the micro-Whisper fixture's sentences, each in white noise, in pink
noise and in babble (sixteen other sentences at once) at known speech-to-noise ratios, then also
soft and cut off. For each: what ``measure`` finds, the word error rate, the mean word probability.
"""

# ruff: noqa: E402

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import jiwer
import numpy as np

from tests.speech.transcribers.conftest import MICRO_WHISPER, plain
from tests.speech.transcribers.voices import Samples, say, silence
from voiceprep.resources import asset
from voiceprep.speech.audio_file import read_speech
from voiceprep.speech.measure import measure
from voiceprep.speech.transcribers.messages import EngineChoice
from voiceprep.speech.transcribers.sphinx import Sphinx
from voiceprep.speech.transcribers.whisper import Whisper

RATIOS_DB = (30, 25, 20, 15, 12, 10, 8, 6, 4, 2, 0, -3)
VOICE_DBFS = -26.0
_CHATTER = (
    "The last train had left when we got to the station.",
    "She keeps a green bicycle behind the bakery.",
    "Most people here drink their coffee without sugar.",
    "Somebody should water the plants while we are away.",
)


def level(samples: Samples) -> float:
    """Power of the speech in it."""
    return measure(samples).speech_dbfs


def at(samples: Samples, speech_dbfs: float) -> Samples:
    """Speech with another level, with a second of silence before and behind."""
    scaled = samples * np.float32(10 ** ((speech_dbfs - level(samples)) / 20))
    return np.concatenate([silence(1.0), scaled, silence(1.0)])


def noises(length: int) -> dict[str, Samples]:
    """White and pink noise, and a room full of people, with a power of 1."""
    chance = np.random.default_rng(5)
    babble = np.zeros(length)
    for voice in ("slt", "rms", "awb", "kal"):
        for text in _CHATTER:
            babble += np.resize(np.roll(say(text, voice), chance.integers(60_000)), length)
    spectrum = np.fft.rfft(chance.normal(size=length))
    pink = np.fft.irfft(spectrum / np.sqrt(np.maximum(np.arange(len(spectrum)), 1)), length)
    return {
        "white": chance.normal(0, 1, length).astype(np.float32),
        "pink": (pink / np.std(pink)).astype(np.float32),
        "babble": (babble / np.std(babble)).astype(np.float32),
    }


def answers(engine: str) -> list[tuple[Samples, str]]:
    """What a recogniser is given: recordings with their texts."""
    if engine == "whisper":
        audio = MICRO_WHISPER / "audio"
        known = json.loads((audio / "expected.json").read_text(encoding="utf-8"))
        return [(read_speech(audio / name), said) for name, said in known.items() if said]
    demo = json.loads(asset("demo", "demo.json").read_text(encoding="utf-8"))["answers"]
    return [(read_speech(asset("demo", one["file"])), one["text"]) for one in demo]


def conditions(said: Samples) -> Iterator[tuple[str, Samples]]:
    """One recording under all circumstances."""
    voice = at(said, VOICE_DBFS)
    for kind, noise in noises(len(voice)).items():
        for ratio_db in RATIOS_DB:
            yield (
                f"{kind} {ratio_db}",
                voice + noise * np.float32(10 ** ((VOICE_DBFS - ratio_db) / 20)),
            )
    room = np.random.default_rng(6).normal(0, 10 ** (-75 / 20), len(voice)).astype(np.float32)
    for dbfs in (-40, -50, -55, -60):
        soft = voice * np.float32(10 ** ((dbfs - VOICE_DBFS) / 20)) + room
        yield f"soft {dbfs}", np.round(soft * 32767).astype(np.float32) / 32767
    for gain_db in (10, 15, 20, 25, 30):
        loud = voice * np.float32(10 ** (gain_db / 20))
        yield f"clipped +{gain_db}", np.clip(loud, -1, 1)


def main() -> None:
    """Print a table for one recogniser, line by line as it comes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine", choices=("pocketsphinx", "whisper"))
    parser.add_argument("--answers", type=int, help="how many; all take minutes")
    parser.add_argument("--only", default="", help="circumstances whose name begins so")
    given = parser.parse_args()
    recogniser: Any = (
        Whisper(EngineChoice("whisper", MICRO_WHISPER, threads=1))
        if given.engine == "whisper"
        else Sphinx(EngineChoice("pocketsphinx"))
    )
    spoken = answers(given.engine)[: given.answers]
    print(f"{given.engine}, {len(spoken)} answers")
    print(f"{'':14}{'SNR':>6}{'share':>7}{'voice':>7}{'WER':>6}{'p':>6}{'clip':>6}")
    under = [conditions(said) for said, _ in spoken]
    for same in zip(*under, strict=True):
        name = same[0][0]
        if not name.startswith(given.only):
            continue
        rows = [
            figures(recogniser, samples, text)
            for (_, samples), (_, text) in zip(same, spoken, strict=True)
        ]
        snr, share, voice, wer, sure, clip = np.mean(rows, axis=0)
        print(
            f"{name:14}{snr:6.1f}{share:7.2f}{voice:7.1f}{wer:6.2f}{sure:6.2f}{clip:6.2f}",
            flush=True,
        )


def figures(recogniser: Any, samples: Samples, text: str) -> tuple[float, ...]:
    """Ratio, share of speech, level, word error rate, mean probability, share of cut-off speech."""
    heard = [
        word for segment in recogniser.segments(samples, lambda _: None) for word in segment.words
    ]
    said = " ".join(word.text for word in heard)
    levels = measure(samples)
    return (
        levels.snr_db,
        levels.speech_share,
        levels.speech_dbfs,
        jiwer.wer(plain(text), plain(said)) if said else 1.0,
        float(np.mean([word.confidence for word in heard])) if heard else 0.0,
        min(1.0, levels.clipped_s / levels.speech_s) if levels.speech_s else 0.0,
    )


if __name__ == "__main__":
    main()
