"""``python -m voiceprep`` is the same as ``voiceprep``."""

from multiprocessing import freeze_support

from voiceprep.cli import main

if __name__ == "__main__":
    freeze_support()  # a frozen app would open a window for every child process otherwise
    main()
