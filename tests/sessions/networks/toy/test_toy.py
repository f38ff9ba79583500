"""A network in a folder of its own and one row of the table: from then on everything knows it."""

import asyncio
import contextlib
import io
import json
import sys
import uuid
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from pathlib import Path

import pytest

from sessions.core.commands import Ask, BeginPosting, Close, Greet
from sessions.core.events import PostSeen
from sessions.core.evolve import evolve
from sessions.core.plan.networks import PlanNetwork
from sessions.core.plan.reading import PlanError, decode_plan
from sessions.core.plan.schedule import schedule, share_text
from sessions.core.plan.writing import new_plan_text
from sessions.core.posts import Author, Post
from sessions.core.state import SessionState
from sessions.hub.client.client import HubClient, HubRefused
from sessions.hub.client.invite import Invite
from sessions.hub.client.updates import Events
from sessions.library.library import Library
from sessions.library.people import read_people
from sessions.networks.account import InMemorySignIns, Secret
from sessions.networks.accounts.store import AccountStore
from sessions.networks.registry import NETWORKS
from sessions.publishing.sender import PostSender, Sent, new_key
from tests.paths import ROOT
from tests.sessions.core.building import Chat, a_plan
from tests.sessions.hub.live import Patient
from tests.sessions.networks.toy.network import TOY
from tests.sessions.networks.toy.server import TOKEN, WORD, ToyServer, toy_server
from tests.waiting import patience
from tui.cli import run
from tui.desk.accounts import DeskAccounts
from tui.desk.actions.publishing.hub_commands import HubCommands
from tui.desk.model.posting import postables, targets, why_not
from tui.desk.sign_in_lender import SignInLender

Captured = pytest.CaptureFixture[str]

PLAN = """\
title = "Toys"
hashtags = ["toychat"]
starts = 2026-12-01T19:00:00
timezone = "America/Chicago"
sources = ["{source}"]
[[hosts]]
name = "Ana"
handles = ["toy:ana.toy"]
[[questions]]
text = "What do you play with?"
"""


@pytest.fixture(autouse=True)
def row(monkeypatch: pytest.MonkeyPatch) -> None:
    """The row."""
    monkeypatch.setitem(NETWORKS, "toy", TOY)


@pytest.fixture
def server() -> Iterator[ToyServer]:
    with toy_server() as found:
        yield found


@pytest.fixture
def plan(server: ToyServer, tmp_path: Path) -> Path:
    """A plan that reads the server."""
    path = tmp_path / "toys.toml"
    path.write_text(PLAN.format(source=f"toy:{server.host}"), encoding="utf-8")
    return path


