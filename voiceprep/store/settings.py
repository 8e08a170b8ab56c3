"""The user's settings: one frozen record, kept as JSON."""

import logging
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

_log = logging.getLogger(__name__)

Theme = Literal["system", "light", "dark"]
Engine = Literal["auto", "whisper", "pocketsphinx"]


class Settings(BaseModel):
    """What the user chose.

    Devices are remembered as "name (host API)", never by index; "" is the system's default.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    theme: Theme = "system"
    read_aloud: bool = True
    voice: str = Field(default="", description="pyttsx3's voice id; empty: the default English one")
    rate_wpm: int = Field(default=165, ge=80, le=320)
    microphone: str = ""
    output: str = ""
    engine: Engine = Field(default="auto", description="auto: Whisper once there is a model")
    model: str = Field(default="", description="Name of a Whisper model; empty: the best there is")
    target_min_s: int = Field(default=60, ge=10, le=600)
    target_max_s: int = Field(default=120, ge=20, le=900)
