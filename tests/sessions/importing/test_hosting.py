"""Who hosted a chat of an archive, which posts are its questions, and when it began."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from sessions.core.evolve import fold
from sessions.importing import Archive, NotInFile, Wanted, read_archive, save
from sessions.importing.detecting import Detected
from sessions.importing.per_chat import given_question
from sessions.library.library import Library
from sessions.library.storage.reading import read_events
from tests.sessions.importing.archives import read, table

JUDGED = Path(__file__).parent / "judged"

Row = tuple[str, str, str]
"""Clock time, handle, words."""


def of(name: str, **wanted: object) -> Archive:
    """What is understood of a file beside this one."""
    found = read_archive(JUDGED / f"{name}.csv", Wanted(**{"zone": "UTC", **wanted}))  # type: ignore[arg-type]
    assert isinstance(found, Archive)
    return found


def chat_of(tmp_path: Path, rows: Sequence[Row], **wanted: object) -> Detected:
    """The one chat of these posts, all of one evening."""
    found = [(f"2024-01-01 {clock}:00", handle, f"{words} #lunchchat") for clock, handle, words in rows]
    (chat,) = read(tmp_path / "chat.csv", table(found, ("created_at", "username", "text")), **wanted).chats
    return chat


def hosts(chat: Detected) -> list[str]:
    return [handle.removeprefix("x:") for host in chat.plan.hosts for handle in host.handles]


def questions(chat: Detected) -> list[str]:
    return [f"{question.label} {question.text}" for question in chat.plan.questions]


def answers(label: int, hour: int, minute: int, *people: str) -> list[Row]:
    """An answer of each of these people, a minute apart."""
    return [(f"{hour}:{minute + n:02}", who, f"A{label} thought of {who}") for n, who in enumerate(people)]


LABS, HELP, TRY = "What makes a good lab day?", "Who helps you when it goes wrong?", "What will you try tomorrow?"
ALL = [f"1 {LABS}", f"2 {HELP}", f"3 {TRY}"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("native-retweets", ["hana"]),
        ("second-host-asks-once", ["hana", "piet"]),
        ("heads-ups", ["hana"]),
        ("series-14", ["hana"]),
    ],
)
def test_hosts_are_those_who_put_questions_first(name: str, expected: list[str], tmp_path: Path) -> None:
    archive = of(name)
    (chat,) = archive.chats
    assert hosts(chat) == expected
    assert questions(chat) == ALL
    assert (f"{chat.plan.starts:%H:%M}", chat.unasked) == ("20:00", ())
    (outcome,) = save([archive], Library(tmp_path))
    assert outcome.filed == outcome.answers
    assert outcome.file is not None
    state = fold(read_events(outcome.file))
    assert [state.tally[question] for question in state.order] == [outcome.answers // 3] * 3


def test_a_question_is_shared_at_the_same_minute(tmp_path: Path) -> None:
    rows = [
        ("20:05", "ana", f"Q1 {LABS}"),  # above its original in a file that knows minutes only
        ("20:05", "hana", f"Q1 {LABS}"),
        ("20:15", "hana", f"Q2 {HELP}"),
        ("20:25", "hana", f"Q3 {TRY}"),
    ]
    assert hosts(chat_of(tmp_path, rows)) == ["hana"]


@pytest.mark.parametrize(
    "shared", [f"Q1 {LABS} #edchat", f"Q1: {LABS} join us!", f"Q1 {LABS} via @hana", f"Q1 {LABS.upper()}"]
)
def test_sharing_with_a_word_more_makes_no_host(tmp_path: Path, shared: str) -> None:
    rows = [
        ("20:05", "hana", f"Q1 {LABS}"),
        ("20:07", "ana", shared),
        *answers(1, 20, 8, "ben", "cleo", "dev"),
        ("20:15", "hana", f"Q2 {HELP}"),
        ("20:16", "ana", f"Q2 {HELP}"),
    ]
    assert hosts(chat_of(tmp_path, rows)) == ["hana"]


def test_whoever_shares_a_question_that_is_not_in_the_file_is_no_host_but_it_is_one(tmp_path: Path) -> None:
    rows = [
        ("20:05", "hana", f"Q1 {LABS}"),
        ("20:07", "ana", f"Q1 {LABS}"),
        ("20:15", "hana", f"Q2 {HELP}"),
        ("20:16", "ana", f"Q2 {HELP}"),
        ("20:25", "ana", f"Q3 {TRY}"),
        *answers(3, 20, 26, "ben", "cleo", "dev"),
    ]
    chat = chat_of(tmp_path, rows)
    assert (hosts(chat), questions(chat)) == (["hana"], ALL)


def test_answers_that_begin_with_q_by_a_slip_make_no_host(tmp_path: Path) -> None:
    rows = [
        ("20:05", "hana", f"Q1 {LABS}"),
        ("20:06", "slip", "Q1 one with a red carpet"),
        ("20:15", "hana", f"Q2 {HELP}"),
        ("20:16", "slip", "Q2 my neighbour down the hall"),
        ("20:20", "slip", "Q4 with a drum"),
    ]
    chat = chat_of(tmp_path, rows)
    assert (hosts(chat), questions(chat)) == (["hana"], ALL[:2])


@pytest.mark.parametrize(
    "words",
    ["Q2 on deck!", "Q2 is on the horizon", "Q2 loading...", "Q2 at 8:15", "Q2 is almost here", "Q2 heading your way!",
     "Q2: brace yourselves", "Q2 dropping soon"],
)  # fmt: skip
@pytest.mark.parametrize("asked", [HELP, "Share who helps you when all goes wrong"])
def test_what_announces_a_question_is_none(tmp_path: Path, words: str, asked: str) -> None:
    rows = [
        ("20:05", "hana", f"Q1 {LABS}"),
        ("20:14", "hana", words),
        ("20:15", "hana", f"Q2 {asked}"),
        *answers(2, 20, 16, "ben", "cleo"),
    ]
    assert questions(chat_of(tmp_path, rows)) == [f"1 {LABS}", f"2 {asked}"]


def test_a_host_who_asks_once_more_changes_no_question(tmp_path: Path) -> None:
    rows = [
        ("20:05", "hana", "Q1 Tell us of your lab days"),
        *answers(1, 20, 6, "ben", "cleo"),
        ("20:12", "hana", "Q1 anybody else?"),
        ("20:15", "hana", f"Q2 {HELP}"),
    ]
    chat = chat_of(tmp_path, rows)
    assert questions(chat)[0] == "1 Tell us of your lab days"
    assert chat.plan.introductions == 5


def test_the_first_question_is_not_in_the_file(tmp_path: Path) -> None:
    (chat,) = of("first-question-late").chats
    assert (hosts(chat), questions(chat)) == (["hana"], ALL[1:])
    assert (f"{chat.plan.starts:%H:%M}", chat.plan.minutes) == ("20:00", 60)
    assert [(one.label, one.answers, one.people) for one in chat.unasked] == [("1", 5, 5)]


@pytest.mark.parametrize(
    "option", [f"Q1 {LABS}", f"q1: {LABS}", f"2024-01-01=Q1 {LABS}", f"2024-01-01 20:00=Q1 {LABS}"]
)
def test_a_question_that_nobody_put_is_given_a_text(tmp_path: Path, option: str) -> None:
    archive = of("first-question-late", questions=(option,))
    (chat,) = archive.chats
    assert (questions(chat), chat.unasked, chat.plan.introductions) == (ALL, (), 9)
    (outcome,) = save([archive], Library(tmp_path))
    assert (outcome.answers, outcome.filed) == (15, 15)
    assert outcome.file is not None
    state = fold(read_events(outcome.file))
    assert [state.question_state(question) for question in state.order] == ["closed"] * 3


def test_a_question_that_was_put_is_given_another_text() -> None:
    (chat,) = of("heads-ups", questions=("Q2 What was in the picture?",)).chats
    assert questions(chat)[1] == "2 What was in the picture?"


@pytest.mark.parametrize("option", ["What?", "A1 What?", "Q1", "Q1 #lunchchat", "Q1 Q2 and so on"])
def test_what_is_no_question_is_refused(option: str) -> None:
    with pytest.raises(ValueError, match="--question"):
        given_question(option)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"questions": ("Q9 What?",)}, "--question Q9 is answered by nobody there"),
        ({"questions": ("2024-01-02=Q1 What?",)}, "2024-01-02=Q1 names no chat of it; they are: 2024-01-01 20:00"),
        ({"hosts": ("2024-01-02=hana",)}, "--host 2024-01-02=hana names no chat of it"),
        ({"hosts": ("2024-01-01=zoe",)}, "--host 2024-01-01=zoe never posts there"),
    ],
)
def test_what_is_said_of_no_chat_is_told(wanted: dict[str, object], words: str) -> None:
    with pytest.raises(NotInFile, match=words):
        of("first-question-late", **wanted)


def test_a_host_of_one_chat(tmp_path: Path) -> None:
    rows = "".join((JUDGED / f"series-{week}.csv").read_text().partition("\n")[2] for week in ("00", "07"))
    content = f"created_at,username,text\n{rows}"
    first, second = read(tmp_path / "two.csv", content, hosts=("2024-01-08=@ana",)).chats
    assert (hosts(first), hosts(second)) == (["hana"], ["ana"])


@pytest.mark.parametrize(
    ("rows", "starts"),
    [
        ([("19:58", "hana", f"Q1 {LABS}"), ("20:08", "hana", f"Q2 {HELP}")], "20:00"),
        ([("19:40", "hana", "Join us soon"), ("19:58", "hana", f"Q1 {LABS}"), ("20:08", "hana", f"Q2 {HELP}")],
         "20:00"),
        ([("20:02", "hana", f"Q1 {LABS}"), ("20:08", "hana", f"Q2 {HELP}")], "20:00"),
        ([("20:00", "hana", "Welcome"), ("20:29", "hana", f"Q1 {LABS}"), ("20:40", "hana", f"Q2 {HELP}")], "20:00"),
        ([("20:35", "hana", f"Q1 {LABS}"), ("20:40", "hana", f"Q2 {HELP}")], "20:30"),
        ([*[(f"20:{n:02}", who, "Hello from me") for n, who in enumerate(("ben", "cleo", "dev"), 10)],
          ("20:28", "hana", f"Q1 {LABS}"), ("20:40", "hana", f"Q2 {HELP}")], "20:00"),
    ],
)  # fmt: skip
def test_a_chat_begins_at_the_full_or_half_hour_before(tmp_path: Path, rows: list[Row], starts: str) -> None:
    chat = chat_of(tmp_path, rows)
    assert f"{chat.plan.starts:%H:%M}" == starts


def test_labels_that_few_answer_are_not_told(tmp_path: Path) -> None:
    rows = [("20:05", "hana", f"Q1 {LABS}"), ("20:15", "hana", f"Q2 {HELP}")]
    few = chat_of(tmp_path, [*rows, *answers(4, 20, 20, "ben", "cleo")])
    several = chat_of(tmp_path, [*rows, *answers(4, 20, 20, "ben", "cleo", "dev", "ben")])
    assert few.unasked == ()
    assert [(one.label, one.answers, one.people) for one in several.unasked] == [("4", 4, 3)]


def test_answers_without_letters_of_their_question_are_answers_to_all_its_parts(tmp_path: Path) -> None:
    rows = [("20:05", "hana", f"Q1a {LABS}"), ("20:15", "hana", f"Q1b {HELP}")]
    assert chat_of(tmp_path, [*rows, *answers(1, 20, 20, "ben", "cleo", "dev")]).unasked == ()
