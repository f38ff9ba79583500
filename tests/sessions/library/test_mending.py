"""Whatever a kill leaves behind, opening mends it and no acknowledged event is missing."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import tinydb
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from sessions.core.events import encode_event
from sessions.files.disk import new_path
from sessions.files.errors import DamagedSession
from sessions.library.storage import layout
from sessions.library.storage.mending import Repair, mend
from sessions.library.storage.reading import read_events, read_head
from sessions.library.storage.session_file import SessionFile
from tests.sessions.library.building import durable_seq, last_seq, new_file, note, opened, seqs, stock_events
from tests.thorough import examples


def torn_at(path: Path, written: int, texts: list[str]) -> int:
    """Leave the file as a writer does that is killed after `written` bytes of an append; how many bytes it had."""
    data = path.read_bytes()
    last = layout.last_record(data)
    first = last[0] + 1 if last else 1
    events = [(seq, encode_event(note(seq, text))) for seq, text in enumerate(texts, start=first)]
    change = layout.appended(events, first=last is None)
    offset = len(data) - len(layout.TAIL)
    path.write_bytes((data[:offset] + change[:written]).ljust(len(data), b"?")[: max(len(data), offset + written)])
    with path.open("r+b") as file:
        file.seek(offset + min(written, 3))
        file.write(layout.TAIL[min(written, 3) :])
    return len(change)


def test_a_tear_at_every_byte_of_an_append_is_mended_to_the_last_whole_event(tmp_path: Path) -> None:
    with new_file(tmp_path, events=3) as file:
        pass
    whole = file.path.read_bytes()
    length = torn_at(file.path, 0, ["“torn”", "\n}}", '"5": {}'])
    kept = set()
    for written in range(length + 1):
        file.path.write_bytes(whole)
        torn_at(file.path, written, ["“torn”", "\n}}", '"5": {}'])
        if written % 50 == 7:
            assert len(read_events(file.path)) >= 3, "a reader sees whole events before the repair"
        repair = mend(file.path)
        assert (repair is None) == (written in (0, length))
        events = stock_events(file.path)
        assert seqs(events) == list(range(1, len(events) + 1))
        assert repair is None or repair.events == len(events)
        assert read_head(file.path).events == len(events)
        assert layout.is_ours(file.path.read_bytes())
        kept.add(len(events))
    assert kept == {3, 4, 5, 6}


def test_what_was_cut_is_reported_by_the_opening(tmp_path: Path) -> None:
    with new_file(tmp_path, events=2) as file:
        pass
    torn_at(file.path, 20, ["hello"])
    with SessionFile.open(file.path) as again:
        assert again.repair == Repair(cut=20, events=2)
        assert str(again.repair) == "The last save was interrupted; 2 events are whole, 20 bytes of another were cut."
        again.commit([note(3)])
    assert seqs(stock_events(file.path)) == [1, 2, 3]


def test_the_very_first_append_can_be_torn_too(tmp_path: Path) -> None:
    with new_file(tmp_path, events=0) as file:
        pass
    first = layout.appended([(1, encode_event(opened()))], first=True)
    empty = file.path.read_bytes().partition(b'"events": {')[0] + b'"events": {\n}}'
    for written in (1, 2, 3, 50, len(first) - 1):
        file.path.write_bytes(empty[:-3] + first[:written])
        assert mend(file.path) is not None
        assert file.path.read_bytes() in (empty, empty[:-3] + first)


def test_a_file_is_not_mended_under_its_writer(tmp_path: Path) -> None:
    with new_file(tmp_path, events=2) as file:
        torn_at(file.path, 20, ["hello"])
        torn = file.path.read_bytes()
        assert mend(file.path) is None
        assert file.path.read_bytes() == torn


def test_an_old_tail_that_a_loss_of_power_left_in_the_middle_is_where_the_file_ends(tmp_path: Path) -> None:
    with new_file(tmp_path, events=2) as file:
        before = file.path.read_bytes()
        file.commit([note(3), note(4), note(5)])
    after = file.path.read_bytes()
    file.path.write_bytes(before + after[len(before) :])
    assert mend(file.path) == Repair(cut=len(after) - len(before) + 3, events=2)
    assert file.path.read_bytes() == before


def test_blocks_that_a_loss_of_power_left_empty_at_the_end_are_cut(tmp_path: Path) -> None:
    with new_file(tmp_path, events=2) as file:
        before = file.path.read_bytes()
    file.path.write_bytes(before[:-3] + b",\n" + bytes(4000) + b'"}\n}}')
    assert mend(file.path) is not None
    assert file.path.read_bytes() == before


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: b"\0" * len(data),
        lambda data: b"not a session at all",
        lambda data: b"[1, 2]",
        lambda data: b'{"_default": {}}',
        lambda data: data[:60],
        lambda data: data[:40] + b"\xff\xfe" + data[42:],
        lambda data: data.replace(b'"seq":3', b'"seq":!'),
        lambda data: data.replace(b'"seq":5', b'"seq":!'),
        lambda data: data.replace(b'"3": {"type"', b'"3":\0{"type"'),
    ],
    ids=["empty", "zeros", "text", "list", "foreign", "cut in the head", "head", "middle", "last", "zero within"],
)
def test_a_file_broken_in_another_way_is_moved_aside_unchanged(tmp_path: Path, damage: object) -> None:
    with new_file(tmp_path, events=5) as file:
        pass
    assert callable(damage)
    broken = damage(file.path.read_bytes())
    for number in (1, 2):
        file.path.write_bytes(broken)
        aside = file.path.with_name(f"{file.path.name}.damaged-{number}")
        with pytest.raises(DamagedSession, match=f"moved unchanged to .*damaged-{number}") as caught:
            SessionFile.open(file.path)
        assert caught.value.moved_to == aside
        assert aside.read_bytes() == broken
        assert not file.path.exists()


def test_a_half_written_replacement_is_removed_by_the_next_opening(tmp_path: Path) -> None:
    with new_file(tmp_path, events=2) as file:
        pass
    new_path(file.path).write_bytes(file.path.read_bytes()[:100])
    with SessionFile.open(file.path) as again:
        assert again.repair is None
    assert not new_path(file.path).exists()


class AnyLife(RuleBasedStateMachine):
    """Appends, scripts with stock TinyDB, closings and kills in any order keep the acknowledged events."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.file = new_file(Path(self.folder.name))
        self.path = self.file.path
        self.texts = [""]
        self.scripts: Counter[str] = Counter()

    @rule(texts=st.lists(st.text(max_size=30), min_size=1, max_size=4))
    def commit(self, texts: list[str]) -> None:
        first = len(self.texts) + 1
        self.file.commit([note(seq, text) for seq, text in enumerate(texts, start=first)])
        self.texts += texts

    @rule(table=st.sampled_from(["mine", "questions", "a", "é"]), text=st.text(max_size=10))
    def a_script_inserts_between_openings(self, table: str, text: str) -> None:
        self.file.close()
        with tinydb.TinyDB(self.path) as stock:
            stock.table(table).insert({"text": text})
        self.scripts[table] += 1
        self.file = SessionFile.open(self.path)
        assert self.file.repair is None

    @rule()
    def derived_tables_are_written(self) -> None:
        assert self.file.close_session(1, {"answers": [{"text": text} for text in self.texts]})

    @rule(texts=st.lists(st.text(max_size=30), min_size=1, max_size=3), part=st.floats(0, 1))
    def killed_while_appending(self, texts: list[str], part: float) -> None:
        self.file.close()
        length = len(layout.appended([(len(self.texts) + 1, b"{}")], first=False)) + 60
        torn_at(self.path, round(part * length), texts)
        self.file = SessionFile.open(self.path)
        survived = last_seq(self.file) - len(self.texts)
        assert 0 <= survived <= len(texts)
        self.texts += texts[:survived]

    @invariant()
    def every_acknowledged_event_is_there(self) -> None:
        events = stock_events(self.path)
        assert [event.get("text", "") for event in events] == self.texts
        assert seqs(read_events(self.path)) == seqs(events)
        assert read_head(self.path).events == durable_seq(self.file) == len(events)
        assert list(tinydb.TinyDB(self.path, access_mode="r").storage.read() or {})[-1] == "events"

    @invariant()
    def what_scripts_wrote_into_tables_of_their_own_is_there(self) -> None:
        with tinydb.TinyDB(self.path, access_mode="r") as stock:
            for table in ("mine", "a", "é"):
                assert len(stock.table(table)) == self.scripts[table]

    def teardown(self) -> None:
        self.file.close()
        self.folder.cleanup()


TestAnyLife = AnyLife.TestCase
TestAnyLife.settings = settings(max_examples=examples(40), stateful_step_count=12, deadline=None)


def test_a_file_that_is_no_session_file_by_its_name_is_refused_and_stays(tmp_path: Path) -> None:
    plan = tmp_path / "stations.toml"
    plan.write_text('title = "Stations that work"')
    with pytest.raises(DamagedSession) as caught:
        SessionFile.open(plan)
    assert caught.value.moved_to is None
    assert plan.read_text() == 'title = "Stations that work"'
    assert list(tmp_path.iterdir()) == [plan], "no lock is left beside it"


def test_a_look_mends_a_tear_but_moves_nothing_aside(tmp_path: Path) -> None:
    with new_file(tmp_path, events=5) as file:
        pass
    broken = file.path.read_bytes().replace(b'"seq":3', b'"seq":!')
    file.path.write_bytes(broken)
    with pytest.raises(DamagedSession) as caught:
        mend(file.path)
    assert caught.value.moved_to is None
    assert file.path.read_bytes() == broken
