"""Models from the command line: what is here, what to get, and getting it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.cli import Shell
from tests.speech.transcribers.hub import Fault, Hub, a_hub, micro_offer
from voiceprep.commands import models
from voiceprep.speech.transcribers import catalogue, overview
from voiceprep.store.paths import user_folders
from voiceprep.store.settings import load_settings

MICRO = micro_offer()


@pytest.fixture(autouse=True)
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A hub on this computer, with one more model to download; no models of other programs."""
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    offers = (*catalogue.OFFERS, MICRO)
    for module in (models, catalogue, overview):
        monkeypatch.setattr(module, "OFFERS", offers)
    with a_hub() as started:
        monkeypatch.setenv("HF_ENDPOINT", started.endpoint)
        monkeypatch.delenv("http_proxy", raising=False)
        yield started


def test_the_list_names_size_language_accuracy_speed_and_what_to_get(voiceprep: Shell) -> None:
    said = voiceprep("models", "list").words
    assert "base.en 148 MB English good about" in said
    assert "small 486 MB all languages very good about" in said
    assert said.count("recommended") == 1
    assert "In use: the basic recogniser (PocketSphinx)" in said
    assert "Recommended here: voiceprep models download" in said


def test_the_list_is_json_for_scripts(voiceprep: Shell) -> None:
    rows = json.loads(voiceprep("models", "list", "--json", "--language", "de").out)
    best = next(row for row in rows if row["recommended"])
    assert not best["english_only"]
    assert not any(row["installed"] or row["in_use"] for row in rows)
    assert next(row for row in rows if row["name"] == "base.en")["size_bytes"] == 147_769_510


def test_a_model_is_downloaded_used_measured_and_deleted(voiceprep: Shell) -> None:
    done = voiceprep("models", "download", "micro.en")
    assert done.status == 0
    assert "micro.en is here" in done.words
    listed = voiceprep("models", "list").words
    assert "micro.en 3 MB English fair not measured in use, here" in listed
    assert voiceprep("models", "use", "micro.en").status == 0
    assert load_settings(user_folders().settings).model == "micro.en"
    measured = voiceprep("models", "measure", "micro.en")
    assert "micro.en: a minute of speech takes" in measured.words
    assert "not measured" not in voiceprep("models", "list").words
    deleted = voiceprep("models", "delete", "micro.en").words
    assert deleted.endswith("takes its place. micro.en is deleted.")
    assert load_settings(user_folders().settings).engine == "auto"
    assert "to download" in voiceprep("models", "list").words
    assert "There is no model" in voiceprep("models", "delete", "micro.en").words


def test_a_download_that_breaks_off_is_listed_and_goes_on(
    voiceprep: Shell, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.faults = [Fault(after=1_200_000), Fault(status=404)]
    broken = voiceprep("models", "download", "micro.en")
    assert broken.status == 1
    assert "It answered 404" in broken.words
    assert "paused at 5" in voiceprep("models", "list").words

    def interrupt(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as context:
        context.setattr(models, "fetch", interrupt)
        stopped = voiceprep("models", "download", "micro.en")
    assert stopped.status == 130
    assert "Paused at 5" in stopped.words
    assert "`voiceprep models download micro.en` goes on." in stopped.words
    assert voiceprep("models", "download", "micro.en").status == 0
    assert hub.ranges() == ["", "bytes=1200000-", "bytes=1200000-"]


def test_what_came_of_a_download_can_be_thrown_away(voiceprep: Shell, hub: Hub) -> None:
    for command in (("download", "micro.en", "--discard"), ("delete", "micro.en")):
        hub.faults = [Fault(after=1_200_000), Fault(status=404)]
        voiceprep("models", "download", "micro.en")
        assert "paused" in voiceprep("models", "list").words
        assert voiceprep("models", *command).status == 0
        assert "paused" not in voiceprep("models", "list").words


def test_an_unknown_name_lists_the_known_ones(voiceprep: Shell) -> None:
    result = voiceprep("models", "download", "huge")
    assert result.status == 1
    assert "base.en" in result.words
    assert "voiceprep models add FOLDER" in result.words


def test_nothing_to_measure_says_how_to_get_a_model(voiceprep: Shell) -> None:
    assert "voiceprep models download" in voiceprep("models", "measure").words
