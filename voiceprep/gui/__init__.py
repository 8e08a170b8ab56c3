"""The window. It renders what the rooms below tell it and owns no truth.

How it is built:

- ``run.run(build, folders)`` starts Qt, shows ``window.Window`` at once and lets
  ``context.Context`` build the ``Toolbox`` on a worker. Until then ``context.toolbox`` is None.
- A page is ``class XPage(Page)`` in pages/, made with ``XPage(context)`` when it is first visited.
  ``entered()`` and ``left()`` say when it is seen; Esc calls ``go_back()``; other keys are handled
  in ``keyPressEvent`` (no QShortcut for plain keys: the focused widget comes first). Pages go
  elsewhere by the context's signals: ``go("settings")``, ``practise(bank, questions)``,
  ``open_session(id)``, ``open_attempt(id)``; they tell each other of changes by
  ``history_changed`` and ``settings_changed``. Settings change by
  ``context.change_settings(theme="dark")``; ``context.rebuild()`` after a model was added.
- ``ResultPage.show_attempt(attempt, next_label="")`` with the signals ``again``,
  ``next_requested`` and ``back``: the room has one inside itself and says what comes next
  ("Next question", "Finish"); the window shows another for attempts of the past, without a next.
  ``SummaryPage.show_session(session)`` with ``practise_again``, ``open_attempt(id)``, ``done``.
- Nothing blocks the GUI thread: whatever reads a disk, a device or an engine goes through
  ``context.jobs.run(owner, work, done, failed)``; ``done`` and ``failed`` run here.
- A VoicePrepError is shown in place by ``errors.ErrorPanel.tell(error, *buttons)``. Anything else
  reaches the dialog for unexpected errors by itself: let it rise.
- Colours only from ``theme.color("accent")`` and friends, at the moment of painting; texts by
  ``widgets.text.label(text, size, tone)`` in three sizes; distances in steps of 8 by
  ``widgets.layout`` (``column``, ``row``, ``Card``, ``Flow``, ``Scroll``). In ``widgets.buttons``:
  ``Button(text, kind, icon=, key=)`` with one "primary" a page, ``Chip``, ``Choice``. Drawn:
  ``widgets.ring.Ring``, ``widgets.timeline.Timeline``; ``errors.Mark`` is a small icon.
- Every control has an accessible name (buttons take their text), is reached by Tab, and tells its
  key in its tool tip.
"""
