"""Which texts mean the same: a small sentence encoder that runs on this machine."""
