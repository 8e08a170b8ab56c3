"""Draws every page in every state: light and dark, large and small, as PNG files.

Usage: .venv/bin/python tools/screenshots.py [--out screenshots] [--only PART_OF_A_NAME] [--quick]

The window, its pages, the questions, the scorer and the history are the real ones; microphone,
voice and recogniser are the simple stand-ins of the tests, so that each state can be held still.
"""

import argparse
import os
import sys
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import scenes  # noqa: E402, F401 - registers its scenes; the paths come first
import scenes_compare  # noqa: E402, F401 - as well
import scenes_past  # noqa: E402, F401 - as well
import scenes_recording  # noqa: E402, F401 - as well
import scenes_revision  # noqa: E402, F401 - as well
import scenes_sound  # noqa: E402, F401 - as well
import scenes_soundcheck  # noqa: E402, F401 - as well
import studio  # noqa: E402

from voiceprep.gui import theme  # noqa: E402
from voiceprep.gui.run import application, keep_lively  # noqa: E402

SIZES = ((1280, 800), (1024, 640))
THEMES = ("light", "dark")


def main() -> int:
    """Draw what was asked for; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "screenshots")
    parser.add_argument("--only", default="", help="scenes whose name contains this")
    parser.add_argument("--quick", action="store_true", help="light and large only")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    app = application()
    keep_lively(app)
    wanted = {name: play for name, play in studio.SCENES.items() if chosen.only in name}
    if not wanted:
        print(f"no scene has {chosen.only!r} in its name; there are: {', '.join(studio.SCENES)}")
        return 2
    looks = [("light", SIZES[0])] if chosen.quick else list(product(THEMES, SIZES))
    for worn, size in looks:
        theme.wear(app, worn)
        for name, play in wanted.items():
            path = chosen.out / f"{name}-{worn}-{size[0]}x{size[1]}.png"
            with studio.opened(size, worn) as stage:
                play(stage)
                stage.shoot(path)
    print(f"{len(wanted) * len(looks)} pictures in {chosen.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
