"""An answer of an hour ago is heard again: by word, quote, mark and key, slower and faster."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import pytest

from tests.e2e.ears import RATE_HZ as DEVICE_HZ
from tests.e2e.ears import pitch_hz, read, seconds_loud
from tests.e2e.hands import Person, a_person
from tests.e2e.past import FAILURE, FRAUD, heard
from tests.e2e.reader import Reader
from tests.e2e.screen import Screen
from tests.sound import Samples, Sound, find_in, wait_until
from voiceprep.gui import theme
from voiceprep.resources import asset
from voiceprep.scoring.assessment import Evidence, Level
from voiceprep.scoring.transcript import Word
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import Folders

pytestmark = [pytest.mark.window, pytest.mark.sound]

RATE_HZ = 8000
"""Enough to tell where and how high a voice is."""
WORDS = heard(FRAUD).words


@pytest.fixture
def person(
    screen: Screen,
    reader: Reader,
    sound: Sound,  # noqa: ARG001 - the devices have to be there first
    home: Path,
    past: Folders,  # noqa: ARG001 - and the history
) -> Iterator[Person]:
    """Somebody who has opened today's first answer in Review."""
    with a_person(screen, reader, home) as found:
        found.press("ctrl+2")
        found.sees(re.compile("^Today"), "list item")
        found.press("Return")
        found.click(re.compile(r"^Question 1: "), "panel")
        found.has_keyboard_at("Recording")
        yield found
        assert "ERROR" not in found.app.log


@pytest.fixture(scope="module")
def recording() -> Samples:
    return read(asset("demo", f"{FRAUD}.flac"), RATE_HZ)


