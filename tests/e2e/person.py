"""What a person does at the window, and says into the microphone."""

import subprocess
from pathlib import Path

from tests.e2e.app import App
from tests.e2e.screen import Screen

QUESTION = "How does an AI-based fraud system differ from a traditional rule-based one?"
CONCEPTS = ("static-thresholds", "adaptive-patterns", "learns-from-user")
"""Of this question, in the order of its checklist."""
ANSWER = (
    "The traditional system has static thresholds, and every payment above a fixed limit is "
    "blocked. The modern system is adaptive, and it finds new patterns by itself. It also learns "
    "the spending habits of every customer."
)
"""One sentence a concept, in words that PocketSphinx hears well."""


def look_up_question(app: App, screen: Screen) -> None:
    """Wait for the window and search for the question; Return begins the interview then."""
    app.until("the engines are built")
    screen.wait_for_window("VoicePrep")
    screen.press("ctrl+3", "ctrl+f")
    screen.type("rule-based")
    screen.press("Down")


def flite(text: str, path: Path) -> Path:
    """Speak a text into a file."""
    subprocess.run(["flite", "-voice", "rms", "-t", text, "-o", path], check=True, timeout=30)
    return path
