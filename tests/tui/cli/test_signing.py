"""`login`, `logout` and `doctor` as their users meet them, against a server on this computer."""

import datetime
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from sessions.networks.account import Secret, ServerAccount
from sessions.networks.accounts.store import AccountStore
from tests.sessions.library.building import new_file
from tests.tui.cli.networks import APP_PASSWORD, CODE, GIVEN, PASTED, SECRETS, Network, network
from tests.waiting import PATIENCE
from tui.cli import run
from tui.shell.away_config import config_path

BROWSER = "import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1], timeout=60).read())"
"""The browser of somebody who agrees at once: it follows the server back to the terminal's own page."""


@pytest.fixture
def server() -> Iterator[Network]:
    """Mastodon and Bluesky, on this computer."""
    with network() as found:
        yield found


class Typed(io.StringIO):
    """What is sent to the program, with nobody at a terminal."""


def lunchroom(monkeypatch: pytest.MonkeyPatch, *argv: str, typed: str = "") -> int:
    """The exit code, with these lines sent to it."""
    monkeypatch.setattr("sys.stdin", Typed(typed))
    return run([*argv])


def accounts() -> AccountStore:
    """The accounts as another program finds them."""
    store = AccountStore()
    store.load()
    return store


def silent(capsys: pytest.CaptureFixture[str]) -> str:
    """What was said, which holds no secret."""
    said = capsys.readouterr()
    assert not [secret for secret in SECRETS if secret in said.out + said.err], said
    assert "Traceback" not in said.err
    assert said.out == "" or said.out.startswith(("ok", "NOT", "{"))
    return said.out + said.err


def in_process(server: Network, *argv: str, browser: bool = True) -> "subprocess.Popen[str]":
    """The command in a process of its own, whose browser belongs to somebody who agrees at once."""
    script = f'{sys.executable} -c "{BROWSER}" %s' if browser else "false"
    env = {**os.environ, "BROWSER": script}
    return subprocess.Popen(
        [sys.executable, "-m", "tui", *argv],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_signing_in_in_the_browser(server: Network) -> None:
    said, messages = in_process(server, "login", "mastodon", f"http://{server.host}/", "--posting").communicate(
        timeout=PATIENCE
    )
    account = accounts().find(f"mastodon:{server.host}")
    assert account is not None, messages
    assert (account.handle, account.posts) == (f"ana@{server.host}", True)
    assert account.secret == Secret(GIVEN, client_id="app-id", client_secret="app-s3cret")
    assert f"Signed in: @ana@{server.host}." in messages
    assert "This system has no keyring: the token goes into a file" in messages
    assert not [secret for secret in SECRETS if secret in said + messages]


def test_who_does_not_agree_in_the_browser_is_not_signed_in(server: Network) -> None:
    server.refuses = True
    process = in_process(server, "login", "mastodon", server.host)
    _, messages = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert messages.endswith("The sign-in was not agreed to in the browser: access_denied.\n")
    assert accounts().known() == ()


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT can be sent to one process there")
def test_ctrl_c_while_the_browser_is_waited_for_leaves_nothing(server: Network) -> None:
    process = in_process(server, "login", "mastodon", server.host, browser=False)
    assert process.stderr is not None
    for line in process.stderr:
        if "oauth/authorize" in line:
            break
    process.send_signal(signal.SIGINT)
    _, messages = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert messages == "Stopped.\n"
    assert accounts().known() == ()


def test_a_code_is_carried_over_where_the_browser_is_elsewhere(
    server: Network, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lunchroom(monkeypatch, "login", "mastodon", server.host, "--code", typed=f"{CODE}\n") == 0
    assert "urn%3Aietf%3Awg%3Aoauth%3A2.0%3Aoob" in silent(capsys)
    account = accounts().find(f"mastodon:{server.host}")
    assert account is not None
    assert account.secret.token == GIVEN
    assert not account.posts
    assert lunchroom(monkeypatch, "login", "mastodon", server.host, "--code", typed="wrong-c0de\n") == 1
    assert f"{server.host} refuses: invalid_grant." in silent(capsys)


def test_a_token_is_pasted_and_posting_is_switched_later(
    server: Network, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = f"mastodon:{server.host}"
    assert lunchroom(monkeypatch, "login", "mastodon", server.host, "--token", typed=f" {PASTED} \n") == 0
    assert "Lunchroom only reads. To let it post as you: lunchroom login mastodon" in silent(capsys)
    for option, posts in (("--posting", True), ("--no-posting", False)):
        assert lunchroom(monkeypatch, "login", "mastodon", server.host, option) == 0
        found = accounts().find(source)
        assert found is not None
        assert found.posts == posts
    assert f"no longer post as @ana@{server.host}" in silent(capsys)


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ("", 2, "Nobody is here to answer"),
        ("two words\n", 1, "That is no token"),
        ("t0ken-that-is-wrong\n", 1, "does not know this token. Copy it again"),
    ],
)
def test_what_is_no_token_changes_nothing(
    server: Network,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    typed: str,
    code: int,
    words: str,
) -> None:
    assert lunchroom(monkeypatch, "login", "mastodon", server.host, "--token", typed=typed) == code
    assert words in silent(capsys).splitlines()[-1]
    assert accounts().known() == ()


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("login", "mastodon"), "Which server?"),
        (("login", "x", "x.com"), "X has no servers to choose from"),
        (("login", "bluesky", "--token"), "--token and --code are for Mastodon."),
        (("login", "friendster"), '"friendster" is no network that Lunchroom knows: it can be mastodon, bluesky, x'),
        (("login",), "Missing argument"),
    ],
)
def test_a_wrong_command_line_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], words: str
) -> None:
    assert lunchroom(monkeypatch, *argv) == 2
    assert words in silent(capsys)


