"""Makes pages ahead, between what the person does, so that no visit has to wait."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from time import perf_counter

from PySide6 import QtCore, QtGui, QtSvg, QtWidgets
from PySide6.QtCore import QObject, QTimer

from voiceprep.gui.context import Context
from voiceprep.gui.pages.page import Page

_BREATH_MS = 100
"""Between two pages, or parts of one, that are made ahead: time to paint and to answer a key."""
_SLICE_S = 0.008
"""So long are classes named before the window takes the next event."""


def _classes() -> Iterator[str]:
    """Name all of Qt's classes, one at each step.

    PySide makes a class when it is first named, and crashes, or hangs, when two threads do that at
    the same time (6.11). Once all are made here, workers may import what names them.
    """
    for module in (QtCore, QtGui, QtWidgets, QtSvg):
        for name in dir(module):
            if not name.startswith("_"):
                getattr(module, name, None)
                yield name


class Preparing(QObject):
    """Begins once the engines are there; imports are done on a worker, when it is safe to.

    Args:
        context: Whose engines are waited for.
        owner: The window that the pages are for.
        modules: Names of the pages' modules that are imported first.
        makers: Each makes one page, on the window's thread.
    """

    def __init__(
        self,
        context: Context,
        owner: QObject,
        modules: Sequence[str],
        makers: Sequence[Callable[[], Page]],
    ) -> None:
        super().__init__(owner)
        self._context = context
        self._modules = tuple(modules)
        self._makers = deque(makers)
        self._parts = deque[Callable[[], object]]()
        self._has_begun = False
        self._classes = _classes()
        self._naming = QTimer(self)
        self._naming.timeout.connect(self._name_some)
        self._breath = QTimer(self)
        self._breath.setInterval(_BREATH_MS)
        self._breath.timeout.connect(self._make_next)
        context.engines_changed.connect(self._begin)

    def stop(self) -> None:
        """The window closes: make no more."""
        self._naming.stop()
        self._breath.stop()

    def _begin(self) -> None:
        if self._context.toolbox is None or self._has_begun:
            return
        self._has_begun = True
        self._naming.start()

    def _name_some(self) -> None:
        end_s = perf_counter() + _SLICE_S
        while perf_counter() < end_s:
            if next(self._classes, None) is None:
                self._naming.stop()
                self._import()
                return

    def _import(self) -> None:
        def load() -> None:
            for name in self._modules:
                import_module(f"voiceprep.gui.pages.{name}")

        self._context.jobs.run(self, load, lambda _: self._breath.start())

    def _make_next(self) -> None:
        if self._parts:
            self._parts.popleft()()
        elif self._makers:
            self._parts.extend(self._makers.popleft()().parts)
        else:
            self._breath.stop()
