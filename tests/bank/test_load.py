import os
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from voiceprep.bank.load import MAX_BANK_BYTES, BankError, Problem, load_bank, parse_bank
from voiceprep.bank.model import Bank
from voiceprep.errors import VoicePrepError

BANK = dedent(
    """\
    id: my-bank
    title: My bank
    questions:
      - id: first
        category: Basics
        level: beginner
        question: What is drift?
        hint: The model gets worse over time.
        concepts:
          - id: worse
            label: It gets worse
            hint: gets worse
            keywords: [drift, decay]
            says:
              - it degrades slowly
      - id: second
        category: Basics
        level: advanced
        question: What helps?
        hint: Monitoring.
        concepts:
          - id: watch
            label: Watching
    """
)


def problem_of(text: str) -> str:
    with pytest.raises(BankError) as caught:
        parse_bank(text, "my-bank.yaml")
    assert "my-bank.yaml" in caught.value.title
    assert caught.value.next_step
    return caught.value.cause


def changed(old: str, new: str) -> str:
    assert BANK.count(old) == 1
    return BANK.replace(old, new)


def test_a_bank_is_read_as_it_was_written() -> None:
    bank = parse_bank(BANK, "my-bank.yaml")
    assert [question.id for question in bank.questions] == ["first", "second"]
    concept = bank.questions[0].concepts[0]
    assert concept.keywords == ("drift", "decay")
    assert concept.says == ("it degrades slowly",)
    assert concept.weight == 1.0
    assert bank.categories == ("Basics",)
    assert bank.find("second") is bank.questions[1]
    assert bank.find("third") is None