def sign_in(server: ToyServer, monkeypatch: pytest.MonkeyPatch, *options: str) -> int:
    """The exit code of `login`."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{WORD}\n"))
    return run(["login", "toy", server.host, *options])


def signed_in() -> AccountStore:
    """The accounts of this computer."""
    store = AccountStore()
    store.load()
    return store


def test_a_plan_knows_it_and_how_much_it_takes() -> None:
    known: PlanNetwork = TOY
    plan = decode_plan(PLAN.format(source="toy:toy.example").replace("play with?", "play " + "a" * 300), NETWORKS)
    assert known.example in new_plan_text(NETWORKS, now=plan.starts.astimezone(), timezone="UTC")
    assert "(300 letters on toy): Q1." in "\n".join(schedule(plan, NETWORKS).warnings)
    assert "Where: #toychat on Toy Town" in share_text(plan, NETWORKS)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("toy", 'toy needs the name of its server, such as "toy:toy.example", got "toy"'),
        ("plaything", '"plaything" is no source of posts: did you mean toy?'),
        ("friendster", '"friendster" is no source of posts: it can be practice, mastodon, bluesky, x, hook, toy'),
    ],
)
def test_a_plan_that_names_it_wrongly_is_told_so(source: str, words: str) -> None:
    with pytest.raises(PlanError) as told:
        decode_plan(PLAN.format(source=source), NETWORKS)
    assert told.value.message == words


def test_login_check_doctor_and_logout(
    server: ToyServer, plan: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = f"toy:{server.host}"
    assert run(["check", str(plan)]) == 0
    assert f"{source}: not read before `lunchroom login toy {server.host}`" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO("wrong\n"))
    assert run(["login", "toy", server.host]) == 1
    assert "That is not the word." in capsys.readouterr().err
    assert run(["login", "toy"]) == 2
    assert "Which server? Such as: lunchroom login toy toy.example" in capsys.readouterr().err
    assert sign_in(server, monkeypatch, "--posting") == 0
    assert "Signed in: @ana.toy." in capsys.readouterr().err
    assert run(["login", "toy", server.host, "--no-posting"]) == 0
    assert "Lunchroom may no longer post as @ana.toy." in capsys.readouterr().err
    assert run(["login", "toy", server.host, "--posting"]) == 0
    capsys.readouterr()
    assert run(["check", str(plan)]) == 0
    told = capsys.readouterr().err
    assert f"{source}: read as @ana.toy; posts go out as @ana.toy." in told
    assert "A long post costs many marbles: Q1." in told
    assert run(["doctor", "--json"]) == 0
    found = {one["about"]: one["words"] for one in json.loads(capsys.readouterr().out)["findings"]}
    assert found[source] == "@ana.toy works, may post"
    server.tokens.clear()
    assert run(["doctor"]) == 1
    assert f"Sign in again: lunchroom login toy {server.host}" in capsys.readouterr().out
    assert run(["logout", "toy", server.host]) == 0
    assert f"{server.host} could not be asked to end the token. Do so there: the toy box." in capsys.readouterr().err
    assert signed_in().all() == ()


@contextlib.asynccontextmanager
async def a_hub(plan: Path, library: Path) -> AsyncGenerator[HubClient, None]:
    """`lunchroom serve` in a process of its own, with the row, and a seat at it."""
    command = [sys.executable, "-m", "tests.sessions.networks.toy", "serve", str(plan), "--json", "--library"]
    process = await asyncio.create_subprocess_exec(*command, str(library), cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    try:
        assert process.stdout is not None
        ready = json.loads(await process.stdout.readline())
        client = HubClient(Invite(ready["url"], ready["token"]), transport=Patient())
        await client.join("Ana")
        yield client
        await client.command(Close(id=uuid.uuid4().hex))
        await client.aclose()
        assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def heard(client: HubClient, wanted: Callable[[SessionState], object]) -> None:
    """Return once that holds for the chat."""
    state = SessionState()
    async with patience(), aclosing(client.follow()) as updates:
        async for update in updates:
            for event in update.events if isinstance(update, Events) else ():
                evolve(state, event)
            if wanted(state):
                return


def signed_out(state: SessionState) -> bool:
    """Whether the chat's only source cannot read."""
    return any(source.status.startswith("signed out") for source in state.sources.values())


async def _at_once(_seq: int) -> None:
    """No desk folds these events."""


