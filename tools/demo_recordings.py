"""Makes the recordings of ``voiceprep demo``: assets/demo/.

Flite speaks three answers that we wrote, sentence by sentence with a pause between them as a
person makes it; they are kept as 16 kHz mono FLAC. Then the basic recogniser listens to them, and
the share of words that it gets wrong is printed.

Run from the repository's root, with flite installed: .venv/bin/python tools/demo_recordings.py
"""

import json
import re
import subprocess
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event

import av
import jiwer
import numpy as np
from numpy.typing import NDArray

from voiceprep.bank.glossary import glossary
from voiceprep.bank.load import built_in_banks
from voiceprep.resources import asset
from voiceprep.speech.audio_file import SPEECH_RATE_HZ, read_speech
from voiceprep.speech.transcribers.messages import EngineChoice
from voiceprep.speech.transcribers.transcriber import ChildTranscriber

PAUSE_S = 0.5
LEVEL = 0.5  # of full scale, the loudest sample


@dataclass(frozen=True)
class Answer:
    """One answer: whose question, and who says what."""

    question_id: str
    file: str
    voice: str
    text: str


ANSWERS = (
    # Strong: every concept of the hint.
    Answer(
        "beginner-01",
        "beginner-01.flac",
        "slt",
        "A traditional system relies on fixed rules. Somebody writes a static limit, for example "
        "block every payment over five thousand dollars, and that number stays the same for "
        "years. Once the criminals know the limit, they simply pay a little less. A machine "
        "learning system is adaptive. It looks at many details at the same time and discovers "
        "patterns that no person could see, and it continues to learn when fraud tactics change. "
        "It also learns the behavior of every individual user. A big payment can be quite normal "
        "for one customer and very strange for another customer, and the system knows the "
        "difference.",
    ),
    # A part: only the false positives; nothing on latency or on the cost of an alert.
    Answer(
        "intermediate-03",
        "intermediate-03.flac",
        "rms",
        "I would start with the false positive rate. Every time we stop a good customer at the "
        "checkout, that person is angry and may never come back. So I want to know how many "
        "honest people we turn away by mistake, and I would show that number to the whole team "
        "every week. I would also look at precision and recall together, because a model that "
        "stops everything is of no use. Then I would compare the results for each country and "
        "each product, because one good number can hide a big problem in one place.",
    ),
    # Good, but without a word on what failing means to the speaker: no growth mindset.
    Answer(
        "behavioral-04",
        "behavioral-04.flac",
        "awb",
        "A few years ago my team built a new savings product, and almost nobody used it. That was "
        "my mistake. I made the decision, so I told everyone that I was responsible. After that "
        "we found the root cause. We had not talked to a single customer before we started. It "
        "was a wrong assumption that people wanted another account. So I changed our process. "
        "Today we always speak with ten customers before we build anything, and they try a simple "
        "model first. For the next project we used the same process, and that product was a great "
        "success.",
    ),
)

NOTICE = """\
The recordings in this folder are synthetic: no person speaks in them.

The texts are ours, under the licence of VoicePrep (MIT). They were spoken by the voices slt, rms
and awb of Flite 2.2 (http://cmuflite.org), the small speech synthesiser of Carnegie Mellon
University, which were built from the CMU ARCTIC databases (http://festvox.org/cmu_arctic). Flite
and its voices are free software under a licence in the manner of BSD:

    Language Technologies Institute, Carnegie Mellon University. Copyright (c) 1999-2016. All
    Rights Reserved. Permission is hereby granted, free of charge, to use and distribute this
    software and its documentation without restriction, including without limitation the rights
    to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of this work,
    and to permit persons to whom this work is furnished to do so, subject to the following
    conditions: 1. The code must retain the above copyright notice, this list of conditions and
    the following disclaimer. 2. Any modifications must be clearly marked as such. 3. Original
    authors' names are not deleted. 4. The authors' names are not used to endorse or promote
    products derived from this software without specific prior written permission.

No part of Flite is in this folder, only what it said. tools/demo_recordings.py makes it again.
"""


def speak(answer: Answer) -> NDArray[np.float32]:
    """The answer as 16 kHz mono, with a pause after each sentence."""
    pause = np.zeros(int(PAUSE_S * SPEECH_RATE_HZ), dtype=np.float32)
    parts = []
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "sentence.wav"
        for sentence in re.split(r"(?<=\.)\s+", answer.text):
            command = ["flite", "-voice", answer.voice, "-t", sentence, "-o", str(wav)]
            subprocess.run(command, check=True)
            parts += [read_speech(wav), pause]
    samples = np.concatenate(parts)
    return samples * np.float32(LEVEL / np.abs(samples).max())


def write_flac(path: Path, samples: NDArray[np.float32]) -> None:
    """Write 16 kHz mono as 16-bit FLAC."""
    pcm = np.round(samples * 32767).astype(np.int16)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("flac", rate=SPEECH_RATE_HZ, layout="mono", format="s16")
        frame = av.AudioFrame.from_ndarray(pcm[None, :], format="s16", layout="mono")
        frame.sample_rate = SPEECH_RATE_HZ
        container.mux([*stream.encode(frame), *stream.encode(None)])


def plain(text: str) -> str:
    """Lower case without punctuation, to count wrong words fairly."""
    return " ".join(re.findall(r"[a-z0-9']+", text.lower()))


def main() -> None:
    """Make all, listen, report."""
    folder = asset("demo")
    folder.mkdir(parents=True, exist_ok=True)
    for answer in ANSWERS:
        write_flac(folder / answer.file, speak(answer))
    content = {
        "about": "Synthetic answers for `voiceprep demo`; see NOTICE.",
        "answers": [asdict(answer) for answer in ANSWERS],
    }
    (folder / "demo.json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    (folder / "NOTICE").write_text(NOTICE, encoding="utf-8")
    ears = ChildTranscriber(EngineChoice("pocketsphinx", glossary=glossary(built_in_banks())))
    for answer in ANSWERS:
        heard = ears.transcribe(folder / answer.file, Event())
        wrong = jiwer.wer(plain(answer.text), plain(heard.text))
        length = f"{len(answer.text.split())} words, {heard.duration_s:.0f} s"
        print(f"{answer.file}: {length}, {len(heard.segments)} segments, {wrong:.1%} wrong")
    ears.close()


if __name__ == "__main__":
    main()
