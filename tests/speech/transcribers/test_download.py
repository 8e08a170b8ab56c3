"""A model comes over a network that breaks, stalls, lies and sends wrong bytes, or not at all."""

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.speech.transcribers.hub import MICRO_WHISPER, Fault, Hub, a_hub, micro_offer
from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.speech.transcribers import download as module
from voiceprep.speech.transcribers.catalogue import OFFERS, Offer, offer
from voiceprep.speech.transcribers.download import Progress, begun_bytes, discard, download
from voiceprep.speech.transcribers.models import Model, installed

SIZE = (MICRO_WHISPER / "model.bin").stat().st_size
MICRO = micro_offer()


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with a_hub() as started:
        monkeypatch.setenv("HF_ENDPOINT", started.endpoint)
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.delenv(name, raising=False)
        yield started


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "models"


def get(
    own: Path,
    report: Callable[[Progress], None] | None = None,
    cancel: Event | None = None,
    one: Offer = MICRO,
) -> Model:
    return download(one, own, cancel or Event(), report, patience_s=0.5, waits_s=(0.0, 0.0, 0.01))


def whole(model: Model) -> bool:
    """Every file is there with the original's bytes, and nothing else."""
    names = {file.name for file in model.path.iterdir()}
    return names == {file.name for file in MICRO.files} and all(
        (model.path / name).read_bytes() == (MICRO_WHISPER / name).read_bytes() for name in names
    )


def test_a_model_comes_whole_and_is_installed(hub: Hub, own: Path, tmp_path: Path) -> None:
    model = get(own)
    assert whole(model)
    assert installed(own, tmp_path / "no-cache") == (model,)
    assert begun_bytes(MICRO, own) == 0
    assert [file.name for file in own.iterdir()] == ["micro.en"]
    assert all(MICRO.revision in path for path, _ in hub.asked)


def test_progress_grows_to_the_end_and_tells_speed_and_time_left(hub: Hub, own: Path) -> None:
    hub.faults = [Fault(slow=0.01)]
    told: list[Progress] = []
    get(own, told.append)
    assert [one.done_bytes for one in told] == sorted(one.done_bytes for one in told)
    assert {one.total_bytes for one in told} == {MICRO.size_bytes}
    moving = [one for one in told if one.bytes_per_s]
    assert moving
    assert all(one.left_s is not None and one.left_s >= 0 for one in moving)


def test_a_broken_connection_is_taken_up_where_it_broke(hub: Hub, own: Path) -> None:
    hub.faults = [Fault(after=1_000_000), Fault(after=500_000)]
    told: list[Progress] = []
    assert whole(get(own, told.append))
    assert hub.ranges() == ["", "bytes=1000000-", "bytes=1500000-"]
    assert any("broke" in one.trouble for one in told)


def test_a_stalled_connection_is_given_up_and_taken_up_again(hub: Hub, own: Path) -> None:
    hub.faults = [Fault(after=700_000, stalls=True)]
    assert whole(get(own))
    assert hub.ranges() == ["", "bytes=700000-"]


def test_a_busy_server_is_asked_again(hub: Hub, own: Path) -> None:
    hub.faults = [Fault(status=503), Fault(status=429, headers=(("Retry-After", "0"),))]
    assert whole(get(own))


def test_a_server_that_cannot_go_on_sends_everything_again(hub: Hub, own: Path) -> None:
    hub.faults = [Fault(after=1_000_000), Fault(no_range=True)]
    assert whole(get(own))


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(1, SIZE - 1), max_size=6))
def test_wherever_it_breaks_the_model_comes_whole(
    hub: Hub, tmp_path_factory: pytest.TempPathFactory, breaks: list[int]
) -> None:
    hub.faults = [Fault(after=min(one, 400_000)) for one in breaks]
    assert whole(get(tmp_path_factory.mktemp("models")))


def test_a_pause_keeps_what_has_come_and_the_next_call_goes_on(hub: Hub, own: Path) -> None:
    hub.faults = [Fault(after=900_000, stalls=True)]
    pause = Event()

    def pause_once_it_stalls() -> None:
        hub.stalled.wait(20)
        while begun_bytes(MICRO, own) < 800_000:  # what was sent is on the disk
            hub.closing.wait(0.01)
        pause.set()

    threading.Thread(target=pause_once_it_stalls, daemon=True).start()
    with pytest.raises(Cancelled):
        download(MICRO, own, pause, patience_s=60)  # left at once, long before that
    begun = begun_bytes(MICRO, own)
    assert 0 < begun < MICRO.size_bytes
    assert installed(own, own) == ()
    told: list[Progress] = []
    assert whole(get(own, told.append))
    assert told[0].done_bytes == begun
    assert hub.ranges()[-1].startswith("bytes=")


def test_a_download_can_be_thrown_away(hub: Hub, own: Path) -> None:
    hub.faults = [Fault(after=900_000), *[Fault(status=503)] * 9]
    with pytest.raises(VoicePrepError):
        get(own)
    assert begun_bytes(MICRO, own) > 900_000
    discard(MICRO, own)
    assert begun_bytes(MICRO, own) == 0
    assert list(own.iterdir()) == []
    discard(MICRO, own)  # nothing to do


def test_after_too_many_attempts_it_says_so_and_keeps_what_came(hub: Hub, own: Path) -> None:
    hub.faults = [Fault(after=100_000), *[Fault(status=500)] * 9]
    with pytest.raises(VoicePrepError, match=r"download of micro\.en broke off") as raised:
        get(own)
    assert "500" in raised.value.cause
    assert "goes on from there" in raised.value.next_step
    hub.faults.clear()
    assert whole(get(own))


