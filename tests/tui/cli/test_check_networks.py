"""`lunchroom check` on the networks of a plan: who reads, who posts, and what a link costs, without asking any."""

import socket
from pathlib import Path

import pytest

from sessions.networks.account import Account, InMemorySignIns, Secret, ServerAccount
from sessions.networks.accounts.store import AccountStore
from sessions.networks.x.account import XAccount
from tests.sessions.core.building import a_plan
from tui.cli import run
from tui.cli.networks import account_lines

ANA = ServerAccount("mastodon", "a.example", "mastodon:1", "ana@a.example", posts=True)
SKY = Account("bluesky", "bsky.social", "bluesky:did:plc:1", "ana.example.org")
X_READS = XAccount("x", "api.x.com", secret=Secret(token="app"))
X_POSTS = XAccount("x", "api.x.com", "x:9", "ana", posts=True)

PLAN = """\
title = "Stations"
hashtags = ["navasotaisd"]
starts = 2026-12-01T19:00:00
timezone = "America/Chicago"
sources = ["mastodon:a.example", "bluesky", "x"]
[[hosts]]
name = "Ana"
handles = ["mastodon:ana@a.example"]
[[questions]]
text = "What is on https://example.org/stations?"
"""


def test_each_network_has_a_line_on_reading_and_posting() -> None:
    plan = a_plan(sources=("mastodon:a.example", "bluesky", "x"))
    assert list(account_lines(plan, InMemorySignIns([ANA, SKY, X_READS, X_POSTS]))) == [
        "mastodon:a.example: read as @ana@a.example; posts go out as @ana@a.example.",
        "bluesky: read as @ana.example.org (bluesky); posting as @ana.example.org (bluesky) is switched off.",
        "x: read with your app; posts go out as @ana (x).",
    ]
    assert list(account_lines(plan, InMemorySignIns())) == [
        "mastodon:a.example: read without a sign-in, where the server allows it "
        "(`lunchroom login mastodon a.example`); nothing can be posted from here, only copied.",
        "bluesky: not read before `lunchroom login bluesky`; nothing can be posted from here, only copied.",
        "x: not read before `lunchroom login x`; nothing can be posted from here, only copied.",
    ]
    (line,) = account_lines(a_plan(sources=("bluesky:jetstream",)), InMemorySignIns())
    assert line.startswith("bluesky:jetstream: read without a sign-in;")
    feed = "bluesky:feed:at://did:plc:edu/app.bsky.feed.generator/teachers"
    (line,) = account_lines(a_plan(sources=(feed,)), InMemorySignIns([SKY]))
    assert line.startswith(f"{feed}: read as @ana.example.org (bluesky);")


def test_check_says_it_of_the_accounts_that_are_kept_and_asks_no_network(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    AccountStore().save(ANA)
    path = tmp_path / "plan.toml"
    path.write_text(PLAN, encoding="utf-8")

    def refuse(*_: object) -> None:
        raise AssertionError("check asks no network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert run(["check", str(path)]) == 0
    said = capsys.readouterr().err
    assert "mastodon:a.example: read as @ana@a.example; posts go out as @ana@a.example." in said
    assert "Note: Reading X costs about $" in said
    assert "Note: A link makes a post on X cost $0.20 instead of $0.015: Q1." in said


def test_a_rehearsal_needs_no_account(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(PLAN.replace('["mastodon:a.example", "bluesky", "x"]', '["practice"]'), encoding="utf-8")
    assert run(["check", str(path)]) == 0
    assert "lunchroom login" not in capsys.readouterr().err


def test_it_tells_what_is_given_for_the_chat_and_how_long_it_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.toml"
    credit = '[credit]\nprovider = "Navasota ISD"\nhours = 1\nword = "#credit"\n'
    path.write_text(f'keep_years = 7\nrecords = "Gov. Code 552"\n{PLAN}{credit}', encoding="utf-8")
    assert run(["check", str(path)]) == 0
    said = capsys.readouterr().err
    assert "Credit: 1 hour by Navasota ISD for answers to 3 questions; one asks for it by #credit in a post" in said
    assert "Records: kept for 7 years, by Gov. Code 552; nothing is deleted by itself." in said
