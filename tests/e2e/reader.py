"""The window as a screen reader has it: what is shown, how it is called and where it is.

Qt tells it over AT-SPI on a D-Bus of the test's own, so what cannot be found here by its name
cannot be found by people who do not see the screen, either.
"""

import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, HeaderFields, MessageType, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.sound import wait_until

Name = str | re.Pattern[str]

_ATSPI = "org.a11y.atspi"
_ACCESSIBLE = f"{_ATSPI}.Accessible"
_ROOT = "/org/a11y/atspi/accessible/root"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_ON_SCREEN = 0
_SIGNATURES = {"Get": "ss", "GetExtents": "u", "GetText": "ii", "GetCharacterExtents": "iu"}


class State(IntEnum):
    """Bits of AT-SPI's states."""

    FOCUSED = 12
    SHOWING = 25


@dataclass(frozen=True)
class Item:
    """Something in the window.

    Attributes:
        role: "push button", "label", "list item" and so on.
        name: How it is called.
        box: Left, top, width and height on the screen, in pixels.
        states: What it is.
        path: Where the bus has it.
    """

    role: str
    name: str
    box: tuple[int, int, int, int]
    states: frozenset[State]
    path: str

    @property
    def middle(self) -> tuple[int, int]:
        left, top, width, height = self.box
        return left + width // 2, top + height // 2


@dataclass
class Reader:
    """Reads one running app."""

    address: str
    _bus: DBusConnection
    _app: str = ""

    def shown(self) -> list[Item]:
        """Everything that is shown now and has a name, as ``all``."""
        return self._named(lambda _: True)

    def find(self, name: Name, role: str = "", patience_s: float = 10) -> Item:
        """Wait until something of this name, or one like it, is shown; the topmost of several."""
        found: list[Item] = []

        def look() -> bool:
            found[:] = self.all(name, role)
            return bool(found)

        try:
            wait_until(look, patience_s)
        except AssertionError:
            there = "\n".join(f"{one.role}: {one.name}" for one in self.shown())
            raise AssertionError(f"there is no {role} {name!r}, but\n{there}") from None
        return found[0]

    def all(self, name: Name, role: str = "") -> list[Item]:
        """All that is called so and shown now, from top to bottom; that of dialogs first."""

        def fits(found: str) -> bool:
            return found == name if isinstance(name, str) else bool(name.search(found))

        return [one for one in self._named(fits) if role in {"", one.role}]

    def focused(self) -> Item | None:
        """What has the keyboard."""
        return next((one for one in self.shown() if State.FOCUSED in one.states), None)

    def text(self, item: Item) -> str:
        """The text in a field or a view."""
        [answer] = self._ask([(item.path, f"{_ATSPI}.Text", "GetText", (0, -1))])
        text: str = answer[0]
        return text

    def places(self, item: Item, characters: list[int]) -> list[tuple[int, int, int, int]]:
        """Where characters of its text are on the screen."""
        return self._ask(
            [
                (item.path, f"{_ATSPI}.Text", "GetCharacterExtents", (one, _ON_SCREEN))
                for one in characters
            ]
        )

    def _named(self, fits: Callable[[str], bool]) -> list[Item]:
        """What is shown and has a name that fits, from top to bottom; dialogs first.

        A whole storey of the tree is asked at once.
        """
        found: list[tuple[int, Item]] = []
        storey = [(0, _ROOT)]
        while storey:
            below = self._ask([(one, _ACCESSIBLE, "GetChildren", ()) for _, one in storey])
            paths = [
                (window or number, path)
                for (window, _), answer in zip(storey, below, strict=True)
                for number, (_, path) in enumerate(answer[0] if answer else (), start=1)
            ]
            states = self._ask([(one, _ACCESSIBLE, "GetState", ()) for _, one in paths])
            storey = [
                one
                for one, answer in zip(paths, states, strict=True)
                if answer and State.SHOWING in _states(answer)
            ]
            names = self._ask(
                [(one, _PROPERTIES, "Get", (_ACCESSIBLE, "Name")) for _, one in storey]
            )
            found += [
                (window, self._item(path, answer[0][1]))
                for (window, path), answer in zip(storey, names, strict=True)
                if answer and answer[0][1] and fits(answer[0][1])
            ]
        found.sort(key=lambda one: (-one[0], one[1].box[1], one[1].box[0]))
        return [one for _, one in found]

    def _item(self, path: str, name: str) -> Item:
        role, states, box = self._ask(
            [
                (path, _ACCESSIBLE, "GetRoleName", ()),
                (path, _ACCESSIBLE, "GetState", ()),
                (path, f"{_ATSPI}.Component", "GetExtents", (_ON_SCREEN,)),
            ]
        )
        if not (role and states and box):
            return Item("", name, (0, 0, 0, 0), frozenset(), path)
        return Item(role[0], name, box[0], _states(states), path)

    def _ask(self, questions: list[tuple[str, str, str, tuple[object, ...]]]) -> list[Any]:
        """The answers to calls (path, interface, method, arguments); None of what is gone."""
        if not self._app:
            self._app = self._wait_for_app()
        serials = []
        for path, interface, method, arguments in questions:
            where = DBusAddress(path, bus_name=self._app, interface=interface)
            call = new_method_call(where, method, _SIGNATURES.get(method), arguments)
            serials.append(next(self._bus.outgoing_serial))
            self._bus.send(call, serial=serials[-1])
        answers: dict[int, Any] = dict.fromkeys(serials)
        waiting = set(serials)
        while waiting:
            message = self._bus.receive(timeout=30)
            serial = message.header.fields.get(HeaderFields.reply_serial)
            if serial in waiting:
                waiting.remove(serial)
                if message.header.message_type is not MessageType.error:
                    answers[serial] = message.body
        return [answers[one] for one in serials]

    def _wait_for_app(self) -> str:
        bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
        found: list[str] = []

        def look() -> bool:
            names = self._bus.send_and_get_reply(new_method_call(bus, "ListNames")).body[0]
            found[:] = [
                one for one in names if one.startswith(":") and one != self._bus.unique_name
            ]
            return bool(found)

        wait_until(look, 60)
        return found[-1]


def _states(answer: Any) -> frozenset[State]:
    low, high = answer[0]
    return frozenset(one for one in State if (low | high << 32) >> one & 1)


@contextmanager
def a_reader(folder: Path) -> Iterator[Reader]:
    """A bus of its own, which the app is told of by ``environment``."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1",
               f"--address=unix:path={folder / 'bus'}"]  # fmt: skip
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as daemon:
        try:
            assert daemon.stdout is not None
            address = daemon.stdout.readline().strip()
            assert address, "dbus-daemon did not start: tools/setup.sh test installs it"
            with closing(open_dbus_connection(address)) as bus:
                yield Reader(address, bus)
        finally:
            daemon.kill()


def told_to_read(reader: Reader) -> dict[str, str]:
    """The environment in which Qt tells this reader everything."""
    return {"AT_SPI_BUS_ADDRESS": reader.address, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
