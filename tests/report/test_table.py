import csv
import io

from hypothesis import given

from tests import strategies
from tests.report import samples
from tests.report.samples import session
from voiceprep.interview.records import SessionRecord
from voiceprep.report.table import COLUMNS, render


def read(*sessions: SessionRecord) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render(sessions), newline="")))


def test_each_attempt_is_a_line_with_its_figures() -> None:
    scored, failed = read(session(samples.MICROPHONE, samples.FAILED))
    assert scored["question_id"] == "gdpr"
    assert [scored[name] for name in ("score", "covered", "partial", "missed", "named")] == [
        "50.0", "1", "1", "1", "1",
    ]  # fmt: skip
    assert (scored["duration_s"], scored["words"], scored["engine"]) == ("71.2", "12", "whisper")
    assert (failed["status"], failed["score"], failed["words"]) == ("failed", "", "")


@strategies.whole_sessions
@given(any_session=strategies.sessions())
def test_whatever_was_said_the_lines_stay_whole_and_no_cell_is_a_formula(
    any_session: SessionRecord,
) -> None:
    rows = read(any_session)
    assert len(rows) == len(any_session.attempts)
    for row in rows:
        assert tuple(row) == COLUMNS
        assert None not in row.values()
        texts = [cell for name, cell in row.items() if name != "snr_db"]  # a number below 0 is none
        assert not any(cell[:1] in tuple("=+-@") for cell in texts)
