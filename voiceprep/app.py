"""The composition root: the one place where real engines, store and banks are put together."""

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from voiceprep.bank.glossary import glossary
from voiceprep.bank.load import built_in_banks
from voiceprep.bank.model import Bank
from voiceprep.errors import VoicePrepError
from voiceprep.interview.judging import Judge
from voiceprep.interview.ports import Transcriber
from voiceprep.interview.records import Attempt
from voiceprep.interview.toolbox import Toolbox
from voiceprep.scoring.score import Scorer
from voiceprep.store.files import make_private_folder
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import Folders, user_folders
from voiceprep.store.settings import Settings, load_settings

_log = logging.getLogger(__name__)

_WORKERS = 6
"""Speaking, preparing the next question, judging, warming up, playing, listing: each may block."""


def open_window() -> int:
    """Show the window until it is closed; returns the exit status."""
    from voiceprep.gui.run import run  # noqa: PLC0415 - Qt only where there is a window

    folders = user_folders()
    found = take_up_leftovers(folders)
    return run(
        lambda settings: build_toolbox(settings, folders), folders, found.notice, found.unfinished
    )


@dataclass(frozen=True, slots=True)
class Leftovers:
    """What the last run has left.

    Attributes:
        notice: What the user should be told: unfinished recordings, or a history that was damaged.
        unfinished: The answers that a crash cut short; they wait to be transcribed.
    """

    notice: VoicePrepError | None = None
    unfinished: tuple[Attempt, ...] = ()


def take_up_leftovers(folders: Folders) -> Leftovers:
    """At the start: recordings that a crash cut short are repaired and wait to be transcribed.

    Where nothing could be kept it is said now, not after the first answer.
    """
    try:
        make_private_folder(folders.data)
    except VoicePrepError as error:
        return Leftovers(error)
    history = SqliteHistory(folders)
    try:
        unfinished = tuple(_repaired(one, history) for one in history.recover())
    except VoicePrepError as error:
        return Leftovers(error)
    finally:
        history.close()
    if history.notice is not None or not unfinished:
        return Leftovers(history.notice, unfinished)
    lengths = sum(one.recording.duration_s for one in unfinished if one.recording is not None)
    answers = "one answer" if len(unfinished) == 1 else f"{len(unfinished)} answers"
    notice = VoicePrepError(
        "VoicePrep ended while you were speaking the last time.",
        f"What you had said is kept: {answers}, {lengths:.0f} seconds.",
        "Transcribe it now, or later under Review.",
    )
    return Leftovers(notice, unfinished)


def _repaired(attempt: Attempt, history: SqliteHistory) -> Attempt:
    """The attempt with a recording whose header and length are right; one beyond repair waits."""
    from voiceprep.speech.wav import repair  # noqa: PLC0415 - only after a crash

    if attempt.recording is None:
        return attempt
    try:
        duration_s = repair(attempt.recording.path)
    except VoicePrepError as error:
        _log.warning("%s", error)
        return attempt
    repaired = replace(attempt, recording=replace(attempt.recording, duration_s=duration_s))
    history.save_attempt(repaired)
    return repaired


def installed_scorer() -> Scorer:
    """The scorer with the model that compares meanings, or by words alone where it is missing."""
    from voiceprep.meaning.encoder import Encoder  # noqa: PLC0415 - numpy

    encoder = Encoder()
    if encoder.is_installed:
        return Scorer(encoder)
    _log.warning("the model that compares meanings is missing: answers are scored by their words")
    return Scorer(None)


def build_transcriber(
    settings: Settings,
    models: Path,
    banks: tuple[Bank, ...],
    languages: tuple[str, ...] = (),
) -> Transcriber:
    """The recogniser by the user's settings, not loaded yet.

    Args:
        settings: What the user chose.
        models: Where Whisper models lie.
        banks: Whose terms it is to know.
        languages: What is spoken; else the languages of the banks.

    Raises:
        VoicePrepError: The chosen model is not there, or none knows the language.
    """
    from voiceprep.speech.transcribers.models import choose  # noqa: PLC0415 - the window first
    from voiceprep.speech.transcribers.transcriber import ChildTranscriber  # noqa: PLC0415

    spoken = languages or tuple(bank.language for bank in banks)
    engine = choose(settings.engine, settings.model, models, glossary(banks), languages=spoken)
    return ChildTranscriber(engine)


def build_toolbox(
    settings: Settings,
    folders: Folders,
    *,
    banks: tuple[Bank, ...] | None = None,
    models: Path | None = None,
) -> Toolbox:
    """Engines by the user's settings; nothing heavy is loaded before it is used.

    Args:
        settings: What the user chose.
        folders: Where history and recordings are kept.
        banks: The banks to practise; else those that ship with the app.
        models: Where Whisper models lie; else in ``folders``.

    Raises:
        VoicePrepError: The history cannot be opened, or the chosen model is not there.
    """
    from voiceprep.speech.flac import pack  # noqa: PLC0415
    from voiceprep.speech.measure import measure_file  # noqa: PLC0415
    from voiceprep.speech.player import SoundPlayer  # noqa: PLC0415 - the window comes first
    from voiceprep.speech.recorder import MicrophoneRecorder  # noqa: PLC0415
    from voiceprep.speech.speaker import PyttsxSpeaker  # noqa: PLC0415

    banks = built_in_banks() if banks is None else banks
    transcriber = build_transcriber(settings, models or folders.models, banks)
    player = SoundPlayer(settings.output)
    scorer = installed_scorer()
    return Toolbox(
        banks=banks,
        speaker=PyttsxSpeaker(player, folders.speech, settings.voice, settings.rate_wpm),
        player=player,
        recorder=MicrophoneRecorder(settings.microphone),
        judge=Judge(
            transcriber,
            scorer,
            SqliteHistory(folders),
            scorer_name=scorer.name,
            dictionary=lambda: load_settings(folders.settings).dictionary,
            meter=measure_file,
        ),
        executor=ThreadPoolExecutor(_WORKERS, thread_name_prefix="voiceprep"),
        pack=pack,
        meaning=scorer.meaning,
    )