def test_bluesky_takes_an_app_password_and_keeps_it_out_of_sight(
    server: Network, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = f"@ana.example.org\n{APP_PASSWORD}\n"
    assert lunchroom(monkeypatch, "login", "bluesky", server.host, "--posting", typed=typed) == 0
    assert "Signed in: @ana.example.org (bluesky)." in silent(capsys)
    found = accounts().find("bluesky")
    assert found is not None
    assert (found.id, found.posts, found.secret.password) == ("bluesky:did:plc:ana", True, APP_PASSWORD)
    assert lunchroom(monkeypatch, "logout", "bluesky") == 0
    assert "The network has ended the token, too." in silent(capsys)
    assert server.revoked == ["t0ken-for-refreshing"]


def test_a_main_password_is_not_even_sent_unless_its_owner_insists(
    server: Network, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lunchroom(monkeypatch, "login", "bluesky", server.host, typed="ana.example.org\nmain password\n") == 1
    assert "Nothing was sent" in silent(capsys)
    assert server.paths == []


def test_the_code_that_bluesky_sends_by_e_mail_is_asked_for(
    server: Network, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    server.wants_code = True
    typed = f"ana.example.org\n{APP_PASSWORD}\ne-mail-c0de\n"
    assert lunchroom(monkeypatch, "login", "bluesky", server.host, typed=typed) == 0
    silent(capsys)
    assert accounts().find("bluesky") is not None


def test_x_says_first_what_it_costs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert lunchroom(monkeypatch, "login", "x") == 2
    said = silent(capsys)
    for words in ("developer portal", "prepaid credits", "$0.005", "$0.01", "$0.015", "$0.20", "lunchroom check"):
        assert words in said
    assert accounts().known() == ()


def test_signing_in_again_ends_the_token_before(
    server: Network, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old = ServerAccount("mastodon", server.host, secret=Secret("t0ken-old", client_id="a", client_secret="b"))
    accounts().save(old)
    assert lunchroom(monkeypatch, "login", "mastodon", server.host, "--token", typed=f"{PASTED}\n") == 0
    assert server.revoked == ["t0ken-old"]
    silent(capsys)


def test_a_sign_in_that_cannot_be_saved_is_given_back(
    server: Network, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = AccountStore().folder
    (folder / "tokens.json.new").mkdir(parents=True)
    assert lunchroom(monkeypatch, "login", "mastodon", server.host, "--code", typed=f"{CODE}\n") == 1
    assert "The sign-in cannot be saved" in silent(capsys)
    assert server.revoked == [GIVEN]
    assert accounts().known() == ()


# Signing out


def signed_in(server: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ana has signed in with a token that the server gave."""
    assert lunchroom(monkeypatch, "login", "mastodon", server.host, "--code", typed=f"{CODE}\n") == 0


def test_signing_out_ends_the_token_there_and_removes_it_here(
    server: Network, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    signed_in(server, monkeypatch)
    assert lunchroom(monkeypatch, "logout", "mastodon") == 0
    assert "The network has ended the token, too." in silent(capsys)
    assert server.revoked == [GIVEN]
    assert GIVEN not in "".join(path.read_text() for path in AccountStore().folder.iterdir())
    assert lunchroom(monkeypatch, "logout", "mastodon", server.host) == 1
    assert "Nobody is signed in" in silent(capsys)


def test_signing_out_works_offline_and_says_what_is_left_to_do(
    server: Network, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    signed_in(server, monkeypatch)
    server.down = True
    assert lunchroom(monkeypatch, "logout", "mastodon", server.host) == 0
    assert "could not be asked to end the token. Do so there: Preferences > Account > Authorized apps." in silent(
        capsys
    )
    assert accounts().known() == ()


def test_which_of_two_servers_is_asked(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for host in ("a.example", "b.example"):
        accounts().save(ServerAccount("mastodon", host, secret=Secret("t0ken-old")))
    assert lunchroom(monkeypatch, "logout", "mastodon") == 2
    assert "Which one? mastodon:a.example, mastodon:b.example" in silent(capsys)


# Doctor


def test_doctor_tells_what_works(
    server: Network, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    signed_in(server, monkeypatch)
    silent(capsys)
    assert lunchroom(monkeypatch, "doctor") == 0
    said = silent(capsys)
    assert f"ok  mastodon:{server.host}: @ana@{server.host} works, reads only" in said
    assert "the token is in a file that only you can read" in said
    assert "posts of 500 characters" in said
    assert "ok  library: 0 chats in" in said


def test_doctor_tells_programs_and_fails_where_something_does(
    server: Network, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    signed_in(server, monkeypatch)
    server.down = True
    capsys.readouterr()
    assert lunchroom(monkeypatch, "doctor", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert not told["ok"]
    found = {one["about"]: one for one in told["findings"]}
    assert not found[f"mastodon:{server.host}"]["ok"]
    assert found["library"]["ok"]


def test_doctor_without_accounts_and_network_is_content(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lunchroom(monkeypatch, "doctor") == 0
    assert "ok  sign-ins: nobody is signed in" in silent(capsys)


def test_doctor_lists_old_chats_and_deletes_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = new_file(tmp_path)  # of a day in 2025
    file.close()
    config = config_path()
    config.parent.mkdir(parents=True)
    for months, listed in ((1, True), (2_000, False)):
        config.write_text(f"keep_months = {months}\n")
        assert lunchroom(monkeypatch, "doctor", "--library", str(tmp_path)) == 0
        said = silent(capsys)
        assert "ok  library: 1 chat in" in said
        assert ("1 chat older than 1 month" in said) == listed
    assert file.path.exists()
    new_file(tmp_path, starts=datetime.datetime(2005, 12, 1, 19), keep_years=7).close()  # noqa: DTZ001 - a wall time
    config.write_text("keep_months = 1\nkeep_years = 95\n")
    assert lunchroom(monkeypatch, "doctor", "--library", str(tmp_path)) == 0
    said = silent(capsys)
    assert "older than 1 month" not in said, "years go before months"
    assert "1 chat kept for the years that the plan or keep_years asks for" in said, "the plan goes before the config"
    config.write_text("keep_years = -1\n")
    assert lunchroom(monkeypatch, "doctor", "--library", str(tmp_path)) == 1
    assert "NOT config: config.toml: keep_years must be a whole number" in silent(capsys)
    config.write_text('keep_months = "long"\n')
    assert lunchroom(monkeypatch, "doctor", "--library", str(tmp_path)) == 1
    assert "NOT config: config.toml: keep_months must be a number of months" in silent(capsys)


@pytest.mark.ordinary_user
@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such modes there")
def test_doctor_tells_a_library_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_path.chmod(0o500)
    assert lunchroom(monkeypatch, "doctor", "--library", str(tmp_path)) == 1
    assert f"NOT library: Chats cannot be saved in {tmp_path} (Permission denied)." in silent(capsys)


def test_doctor_tells_a_library_that_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "chats"
    file.write_text("")
    assert lunchroom(monkeypatch, "doctor", "--library", str(file)) == 1
    assert "NOT library:" in silent(capsys)


def test_a_list_of_accounts_that_is_damaged_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = AccountStore().folder
    folder.mkdir(parents=True)
    (folder / "accounts.json").write_text(msgspec.json.encode({"accounts": 3}).decode())
    assert lunchroom(monkeypatch, "doctor") == 1
    assert "accounts.json is damaged. Delete it and sign in again." in silent(capsys)
