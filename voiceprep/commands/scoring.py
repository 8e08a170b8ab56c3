"""``voiceprep score``."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from voiceprep.app import installed_scorer
from voiceprep.commands.output import chosen_banks, emit, out, text_lines
from voiceprep.commands.terminal import checklist
from voiceprep.commands.transcribing import Engine, a_transcriber, as_meant, transcribed
from voiceprep.errors import VoicePrepError
from voiceprep.interview.sound_verdict import Grade, sound_verdict
from voiceprep.report.phrases import SIGN, explain_sound
from voiceprep.scoring.batch import as_json, find_question, score_lines
from voiceprep.scoring.transcript import Transcript
from voiceprep.speech.measure import measure_file


def score(
    question_id: Annotated[str | None, typer.Argument(metavar="[ID]")] = None,
    audio: Annotated[Path | None, typer.Option(help="A recorded answer.")] = None,
    text: Annotated[Path | None, typer.Option(help="A written answer; - for stdin.")] = None,
    batch: Annotated[Path | None, typer.Option(help="JSON Lines to score; - for stdin.")] = None,
    as_json_: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    engine: Annotated[Engine | None, typer.Option(help="Recogniser for --audio.")] = None,
    bank: Annotated[Path | None, typer.Option(help="A question bank of your own (YAML).")] = None,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Also a recording whose sound is unusable.")
    ] = False,
) -> None:
    """Score an answer against a question's concepts, or many at once.

    A line for --batch is {"question_id": ..., "text": ...} or, for any other question,
    {"hint": ..., "concepts": [{"label": ...}], "text": ...} (without concepts they are drafted
    from the hint). A bad line gives {"error": ..., "line": N} and the rest goes on.

    Examples:
        voiceprep score beginner-02 --text answer.txt
        voiceprep score beginner-02 --audio answer.wav --json
        voiceprep score beginner-02 --audio noisy.wav --anyway
        voiceprep score --batch answers.jsonl > results.jsonl
    """
    if batch is not None:
        if question_id or audio or text:
            raise typer.BadParameter("--batch takes its questions and answers from the file.")
        for line in score_lines(text_lines(batch), chosen_banks(bank), installed_scorer()):
            emit(line)
        return
    if question_id is None or (audio is None) == (text is None):
        raise typer.BadParameter("Give a question's ID and either --audio or --text.")
    question = find_question(question_id, chosen_banks(bank))
    sound = None
    if audio is not None:
        transcript = _transcribe(audio, engine, bank)
        sound = sound_verdict(measure_file(audio), transcript)
        if sound.grade is Grade.UNUSABLE and not anyway:
            raise VoicePrepError(
                f"{audio.name} gets no score: its sound is unusable.",
                sound.reason,
                f"{sound.next_step} Or give --anyway.",
            )
    else:
        transcript = Transcript.typed(
            "\n".join(one.rstrip("\n") for one in text_lines(text or Path()))
        )
    assessment = installed_scorer()(question, transcript)
    if as_json_:
        result = as_json(assessment, question.id)
        if sound is not None:
            result["sound"] = asdict(sound)
        emit(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        out.print(question.question, style="bold")
        out.print(checklist(assessment))
        if sound is not None and sound.grade is not Grade.GOOD:
            out.print(Text(f"{SIGN} {explain_sound(sound)}", style="yellow"))


def _transcribe(file: Path, engine: Engine | None, bank: Path | None) -> Transcript:
    with a_transcriber(engine, bank=bank) as transcriber:
        return as_meant(transcribed(transcriber, file))