def test_what_yaml_would_take_for_something_else_stays_text() -> None:
    bank = parse_bank(changed("[drift, decay]", "[no, 2024-01-31, 1.50, on, 0x10, .inf]"), "b")
    said = ("no", "2024-01-31", "1.50", "on", "0x10", ".inf")
    assert bank.questions[0].concepts[0].keywords == said


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        pytest.param(
            "    level: advanced\n",
            "",
            "line 16, question second, level: this field is missing.",
            id="missing field",
        ),
        pytest.param(
            "keywords:",
            "keyword:",
            "line 13, question first, concepts 1, keyword: there is no such field;"
            " did you mean 'keywords'?.",
            id="unknown field",
        ),
        pytest.param(
            "hint: Monitoring.",
            "hint: Monitoring.\n    says: [watch]",
            "line 21, question second, says: this field does not belong here.",
            id="field in the wrong place",
        ),
        pytest.param(
            "title: My bank",
            "title: [My, bank]",
            "line 2, title: a text is needed here.",
            id="list for text",
        ),
        pytest.param(
            "label: Watching",
            "label:",
            "line 23, question second, concepts 1, label: a text is needed here.",
            id="nothing for text",
        ),
        pytest.param(
            "label: Watching",
            "label: ' '",
            "line 23, question second, concepts 1, label: this must not be empty.",
            id="empty text",
        ),
        pytest.param(
            "label: Watching",
            f"label: {'x' * 601}",
            "line 23, question second, concepts 1, label: this is longer than 600 characters.",
            id="too long",
        ),
        pytest.param(
            "[drift, decay]",
            "drift",
            "line 13, question first, concepts 1, keywords: a list is needed here.",
            id="text for list",
        ),
        pytest.param(
            "- it degrades slowly",
            "- yes: it does",
            "line 15, question first, concepts 1, says 1: a text is needed here.",
            id="fields for text",
        ),
        pytest.param(
            "label: Watching",
            "label: Watching\n        weight: heavy",
            "line 24, question second, concepts 1, weight: a number is needed here.",
            id="text for number",
        ),
        pytest.param(
            "label: Watching",
            "label: Watching\n        weight: 0",
            "line 24, question second, concepts 1, weight: this must be more than 0.",
            id="too small",
        ),
        pytest.param(
            "label: Watching",
            "label: Watching\n        weight: 11",
            "line 24, question second, concepts 1, weight: this must be at most 10.",
            id="too large",
        ),
        pytest.param(
            "level: advanced",
            "level: hard",
            "line 18, question second, level:"
            " this must be 'beginner', 'intermediate' or 'advanced'.",
            id="unknown level",
        ),
        pytest.param(
            "id: second",
            "id: The Second",
            "line 16, question The Second, id: an id has lower-case letters, digits and single"
            " hyphens, as in fraud-rules-1.",
            id="bad id",
        ),
        pytest.param(
            "title: My bank",
            "title: My bank\nlanguage: English",
            "line 3, language: a language has two lower-case letters, as in en.",
            id="bad language",
        ),
        pytest.param(
            "id: second",
            "id: first",
            "line 16, question first, id: the id 'first' stands twice.",
            id="duplicate question",
        ),
        pytest.param(
            "hint: gets worse",
            "hint: got worse",
            "line 12, question first, concepts 1, hint:"
            " this is no verbatim part of the question's hint.",
            id="hint that is no part",
        ),
        pytest.param(
            "title: My bank",
            "title: My bank\ntitle: Mine",
            "line 3: 'title' stands twice.",
            id="duplicate key",
        ),
        pytest.param(
            "  - id: second",
            "  - just a text\n  - id: second",
            "line 16, question 2: fields are needed here, each with its name and a colon.",
            id="text for a question",
        ),
        pytest.param(
            "question: What helps?",
            "question: What helps: this?",
            "line 19: a colon stands in the middle of a text; put the text in quotation marks.",
            id="colon in text",
        ),
        pytest.param(
            "    level: advanced",
            "\tlevel: advanced",
            "line 18: a tab indents this line; YAML wants spaces.",
            id="tab",
        ),
        pytest.param(
            "label: Watching",
            "label: !!python/object/apply:os.system [ls]",
            "line 23: the tag !!python/object/apply:os.system is not allowed.",
            id="python tag",
        ),
        pytest.param(
            "label: Watching",
            "label: !mine Watching",
            "line 23: the tag !mine is not allowed.",
            id="own tag",
        ),
        pytest.param(
            "- it degrades slowly",
            "- &slow it degrades\n          - *slow",
            "line 16: the alias *slow is not allowed; write the text out.",
            id="alias",
        ),
        pytest.param(
            "title: My bank",
            "title: My bank\n? [a, b]\n: c",
            "line 3: the name of a field must be a word.",
            id="list for a name",
        ),
        pytest.param(
            "title: My bank",
            "title: My \x07bank",
            "line 2: the character U+0007 is not allowed.",
            id="control character",
        ),
    ],
)
def test_a_mistake_is_named_with_line_question_and_field(old: str, new: str, problem: str) -> None:
    assert problem_of(changed(old, new)) == problem


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "line 1: the file is empty."),
        ("# nothing but a comment\n", "line 1: the file is empty."),
        ("just words", "line 1: fields are needed here, each with its name and a colon."),
        ("- a\n- list", "line 1: fields are needed here, each with its name and a colon."),
        (f"{BANK}---\n{BANK}", "line 24: a second document begins here; a bank is one."),
        ("id: my-bank\ntitle: {", "line 2: did not find expected node content."),
        ("[" * 100_000, "line 1: there are more than 20 levels of nesting."),
        ("- " * 100_000, "line 1: there are more than 20 levels of nesting."),
    ],
    ids=["empty", "comment", "words", "list", "two documents", "broken", "deep", "deeper"],
)
def test_what_is_no_bank_at_all_is_said_so(text: str, problem: str) -> None:
    assert problem_of(text) == problem


def test_an_alias_bomb_is_refused_before_it_goes_off() -> None:
    bomb = 'a: &a ["x"]\n' + "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]\n"
        for old, new in zip("abcdefghi", "bcdefghij", strict=True)
    )
    assert problem_of(bomb).startswith("line 2: the alias *a is not allowed")


def test_a_list_without_end_is_refused() -> None:
    text = changed("[drift, decay]", "[" + "x, " * 5000 + "x]")
    assert "keywords: there are more than 100 entries" in problem_of(text)


