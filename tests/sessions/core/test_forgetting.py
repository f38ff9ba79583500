"""A person is taken out of what moderators posted, too: what they posted from a desk, and what was posted to them."""

from sessions.core import commands as c
from sessions.core.events import encode_event
from sessions.core.identity import Identity
from sessions.core.plan import Host
from sessions.core.redaction.forgetting import without
from tests.sessions.core.building import Chat, a_plan


def told(chat: Chat, who: Identity) -> str:
    """All that is left of the chat without the person."""
    return "\n".join(encode_event(event).decode() for event in without(chat.events, who, lambda _id: "zzz"))


def test_what_a_host_posted_from_a_desk_goes_with_them_though_it_never_came_back() -> None:
    chat = Chat()
    post = "mastodon:https://school.example/users/ana/statuses/7"
    chat.do(
        c.BeginPosting, key="key-00000001", source="mastodon:school.example", account="ana@school.example",
        purpose="question", subject="q1", text="Q1: zebra or giraffe, which one, and why?",
    )  # fmt: skip
    chat.do(c.FinishPosting, key="key-00000001", post=post, url="https://school.example/@ana/7")
    left = told(chat, Identity(handles=frozenset({"mastodon:ana@school.example"})))
    for word in ("zebra", "statuses/7", "@ana/7", "ana@school.example"):
        assert word not in left
    assert '"key":"key-00000001"' in left
    assert '"subject":"q1"' in left


def test_a_greeting_names_its_newcomer_no_more() -> None:
    chat = Chat()
    post = chat.post("first time here", handle="tomkat", newcomer=True)
    chat.do(
        c.BeginPosting, "Ben", key="key-00000001", source="mastodon:school.example", account="ben@school.example",
        purpose="greeting", subject="mastodon:@tomkat", text="@tomkat Welcome!", reply_to=post,
    )  # fmt: skip
    chat.do(c.FinishPosting, "Ben", key="key-00000001", post="mastodon:https://school.example/8")
    left = told(chat, Identity(frozenset({"mastodon:@tomkat"}), frozenset({"mastodon:tomkat"})))
    assert "tomkat" not in left
    assert "… Welcome!" in left
    assert "mastodon:https://school.example/8" in left
    assert '"reply_to":"mastodon:forgotten-zzz"' in left


def test_the_warning_before_a_post_goes_with_its_words() -> None:
    chat = Chat()
    chat.post("lions", handle="tomkat", warning="about zebras")
    chat.post("A1: yes", handle="mlopez", warning="@tomkat said it")
    left = told(chat, Identity(frozenset({"mastodon:@tomkat"}), frozenset({"mastodon:tomkat"})))
    assert "zebras" not in left
    assert '"warning":"… said it"' in left


def test_a_hosts_handle_with_a_port_or_a_did_goes_whole() -> None:
    host = Host("Ana", ("mastodon:ana@school.example:3000", "bluesky:did:plc:abc234"))
    left = told(Chat(plan=a_plan(hosts=(host,))), Identity(handles=frozenset({"mastodon:ana@school.example:3000"})))
    assert "ana@" not in left
    assert "abc234" not in left
    assert '"handles":["bluesky:forgotten-zzz","mastodon:forgotten-zzz"]' in left


def test_accounts_that_moderators_joined_go_together_unless_that_was_taken_back() -> None:
    chat = Chat()
    chat.post("hello", handle="merle")
    chat.post("hello", handle="tomkat")
    pair = ("mastodon:@merle", "x:109")
    (joined,) = chat.do(c.JoinAccounts, accounts=(pair,))
    for one in pair:
        left = told(chat, Identity(frozenset({one})))
        assert "merle" not in left.lower()
        assert "x:109" not in left
        assert "tomkat" in left
    chat.do(c.Undo, seq=joined.seq)
    assert "x:109" in told(chat, Identity(frozenset({"mastodon:@merle"})))
    chat.do(c.JoinAccounts, accounts=(pair,))
    chat.do(c.JoinAccounts, accounts=(("mastodon:@merle", "x:110"),))
    assert "mastodon:@merle" in told(chat, Identity(frozenset({"x:109"})))


def test_a_hello_that_is_called_by_somebodys_name_is_called_so_no_more() -> None:
    plan = a_plan(greetings={"Kim Katz": "Hello {name}, says Kim Katz"})
    left = told(Chat(plan), Identity(frozenset({"mastodon:@kim"}), names=frozenset({"Kim Katz"})))
    assert "Katz" not in left
    assert '"…":"Hello {name}, says …"' in left
