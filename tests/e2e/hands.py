"""A person at the window: looks for what they want by its name, clicks, presses keys, types."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.app import App, a_running_app
from tests.e2e.reader import Item, Name, Reader, told_to_read
from tests.e2e.screen import Screen
from tests.sound import wait_until


@dataclass
class Person:
    """Works with one running app."""

    app: App
    screen: Screen
    reader: Reader

    def click(self, name: Name, role: str = "", times: int = 1) -> Item:
        """Click on what is called so."""
        with self.app.explaining(f"looked for {name!r}"):
            found = self.reader.find(name, role)
        self.screen.click(found.middle, times)
        return found

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        if keys:
            self.screen.press(*keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self.screen.type(text)

    def sees(self, name: Name, role: str = "") -> Item:
        """Wait until this is shown."""
        with self.app.explaining(f"looked for {name!r}"):
            return self.reader.find(name, role)

    def sees_all(self, name: Name, number: int) -> list[Item]:
        """Wait until so many of this name are shown, from top to bottom."""
        found: list[Item] = []

        def look() -> bool:
            found[:] = self.reader.all(name)
            return len(found) == number

        with self.app.explaining(f"looked for {number} of {name!r}"):
            wait_until(look)
        return found

    def misses(self, name: Name, role: str = "") -> None:
        """Wait until this is not shown any more."""
        with self.app.explaining(f"waited until {name!r} is gone"):
            wait_until(lambda: not self.reader.all(name, role))

    def has_keyboard_at(self, name: Name) -> None:
        """Wait until what is called so has the keyboard."""

        def there() -> bool:
            focused = self.reader.focused()
            return focused is not None and (
                focused.name == name if isinstance(name, str) else bool(name.search(focused.name))
            )

        with self.app.explaining(f"waited for the keyboard at {name!r}, it is at"
                                 f" {self.reader.focused()}"):  # fmt: skip
            wait_until(there)

    def go_to(self, name: Name, key: str = "Tab") -> None:
        """Press Tab, or another key, until what is called so has the keyboard."""
        for _ in range(60):
            focused = self.reader.focused()
            if focused is not None and (
                focused.name == name if isinstance(name, str) else name.search(focused.name)
            ):
                return
            self.press(key)
        raise AssertionError(f"{key} does not lead to {name!r}")

    def choose(self, select: str, option: str) -> None:
        """Choose from a list that folds out."""
        self.click(select, "combo box")
        self.click(option, "list item")

    def answers_dialog(self, title: str) -> None:
        """Wait for a dialog and give it the keyboard, as a window manager does."""
        with self.app.explaining(f"waited for the dialog {title!r}"):
            self.screen.wait_for_window(f"^{title}$")

    def back_in_window(self) -> None:
        """The dialog is over: the window has the keyboard again, as a window manager does it."""
        with self.app.explaining("waited for the end of the dialog"):
            wait_until(lambda: not self.reader.all(re.compile(""), "dialog"))
        self.screen.wait_for_window("^VoicePrep$")


@contextmanager
def a_person(screen: Screen, reader: Reader, home: Path, **environment: str) -> Iterator[Person]:
    """Start the app; it and its children are surely gone at the end."""
    surroundings = {"DISPLAY": screen.display, "PYTHONFAULTHANDLER": "1", **told_to_read(reader)}
    with a_running_app(home, **surroundings, **environment) as app:
        app.until("the engines are built")
        screen.wait_for_window("VoicePrep")
        yield Person(app, screen, reader)