def test_all_mistakes_are_counted_and_the_first_five_shown() -> None:
    text = BANK.replace("    level:", "    lvl:")
    text = text.replace("category: Basics", "categry: Basics").replace("id: watch", "id: Watch")
    with pytest.raises(BankError) as caught:
        parse_bank(text, "my-bank.yaml")
    error = caught.value
    assert error.title == "The question bank my-bank.yaml has 9 mistakes."
    assert error.cause.count("line ") == 5
    assert error.cause.endswith("; and 4 more.")
    assert len(error.problems) == 9
    lines = [problem.line for problem in error.problems]
    assert lines == sorted(lines)
    assert set(lines) == {4, 5, 6, 16, 17, 18, 22}


names = st.sampled_from(
    [*Bank.model_fields, "id", "level", "question", "hint", "concepts", "not", "star", "x y", "1"]
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=4),
    max_leaves=20,
)
lines = st.sampled_from(BANK.splitlines())


@given(
    st.one_of(
        st.text(),
        values.map(repr),
        st.lists(lines | st.text(max_size=8), max_size=30).map("\n".join),
        st.tuples(st.integers(0, len(BANK)), st.text(max_size=3)).map(
            lambda change: BANK[: change[0]] + change[1] + BANK[change[0] :]
        ),
    )
)
@example("\ud800")
@example('a: "\\ud800"')
@example("id: &a\n  b: *a")
@example("a: 1e999\nb: 2024-99-99")
@example("<<: {id: a}\nid: b")
def test_any_text_is_a_bank_or_gets_its_problems_with_their_lines(text: str) -> None:
    problems: tuple[Problem, ...] = ()
    bank: Bank | None = None
    try:
        bank = parse_bank(text, "my-bank.yaml")
    except BankError as error:
        problems = error.problems
    assert bool(bank and bank.questions) != bool(problems)
    last = len(text.splitlines()) + 1
    for problem in problems:
        assert 1 <= problem.line <= last
        assert problem.message


# -- files -----------------------------------------------------------------------------------


def test_a_file_is_read_with_or_without_a_byte_order_mark(tmp_path: Path) -> None:
    plain, marked = tmp_path / "plain.yaml", tmp_path / "marked.yaml"
    plain.write_text(BANK, encoding="utf-8")
    marked.write_text(BANK, encoding="utf-8-sig")
    assert load_bank(plain) == load_bank(marked)


def test_a_file_written_on_windows_is_read(tmp_path: Path) -> None:
    file = tmp_path / "bank.yaml"
    file.write_bytes(BANK.replace("\n", "\r\n").encode())
    assert load_bank(file) == parse_bank(BANK, "b")


def test_the_file_is_named_with_its_mistake(tmp_path: Path) -> None:
    file = tmp_path / "bank.yaml"
    file.write_text("id: a", encoding="utf-8")
    with pytest.raises(BankError, match=r"bank\.yaml has 2 mistakes.*line 1, title"):
        load_bank(file)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(VoicePrepError, match=r"gone\.yaml cannot be read.*No such file"):
        load_bank(tmp_path / "gone.yaml")


def test_a_folder_is_no_bank(tmp_path: Path) -> None:
    with pytest.raises(VoicePrepError, match=f"{tmp_path.name} cannot be read.*directory"):
        load_bank(tmp_path)


@pytest.mark.parametrize(
    ("content", "line", "byte"),
    [
        (BANK.encode("utf-16"), 1, "0xFF"),
        (BANK.replace("My bank", "Meine Bänke").encode("latin-1"), 2, "0xE4"),
        (b"\x89PNG\r\n", 1, "0x89"),
    ],
    ids=["utf-16", "latin-1", "picture"],
)
def test_what_is_not_utf_8_is_named_with_its_line(
    tmp_path: Path, content: bytes, line: int, byte: str
) -> None:
    file = tmp_path / "bank.yaml"
    file.write_bytes(content)
    with pytest.raises(VoicePrepError, match=rf"bank\.yaml.*UTF-8.*Line {line} .*{byte}"):
        load_bank(file)


def test_a_huge_file_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "bank.yaml"
    with file.open("wb") as huge:
        os.truncate(huge.fileno(), 100 * MAX_BANK_BYTES)
    with pytest.raises(VoicePrepError, match="more than 5 MB"):
        load_bank(file)
