"""What kind of chat it was: hashtag, hosts, questions, when it started and how long it was."""

import datetime
import json
from itertools import pairwise
from pathlib import Path

import pytest

from tests.paths import TESTS
from tests.sessions.importing.archives import COLUMNS, entries, plain, read, table

CHATS = TESTS / "chats"


@pytest.mark.parametrize(
    ("name", "tag", "starts", "hosts", "questions"),
    [
        ("lthechat-on", "LTHEchat", "2016-01-20 20:00", ["x:LanternHEchat"], 6),
        ("lthechat-45", "LTHEchat", "2016-02-03 20:00", ["x:LanternHEchat"], 6),
        ("guildchat-readdress-the-lms", "GuildChat", "2016-04-08 18:00", ["x:HarbourGuild"], 8),
        ("byod4lchat-curating", "BYOD4Lchat", "2014-07-16 19:00", ["x:tansyworth69"], 5),
        ("pstweetchat-2021-09-03", "PSTweetChat", "2021-09-03 17:00", [], 0),
    ],
)
def test_recorded_chats(name: str, tag: str, starts: str, hosts: list[str], questions: int, tmp_path: Path) -> None:
    found = read(tmp_path / "chat.jsonl", (CHATS / f"{name}.jsonl").read_bytes())
    (chat,) = found.chats
    plan = chat.plan
    assert (plan.hashtags, f"{plan.starts:%Y-%m-%d %H:%M}", plan.minutes) == ((tag,), starts, 60)
    assert [handle for host in plan.hosts for handle in host.handles] == hosts
    assert [question.label for question in plan.questions] == [str(n + 1) for n in range(questions)]


def test_the_questions_of_a_recorded_chat_are_those_a_person_found(tmp_path: Path) -> None:
    found = read(tmp_path / "chat.jsonl", (CHATS / "lthechat-on.jsonl").read_bytes())
    (chat,) = found.chats
    lines = (CHATS / "lthechat-on.questions.tsv").read_text(encoding="utf-8").splitlines()[1:]
    ids = {line["seq"]: line["id"] for line in map(json.loads, (CHATS / "lthechat-on.jsonl").read_text().splitlines())}
    gold = {f"x:{ids[int(line.split(chr(9))[1])]}": f"q{line.split(chr(9))[0]}" for line in lines}
    assert chat.asks == gold
    texts = [line.split("\t")[4].removeprefix(f"Q{n} ").removesuffix(" #LTHEchat") for n, line in enumerate(lines, 1)]
    assert [question.text for question in chat.plan.questions] == texts


def test_questions_are_as_long_as_they_were_open(tmp_path: Path) -> None:
    (chat,) = read(tmp_path / "chat.csv", table(plain(entries()), COLUMNS)).chats
    times = [at for at, handle, words, _ in entries() if handle == "AnaHost" and words.startswith("Q")]
    real = [(after - before).total_seconds() for before, after in pairwise(times)]
    assert [question.seconds for question in chat.plan.questions[:2]] == pytest.approx(real, abs=1)
    assert chat.plan.introductions == pytest.approx((times[0] - entries()[0][0]).total_seconds() / 60, abs=0.02)


def test_the_plan_is_in_the_zone_of_the_chat(tmp_path: Path) -> None:
    (chat,) = read(tmp_path / "chat.csv", table(plain(entries()), COLUMNS), zone="America/Chicago").chats
    assert chat.plan.starts == datetime.datetime(2016, 1, 20, 14)  # noqa: DTZ001 - a wall time
    assert chat.plan.starts_at == int(entries()[0][0].timestamp() * 1000)


def test_somebody_who_types_q_by_mistake_or_passes_questions_on_is_no_host(tmp_path: Path) -> None:
    rows = plain(entries())
    at = rows[-1][1]
    rows += [
        ("90", at, "slip", "Q1 mine has a red carpet #stationchat"),
        ("91", at, "slip", "Q2 with a drum #stationchat"),
        ("92", at, "fan", "RT @AnaHost: Q1 What does the first station in your room look like? #stationchat"),
        ("93", at, "fan", "RT @AnaHost: Q2 How do you change stations? #stationchat"),
    ]
    (chat,) = read(tmp_path / "chat.csv", table(rows, COLUMNS)).chats
    assert [host.name for host in chat.plan.hosts] == ["@AnaHost"]


def test_two_accounts_that_ask_the_same_are_both_hosts(tmp_path: Path) -> None:
    rows = plain(entries())
    again = [(f"9{n}", row[1], "StationChat", row[3]) for n, row in enumerate(rows) if row[3].startswith("Q")]
    (chat,) = read(tmp_path / "chat.csv", table(rows + again, COLUMNS)).chats
    assert [host.name for host in chat.plan.hosts] == ["@AnaHost", "@StationChat"]
    assert len(chat.plan.questions) == 3


def test_what_the_user_says_goes_first(tmp_path: Path) -> None:
    (chat,) = read(
        tmp_path / "chat.csv", table(plain(entries()), COLUMNS), hosts=("@TOMK",), hashtags=("Other",), series="ours",
        title="Our own title",
    ).chats  # fmt: skip
    plan = chat.plan
    assert ([host.name for host in plan.hosts], plan.questions) == (["@tomk"], ())
    assert (plan.title, plan.hashtags, plan.series) == ("Our own title", ("Other",), "ours")
