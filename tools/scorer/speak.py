"""Really speaks some unseen answers and writes down what the basic recogniser hears.

One answer for each question, strong and half in turn, goes to unseen/heard.jsonl with the labels of
the text that was read. Run with flite installed: .venv/bin/python tools/scorer/speak.py
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import Event

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import jiwer
from labelled import HERE, Labelled, read_answers

from voiceprep.bank.glossary import glossary
from voiceprep.bank.load import built_in_banks
from voiceprep.speech.transcribers.messages import EngineChoice
from voiceprep.speech.transcribers.transcriber import ChildTranscriber

VOICES = ("slt", "rms", "awb")
KINDS = ("strong", "half")
TARGET = HERE / "unseen" / "heard.jsonl"


def main() -> None:
    """Speak, listen, write, print the word error rate."""
    chosen = _chosen()
    said, heard = [], []
    engine = EngineChoice("pocketsphinx", glossary=glossary(built_in_banks()))
    transcriber = ChildTranscriber(engine)
    with TARGET.open("w", encoding="utf-8") as target, tempfile.TemporaryDirectory() as scratch:
        for number, answer in enumerate(chosen):
            path = Path(scratch, f"{number}.wav")
            voice = VOICES[number % len(VOICES)]
            command = ["flite", "-voice", voice, "-t", answer.text, "-o", str(path)]
            subprocess.run(command, check=True)
            heard_now = transcriber.transcribe(path, Event())
            text = "\n".join(one.text for one in heard_now.segments)  # a pause ends a line
            said.append(_plain(answer.text))
            heard.append(_plain(text))
            row = {
                "id": answer.id.replace("/", "/heard-"),
                "question_id": answer.question_id,
                "kind": "heard",
                "text": text,
                "made": answer.made,
            }
            target.write(json.dumps(row, ensure_ascii=False) + "\n")
            target.flush()
    transcriber.close()
    print(f"{len(chosen)} answers, word error rate {jiwer.wer(said, heard):.2f}")


def _chosen() -> list[Labelled]:
    """One answer a question, strong and half in turn."""
    answers = [one for one in read_answers(HERE / "unseen") if one.kind in KINDS]
    questions = dict.fromkeys(one.question_id for one in answers)
    return [
        next(one for one in answers if (one.question_id, one.kind) == (question, KINDS[number % 2]))
        for number, question in enumerate(questions)
    ]


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() or c == "'" else " " for c in text.lower()).split())


if __name__ == "__main__":
    main()
