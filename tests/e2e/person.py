"""What a person does at the window, and says into the microphone."""

import subprocess
from pathlib import Path

import numpy as np

from tests.e2e.app import App
from tests.e2e.screen import Screen
from tests.sound import Sound, wait_until
from voiceprep.gui import theme

QUESTION = "How does an AI-based fraud system differ from a traditional rule-based one?"
CONCEPTS = ("static-thresholds", "adaptive-patterns", "learns-from-user")
"""Of this question, in the order of its checklist."""
ANSWER = (
    "The traditional system has static thresholds, and every payment above a fixed limit is "
    "blocked. The modern system is adaptive, and it finds new patterns by itself. And for every "
    "single customer it learns what is normal behavior."
)
"""One sentence a concept, in words that PocketSphinx hears well."""


def look_up_question(app: App, screen: Screen) -> None:
    """Wait for the window and search for the question; Return begins the interview then."""
    app.until("the engines are built")
    screen.wait_for_window("VoicePrep")
    screen.press("ctrl+3", "ctrl+f")
    screen.type("rule-based")
    screen.press("Down")


def wait_for_result(app: App, screen: Screen) -> None:
    """Return once words are underlined where the transcript is, and the main button is below."""

    def shown() -> bool:
        accent = screen.colours() == int(theme.LIGHT.accent[1:], 16)
        underlined, button = accent[200:600, 920:], accent[640:]
        return np.count_nonzero(underlined) > 500 and np.count_nonzero(button) > 5000

    with app.explaining("waited for the result on the screen"):
        wait_until(shown)


def answer_aloud(app: App, screen: Screen, sound: Sound, spoken: Path) -> None:
    """Record this answer to the question that is put, and stop."""
    screen.press("space")
    app.until("thinking --record--> recording")
    sound.speak_into_microphone(spoken)
    screen.press("space")
    app.until("recording --stop--> transcribing")


def finish_and_quit(app: App, screen: Screen) -> None:
    """From the last result on: the interview ends, the window closes, nothing is left behind."""
    screen.press("Return")
    app.until("reviewing --finish--> finished")
    screen.press("ctrl+q")
    assert app.ended() == 0
    app.leaves_nothing_behind()


def flite(text: str, path: Path) -> Path:
    """Speak a text into a file."""
    subprocess.run(["flite", "-voice", "rms", "-t", text, "-o", path], check=True, timeout=30)
    return path
