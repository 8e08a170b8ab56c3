import shutil
from pathlib import Path
from threading import Thread

import pytest

from voiceprep.errors import VoicePrepError
from voiceprep.meaning import encoder as encoder_module
from voiceprep.meaning.encoder import Encoder
from voiceprep.resources import asset

MODEL = asset("models", "meaning")
SAID = [("We ask customers before we keep anything.",), ("The weather was lovely.",)]
PHRASES = ["users must give their consent", "it rained all day"]


def test_the_same_in_other_words_is_nearer_than_something_else() -> None:
    asked, weather = Encoder().likenesses(SAID, PHRASES)
    assert asked[0] > asked[1] + 0.2
    assert weather[1] > weather[0]


def test_a_text_is_like_itself() -> None:
    ((same,),) = Encoder().likenesses([("a plain sentence",)], ["a plain sentence"])
    assert same == pytest.approx(1.0, abs=0.001)


def test_numbers_depend_on_no_company_no_order_and_no_earlier_call() -> None:
    fresh, used = Encoder(), Encoder()
    used.likenesses([("something else entirely, and rather longer than all the rest",)], PHRASES)
    rows = used.likenesses([*SAID, ("and a third one",)], PHRASES[::-1])
    assert fresh.likenesses(SAID[:1], PHRASES)[0] == rows[0][::-1]


def test_two_pieces_are_told_as_one_stretch() -> None:
    both = (*SAID[0], *SAID[1])
    apart, together = Encoder().likenesses([SAID[0], both], PHRASES)
    assert together[1] > apart[1]


def test_a_point_that_is_made_has_higher_odds_than_one_that_is_denied() -> None:
    point = ("Customers give consent", "we get permission before we use anybody's data")
    made, denied = Encoder().odds(
        [
            (("we ask each customer for permission before we touch their data",), point),
            (("asking each customer for permission is a waste, we just use their data",), point),
        ]
    )
    assert made > denied


def test_odds_depend_on_no_company_and_no_earlier_call() -> None:
    cases = [(SAID[0], PHRASES), (SAID[1], PHRASES[:1])]
    used = Encoder()
    used.odds(cases[::-1])
    assert used.odds(cases) == (*Encoder().odds(cases[:1]), *Encoder().odds(cases[1:]))
    assert used.odds([]) == ()


def test_nothing_to_compare_gives_empty_rows_without_loading(tmp_path: Path) -> None:
    empty = Encoder(tmp_path)
    assert empty.likenesses([], PHRASES) == ()
    assert empty.likenesses(SAID, []) == ((), ())


@pytest.mark.parametrize("text", ["", " ", "\u200b\u0301", "日本語で答えます", "x" * 50_000, "🙂"])
def test_any_text_has_a_finite_likeness(text: str) -> None:
    ((one,),) = Encoder().likenesses([(text,)], PHRASES[:1])
    assert -1.001 <= one <= 1.001


def test_what_is_kept_stays_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder_module, "MOST_VECTORS", 3)
    monkeypatch.setattr(encoder_module, "MOST_STATES", 3)
    small = Encoder()
    first = small.likenesses(SAID, PHRASES)
    small.likenesses(SAID, ["other", "phrases", "again"])
    assert small.likenesses(SAID, PHRASES) == first


def test_two_threads_may_ask_at_once() -> None:
    shared = Encoder()
    rows: list[object] = []
    threads = [
        Thread(target=lambda: rows.append(shared.likenesses(SAID, PHRASES))) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rows[0] == rows[1] == Encoder().likenesses(SAID, PHRASES)


def test_a_folder_without_the_model_is_not_installed(tmp_path: Path) -> None:
    assert Encoder().is_installed
    assert not Encoder(tmp_path).is_installed


def test_a_damaged_model_is_told_with_its_place(tmp_path: Path) -> None:
    shutil.copy(MODEL / "tokenizer.json", tmp_path)
    for name in ("words", "sentences", "judge"):
        (tmp_path / f"{name}.onnx").write_bytes(b"no model")
    with pytest.raises(VoicePrepError, match=str(tmp_path)):
        Encoder(tmp_path).likenesses(SAID, PHRASES)