def test_what_is_clicked_is_heard_and_keys_play_seek_and_change_the_speed(
    person: Person, sound: Sound, recording: Samples, tmp_path: Path
):
    @contextmanager
    def hears(what: str, *, from_s: float) -> Iterator[Path]:
        """What happens inside plays the recording from there."""
        played = tmp_path / f"{what}.wav"
        with sound.listening(played):
            yield played
        samples = read(played, RATE_HZ)
        loud = np.flatnonzero(np.abs(samples) > 0.01)
        assert len(loud), what
        for after in range(0, RATE_HZ, RATE_HZ // 10):  # a busy machine may leave gaps
            piece = samples[loud[0] + after : loud[0] + after + RATE_HZ // 2]
            likeness, place = find_in(recording, piece)
            if likeness > 0.9:
                break
        assert likeness > 0.9, what
        assert (place - after) / RATE_HZ == pytest.approx(from_s, abs=0.5), what

    places = places_of(person)
    with hears("word", from_s=word("criminals").start_s):
        person.screen.click(places[word("criminals")])
        follows(person, {one: at for one, at in places.items() if at[1] < 430})
        person.screen.keep(tmp_path / "playing.png")
        pause(person)
    with hears("quote", from_s=word("somebody").start_s):
        person.click("Play the quote at 0:03")
        person.sees("0:05 / 0:39", "label")
        pause(person)
    learns_s = word("also", before="learns").start_s, word("user").end_s
    with hears("mark", from_s=learns_s[0]) as normal:
        person.screen.click(badge_of(person, 2))
        plays_to_the_end(person)
    normally = read(normal, RATE_HZ)
    lasts_s, high_hz = seconds_loud(normally, RATE_HZ), pitch_hz(normally, RATE_HZ)
    assert lasts_s == pytest.approx(learns_s[1] - learns_s[0], abs=0.7)
    for keys, speed in ((["comma"] * 2, 0.5), (["period"] * 6, 2.0)):
        person.press(*keys)
        person.sees(f"{speed:g}\u00a0×", "combo box")  # noqa: RUF001 - the sign for "times"
        with sound.listening(tmp_path / f"{speed}.wav"):
            person.press("3")
            plays_to_the_end(person)
        samples = read(tmp_path / f"{speed}.wav", RATE_HZ)
        assert seconds_loud(samples, RATE_HZ) == pytest.approx(lasts_s / speed, rel=0.2)
        assert pitch_hz(samples, RATE_HZ) == pytest.approx(high_hz, rel=0.05)

    person.press("Home")
    person.sees("Pause", "push button")
    pause(person)
    person.press("Left", "Right", "Right", "shift+Right", "shift+Left", "shift+Right")
    person.sees("0:11 / 0:39", "label")
    person.press("p")
    person.sees("Pause", "push button")


def test_two_attempts_are_heard_one_after_the_other_at_the_same_concept(
    person: Person, sound: Sound, past: Folders, tmp_path: Path
):
    number, said = shortest_quote(past)
    person.press("Escape", "Return")  # to the summary, and to the list
    person.sees("3 interviews")
    person.screen.click(person.sees_all("Compare 2 attempts", 3)[2].middle)
    person.has_keyboard_at("Attempts compared")
    both, start_s, end_s = tmp_path / "both.wav", said.start_s or 0.0, said.end_s or 0.0
    with sound.listening(both):
        person.press(str(number))
        person.sees("Stop", "push button")
        enough = both.stat().st_size + (end_s - start_s + 2.5) * 2 * DEVICE_HZ
        wait_until(lambda: both.stat().st_size > enough, patience_s=20)
        person.press("space")
        person.misses("Stop", "push button")
    start = round(start_s * RATE_HZ)
    recorded = read(asset("demo", f"{FAILURE}.flac"), RATE_HZ)
    quote = recorded[start + RATE_HZ // 5 : start + RATE_HZ]
    heard_twice = read(both, RATE_HZ)
    for _ in range(2):
        likeness, place = find_in(heard_twice, quote)
        assert likeness > 0.8
        heard_twice[place : place + len(quote)] = 0


def shortest_quote(past: Folders) -> tuple[int, Evidence]:
    """The number of a concept of the third question, and the words that made it."""
    with closing(SqliteHistory(past)) as history:
        attempt = history.attempt(f"today-{FAILURE}")
    assert attempt is not None
    assert attempt.standing is not None
    made = [
        (number, one.evidence[0])
        for number, one in enumerate(attempt.standing.concepts, start=1)
        if one.evidence and one.level is not Level.MISSED
    ]
    return min(made, key=lambda one: (one[1].end_s or 0) - (one[1].start_s or 0))


def word(text: str, before: str = "") -> Word:
    """The first word of this text, or the first in front of another one."""
    followed = zip(WORDS, (*(one.text for one in WORDS[1:]), ""), strict=True)
    return next(one for one, next_ in followed if one.text == text and before in {"", next_})


def places_of(person: Person) -> dict[Word, tuple[int, int]]:
    """Where the words of the transcript are on the screen, the ones below its edge too."""
    view = person.sees("Transcript")
    text, at, starts = person.reader.text(view), 0, []
    for one in WORDS:
        at = text.index(one.text, at)
        starts.append(at)
        at += len(one.text)
    boxes = person.reader.places(view, starts)
    middles = [(left + width // 2, top + height // 2) for left, top, width, height in boxes]
    return dict(zip(WORDS, middles, strict=True))


def follows(person: Person, places: dict[Word, tuple[int, int]]) -> None:
    """Words that are heard are brought out, one after the other."""
    ground = int(theme.LIGHT.accent_soft[1:], 16)
    seen: list[Word] = []

    def are_three() -> bool:
        colours = person.screen.colours()
        out = [
            one
            for one, (x, y) in places.items()
            if (colours[y - 10 : y + 10, x - 2 : x + 2] == ground).any()
        ]
        assert len(out) <= 1
        seen.extend(one for one in out if one not in seen)
        return len(seen) >= 3

    with person.app.explaining("waited for the words that are heard"):
        wait_until(are_three)
    assert [WORDS.index(one) for one in seen] == sorted(WORDS.index(one) for one in seen)
    assert seen[0].start_s >= word("criminals").start_s


def badge_of(person: Person, concept: int) -> tuple[int, int]:
    """Where the number of a concept is above the recording, from 0."""
    left, top, width, _ = person.sees("Recording").box
    strip = person.screen.colours()[top : top + 40, left : left + width]
    rows, columns = np.nonzero(strip == int(theme.CONCEPTS_LIGHT[concept][1:], 16))
    return left + int(columns.min()) + 6, top + int(rows.min()) + 2


def pause(person: Person) -> None:
    person.press("space")
    person.sees("Play", "push button")


def plays_to_the_end(person: Person) -> None:
    person.sees("Pause", "push button")
    person.reader.find("Play", "push button", patience_s=30)
