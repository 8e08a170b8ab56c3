"""What is needed to hold interviews, built in one place (app.py) and handed on."""

from concurrent.futures import Executor
from dataclasses import dataclass

from voiceprep.bank.model import Bank
from voiceprep.interview.archiving import Pack
from voiceprep.interview.judging import Judge
from voiceprep.interview.ports import Player, Recorder, Speaker
from voiceprep.scoring.meaning import Meaning


@dataclass(frozen=True, slots=True)
class Toolbox:
    """Engines, store and banks.

    Attributes:
        banks: The question banks, the built-in one first.
        speaker: Reads questions aloud.
        player: Plays recordings.
        recorder: Records answers.
        judge: Transcriber, scorer and history together.
        executor: Where blocking work runs.
        pack: Packs finished recordings; None: they stay as they are.
        meaning: Compares texts by meaning; None where its model is not installed.
    """

    banks: tuple[Bank, ...]
    speaker: Speaker
    player: Player
    recorder: Recorder
    judge: Judge
    executor: Executor
    pack: Pack | None = None
    meaning: Meaning | None = None

    def close(self) -> None:
        """End the engines' processes."""
        self.judge.transcriber.close()
        self.executor.shutdown(wait=False, cancel_futures=True)