async def test_a_chat_is_hosted_posted_to_greeted_lent_to_and_told_in_a_recap(
    server: ToyServer, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    library = tmp_path / "chats"
    async with a_hub(plan, library) as client:
        server.post("tom", "Hello, I am new here #toychat")
        await heard(client, signed_out)
        server.tokens.add(TOKEN)
        read = decode_plan(PLAN.format(source=f"toy:{server.host}"), NETWORKS)
        elsewhere = TOY.account("toy", server.host, "toy:eva", "eva.toy", secret=Secret(TOKEN))
        lender = SignInLender(client, InMemorySignIns([elsewhere]))
        (account,) = await lender.accounts(read)
        assert (await lender.lend(account)).source == f"toy:{server.host}"
        await heard(client, lambda state: len(state.posts) == 1)

        monkeypatch.setattr("sys.stdin", io.StringIO(f"{WORD}\n"))
        assert await asyncio.to_thread(run, ["login", "toy", server.host, "--posting"]) == 0
        store = signed_in()
        accounts = DeskAccounts(store)
        (posting,) = accounts.posting(read)
        await client.command(Ask(id=uuid.uuid4().hex, question="q1", seen=None))
        begin = BeginPosting(
            id=uuid.uuid4().hex, key=new_key(), source=posting.posts_to, account=posting.handle,
            purpose="question", subject="q1", text="Q1: What do you play with? #toychat",
        )  # fmt: skip
        sender = PostSender(HubCommands(client, str, _at_once), dict, now=lambda: 0)
        sent = await sender.post(begin, accounts.poster(posting))
        assert isinstance(sent, Sent)
        assert sent.noted
        assert server.posts[-1]["text"] == "Q1: What do you play with? #toychat"
        await heard(client, lambda state: len(state.posts) == 2)
        server.post("tom", "A1: trains, see https://toy.example/eva and https://blocks.example #toychat")
        await heard(client, lambda state: len(state.posts) == 3)
        await client.command(Greet(id=uuid.uuid4().hex, person="toy:tom"))
        await accounts.aclose()
    (saved,) = Library(library).saved_chats()
    capsys.readouterr()
    assert run(["recap", saved.id, "--library", str(library), "--format", "markdown"]) == 0
    named = capsys.readouterr().out
    assert run(["recap", saved.id, "--library", str(library), "--format", "markdown", "--anonymous"]) == 0
    anonymous = capsys.readouterr().out
    assert "toy.example/eva" in named
    assert "toy.example/eva" not in anonymous
    assert "trains, see (link to somebody" in anonymous
    assert "blocks.example" in named
    assert "blocks.example" in anonymous


async def test_what_a_hub_may_not_read_with_is_turned_away(server: ToyServer, plan: Path, tmp_path: Path) -> None:
    async with a_hub(plan, tmp_path / "chats") as client:
        for account, words in (
            (NETWORKS["toy"].account("friendster", server.host), "Only mastodon, bluesky, the app of x and toy can be"),
            (NETWORKS["toy"].account("toy", server.host), "There is no token in it."),
        ):
            with pytest.raises(HubRefused, match=words):
                await client.lend(account)


def test_the_desk_counts_prices_and_greets_there() -> None:
    chat = Chat(a_plan(sources=("toy:toy.example",)))
    tom = Author("toy:tom", "tom.toy", "Tom")
    chat.hear(PostSeen, post=Post("toy:1", tom, "Hello", chat.at), kind="introduction", filed=None, newcomer=True)
    assert _greeting(chat.state, "toy:tom").startswith("@tom.toy Welcome")
    assert "`lunchroom login toy toy.example`" in why_not(chat.state, ["toy"], [])


def _greeting(state: SessionState, person: str) -> str:
    account = TOY.account("toy", "toy.example", "toy:ana", "ana.toy", posts=True)
    greeting = next(one for one in postables(state, person) if one.draft.purpose == "greeting")
    (target,) = targets(state, greeting, [(account, TOY.posting.rules)], "Ana")
    assert target.words("three short words") == "283 letters left · costs 3 marbles"
    return greeting.draft.text


def test_a_list_of_people_and_an_archive_know_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("LUNCHROOM_LIBRARY", str(tmp_path / "chats"))
    archive = tmp_path / "toys.csv"
    lines = (f"2026-01-20T20:0{at}:00Z,{who}.toy,{text}\r\n" for at, (who, text) in enumerate(SAID))
    archive.write_text("created_at,handle,text\r\n" + "".join(lines), encoding="utf-8")
    assert run(["import", str(archive), "--zone", "UTC"]) == 0
    capsys.readouterr()
    teachers = tmp_path / "teachers.csv"
    teachers.write_text(
        "Toy handle,School\nhttps://toy.example/eva.toy,North\ntoy:tom.toy,South\n"
        "friendster:bo,East\nhttps://friendster.example/bo,East\n",
        encoding="utf-8",
    )
    assert run(["people", "import", str(teachers), "--yes"]) == 0
    told = capsys.readouterr().err
    assert 'Line 4: "friendster:bo" names a network that is not known' in told
    assert 'Line 5: "https://friendster.example/bo" is no page of somebody on a network that is known' in told
    people = read_people(tmp_path / "chats")
    assert (people.find("toy:eva.toy").school, people.find("toy:tom.toy").school) == ("North", "South")
    assert people.find("toy:tom.toy").sessions == 1


SAID = (
    ("ana", "Q1: What do you play with? #toychat"),
    ("tom", "A1: trains #toychat"),
    ("eva", "A1: blocks #toychat"),
    ("ana", "Q2: Where? #toychat"),
    ("tom", "A2: outside #toychat"),
    ("eva", "A2: inside #toychat"),
)


@pytest.mark.parametrize(
    "argv",
    [
        ["login", "friendster"],
        ["logout", "friendster"],
        ["import", "toys.csv", "--network", "friendster"],
        ["serve", "toys.toml", "--source", "friendster"],
        ["check", "wrong.toml"],
    ],
)
def test_an_unknown_network_is_one_line_that_names_those_there_are(
    argv: list[str], plan: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(plan.parent)
    Path("wrong.toml").write_text(PLAN.format(source="friendster"), encoding="utf-8")
    Path("toys.csv").write_text("created_at,handle,text\r\n", encoding="utf-8")
    assert run(argv) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "friendster" in line
    assert all(name in line for name in NETWORKS)


@pytest.mark.parametrize("command", ["login", "logout", "import"])
def test_the_help_names_all_networks(command: str, capsys: Captured) -> None:
    assert run([command, "--help"]) == 0
    assert f"{', '.join(NETWORKS)}." in " ".join(capsys.readouterr().out.split())


def test_an_account_of_a_network_that_is_not_known_is_told_and_nothing_else_suffers(
    server: ToyServer, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after going back to an older version."""
    assert sign_in(server, monkeypatch) == 0
    monkeypatch.delitem(NETWORKS, "toy")
    capsys.readouterr()
    assert run(["doctor"]) == 1
    told = capsys.readouterr().out
    assert "NOT toy token: the token is in" in told
    assert '"toy" is no network that Lunchroom knows: it can be mastodon, bluesky, x' in told