class Lie(NamedTuple):
    """What the server sends, and what is said of it."""

    fault: Fault
    said: str


@pytest.mark.parametrize(
    "lie",
    [
        Lie(Fault(wrong=True), "checksum"),
        Lie(Fault(claims=SIZE + 1), f"offers {SIZE + 1} bytes"),
        Lie(Fault(claims=SIZE - 1, after=SIZE - 1), f"offers {SIZE - 1} bytes"),
        Lie(Fault(claims=17, after=17), "offers 17 bytes"),  # a login page
    ],
)
def test_wrong_bytes_are_refused_and_nothing_of_them_is_kept(hub: Hub, own: Path, lie: Lie) -> None:
    hub.faults = [lie.fault] * 3
    with pytest.raises(VoicePrepError, match=r"not model\.bin of the model micro\.en") as raised:
        get(own)
    assert lie.said in raised.value.cause
    assert installed(own, own) == ()
    assert begun_bytes(MICRO, own) == MICRO.size_bytes - SIZE  # the files that were right
    hub.faults.clear()
    assert whole(get(own))


def test_a_spoilt_part_from_the_last_time_is_fetched_anew(hub: Hub, own: Path) -> None:
    staging = own / f".download-micro.en-{MICRO.revision[:12]}"
    staging.mkdir(parents=True)
    (staging / "model.bin.part").write_bytes(bytes(500_000))
    assert whole(get(own))
    assert hub.ranges() == ["bytes=500000-", ""]


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_refusal_is_told_at_once(hub: Hub, own: Path, status: int) -> None:
    hub.faults = [Fault(status=status)]
    with pytest.raises(VoicePrepError, match="does not give out the model") as raised:
        get(own)
    assert str(status) in raised.value.cause
    assert hub.ranges() == [""]


def test_offline_is_said_in_plain_words(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def offline(*_args: object, **_names: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", offline)
    monkeypatch.delenv("HF_ENDPOINT", raising=False)
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(VoicePrepError, match="cannot be found") as raised:
        get(own)
    assert "offline" in raised.value.cause
    assert "HTTPS_PROXY" in raised.value.next_step
    assert "models add FOLDER" in raised.value.next_step


def test_a_proxy_that_does_not_run_is_named_without_its_password(
    hub: Hub, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hub.endpoint
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]  # bound, but nobody listens
        monkeypatch.setenv("http_proxy", f"http://me:secret@127.0.0.1:{port}")
        monkeypatch.setenv("no_proxy", "")
        with pytest.raises(VoicePrepError, match="cannot be reached") as raised:
            get(own)
    assert f"127.0.0.1:{port}" in raised.value.next_step
    assert "secret" not in str(raised.value)


def test_a_proxy_that_wants_a_password_says_how_to_give_it(hub: Hub, own: Path) -> None:
    hub.faults = [Fault(status=407)]
    with pytest.raises(VoicePrepError, match="proxy wants a name and a password") as raised:
        get(own)
    assert "HTTPS_PROXY=http://name:password@" in raised.value.next_step


def test_a_full_disk_is_told_before_anything_is_fetched(
    hub: Hub, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage(NamedTuple):
        free: int = 10_000_000

    monkeypatch.setattr(module.shutil, "disk_usage", lambda _: Usage())
    with pytest.raises(VoicePrepError, match=r"not enough room for micro\.en") as raised:
        get(own)
    assert "10 MB are free" in raised.value.cause
    assert hub.asked == []


def test_a_folder_that_cannot_be_written_is_named(hub: Hub, tmp_path: Path) -> None:
    assert hub.endpoint
    (tmp_path / "models").write_text("in the way")
    with pytest.raises(VoicePrepError, match=r"cannot be kept in .*models"):
        get(tmp_path / "models")


def test_two_at_once_do_not_write_to_the_same_file(hub: Hub, own: Path) -> None:
    hub.faults = [Fault(after=900_000, stalls=True)]
    stop = Event()
    first = threading.Thread(target=paused, args=(own, stop))
    first.start()
    assert hub.stalled.wait(20)
    with pytest.raises(VoicePrepError, match=r"micro\.en is being downloaded already"):
        get(own)
    stop.set()
    first.join()
    assert whole(get(own))


def paused(own: Path, stop: Event) -> None:
    with pytest.raises(Cancelled):
        download(MICRO, own, stop, patience_s=60)


def test_a_model_that_is_there_is_not_fetched_again(hub: Hub, own: Path) -> None:
    get(own)
    asked = len(hub.asked)
    with pytest.raises(VoicePrepError, match=r"There is a model micro\.en already"):
        get(own)
    assert len(hub.asked) == asked


def test_each_model_is_pinned_to_a_commit_and_to_the_bytes_of_its_files() -> None:
    assert len({one.name for one in OFFERS}) == len(OFFERS)
    for one in OFFERS:
        assert len(one.revision) == 40
        names = {file.name for file in one.files}
        assert {"config.json", "model.bin", "tokenizer.json"} < names
        assert {"vocabulary.txt", "vocabulary.json"} & names
        assert all(len(bytes.fromhex(file.sha256)) == 32 for file in one.files)
        assert all(file.size_bytes > 0 for file in one.files)
    assert offer("base.en") in OFFERS
    assert offer("huge") is None
