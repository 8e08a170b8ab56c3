"""Drives an interview from a terminal: by a person (practice) or by recordings (demo)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from rich.console import Console

from voiceprep.bank.model import Bank, Question
from voiceprep.commands.output import print_error
from voiceprep.commands.terminal import (
    Loop,
    ask_choice,
    print_attempt,
    print_question,
    print_summary,
    settled,
)
from voiceprep.interview.archiving import archive
from voiceprep.interview.machine import State
from voiceprep.interview.records import Attempt, SessionRecord
from voiceprep.interview.session import Interview
from voiceprep.interview.toolbox import Toolbox
from voiceprep.interview.view import View

_LOOK_S = 0.2
"""How often to look whether something fails while one speaks."""


class Sitting:
    """One interview in a terminal."""

    def __init__(
        self,
        console: Console,
        toolbox: Toolbox,
        bank: Bank,
        questions: tuple[Question, ...],
        *,
        read_aloud: bool = True,
    ) -> None:
        self._console = console
        self._loop = Loop()
        self._told: set[str] = set()
        self._judge = toolbox.judge
        self._history = toolbox.judge.history
        self._pack = toolbox.pack
        self._recorder = toolbox.recorder
        self.interview = Interview(
            bank,
            questions,
            speaker=toolbox.speaker if read_aloud else None,
            recorder=toolbox.recorder,
            judge=toolbox.judge,
            executor=toolbox.executor,
            post=self._loop.post,
            on_change=self._show,
        )

    def play_back(self, recordings: Sequence[Path]) -> SessionRecord:
        """Let recordings answer the questions, one each."""
        interview = self.interview
        with self._until_finished():
            interview.begin()
            for recording in recordings:
                self._settle()
                self._console.print(f"[dim]Answered by {recording.name}; transcribing …[/dim]")
                interview.answer_with_file(recording)
                self._settle()
                self._result()
                interview.next_question()
        return self._summary()

    def by_person(self) -> SessionRecord:
        """Let the person answer with the microphone or the keyboard."""
        interview = self.interview
        with self._until_finished():
            interview.begin()
            while interview.view.state is not State.FINISHED:
                self._settle()
                if interview.view.state is State.THINKING:
                    self._take_answer()
                else:
                    self._result()
                    self._go_on()
        return self._summary()

    @contextmanager
    def _until_finished(self) -> Iterator[None]:
        """Whatever happens, fall silent and keep what was recorded."""
        try:
            yield
        finally:
            if self.interview.view.state not in {State.IDLE, State.FINISHED}:
                self.interview.finish()

    def _take_answer(self) -> None:
        interview = self.interview
        choices = [("", "record"), ("t", "type"), ("r", "read again"), ("n", "next"), ("q", "quit")]
        match ask_choice(self._console, choices):
            case "t":
                self._type()
            case "r":
                interview.repeat_question()
            case "n":
                interview.next_question()
            case "q":
                interview.finish()
            case _:
                interview.start_recording()
                self._settle()
                if interview.view.state is State.RECORDING:
                    self._record()

    def _record(self) -> None:
        self._console.print("[bold red]●[/bold red] Recording. Speak now.")
        with self._watching():
            self._until_stopped()

    @contextmanager
    def _watching(self) -> Iterator[None]:
        """Tell at once of a microphone or a disk that fails; the person may go on speaking."""
        over = Event()

        def watch() -> None:
            told = ""
            while not over.wait(_LOOK_S):
                problem = self._recorder.problem
                if problem is not None and str(problem) != told:
                    told = str(problem)
                    self._console.print()
                    print_error(problem, self._console)

        thread = Thread(target=watch, name="voiceprep-watching", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _until_stopped(self) -> None:
        interview = self.interview
        while interview.view.state in {State.RECORDING, State.PAUSED}:
            paused = interview.view.state is State.PAUSED
            resume_or_pause = ("p", "go on" if paused else "pause")
            match ask_choice(
                self._console, [resume_or_pause, ("x", "start over"), ("", "stop and score")]
            ):
                case "p" if paused:
                    interview.resume()
                case "p":
                    interview.pause()
                case "x":
                    interview.break_off()
                case _:
                    interview.stop_recording()
                    self._console.print("[dim]Transcribing …[/dim]")

    def _type(self) -> None:
        self._console.print("[dim]Type your answer; an empty line ends it.[/dim]")
        lines: list[str] = []
        try:
            while line := self._console.input("> "):
                lines.append(line)
        except EOFError:
            pass
        if lines:
            self.interview.answer_with_text("\n".join(lines))

    def _go_on(self) -> None:
        interview = self.interview
        last = interview.view.is_last
        attempt = interview.view.attempt
        choices = [("a", "answer again"), ("", "finish" if last else "next"), ("q", "quit")]
        if interview.view.state is State.FAILED:
            choices = [("t", "try again"), ("a", "answer again"), ("", "go on"), ("q", "quit")]
        elif attempt is not None and attempt.is_unusable and attempt.words:
            choices.insert(1, ("s", "score it anyway"))
        match ask_choice(self._console, choices):
            case "s" if attempt is not None:
                self._score_anyway(attempt)
            case "t":
                interview.retry()
            case chosen:
                self._lead_on(chosen)

    def _lead_on(self, chosen: str) -> None:
        """From a result to what comes after it."""
        match chosen:
            case "a":
                self.interview.again()
            case "q":
                self.interview.finish()
            case _:
                self.interview.next_question()

    def _score_anyway(self, attempt: Attempt) -> None:
        """Then go on as the person likes; the score can be taken away at once."""
        scored = self._judge.score_anyway(attempt)
        print_attempt(self._console, scored)
        last = "finish" if self.interview.view.is_last else "next"
        choices = [("u", "take the score away"), ("a", "answer again"), ("", last), ("q", "quit")]
        match ask_choice(self._console, choices):
            case "u":
                self._history.save_attempt(scored.without_score())
            case chosen:
                self._lead_on(chosen)

    def _result(self) -> None:
        view = self.interview.view
        if view.failure is not None:
            print_error(view.failure, self._console)
        elif view.attempt is not None:
            print_attempt(self._console, view.attempt)

    def _summary(self) -> SessionRecord:
        session = self._history.session(self.interview.record.id) or self.interview.record
        print_summary(self._console, session)
        if self._pack is not None:
            archive([session], self._pack)
        return session

    def _settle(self) -> None:
        self._loop.run_until(lambda: settled(self.interview.view))

    def _show(self, view: View) -> None:
        """Print what changed: the question when it is put, and each kind of notice once."""
        if view.state is State.ASKING and view.notice is None:
            print_question(self._console, view)
        if view.notice is not None and view.notice.title not in self._told:
            self._told.add(view.notice.title)
            print_error(view.notice, self._console)
