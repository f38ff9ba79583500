"""The posts that a desk sent are known when they come back: as the question, the announcement, the greeting."""

from typing import Any

import pytest

from sessions.core.events import PostEdited, PostingBegun, PostingDone, PostingFailed
from sessions.core.posts import Author, Post
from sessions.hub.server import rules
from sessions.networks.source import EditedPost, NewPost
from tests.sessions.core.filing.judging import JudgedChat, filed

TEXT = "Q3: Which station would you never give up, and why? #navasotaisd"
ID = "mastodon:https://school.example/users/coteacher/statuses/7"


def chat_with(**changed: Any) -> JudgedChat:
    """Q3 is open and being posted by somebody whom the plan does not name."""
    chat = JudgedChat()
    chat.ask("q3")
    given = {
        "key": "key-00000001",
        "source": "mastodon:school.example",
        "account": "coteacher@school.example",
        "purpose": "question",
        "subject": "q3",
        "text": TEXT,
    }
    chat.hear(PostingBegun, **(given | changed))
    return chat


def arrives(chat: JudgedChat, text: str = TEXT, *, id: str = ID, handle: str = "CoTeacher@school.example") -> Any:
    """The post comes back from the network; the event."""
    post = Post(id, Author("mastodon:77", handle, "Co"), text, chat.at)
    events = rules.delivered(chat.state, chat.judge, NewPost(post), at=chat.at, follow=True)
    return events[0]


def edits(chat: JudgedChat, item: EditedPost) -> list[Any]:
    """What comes of an edit on the network."""
    events = rules.delivered(chat.state, chat.judge, item, at=chat.at, follow=False)
    return [event for event in events if isinstance(event, PostEdited)]


def test_it_is_the_question_though_no_host_is_named_for_it() -> None:
    chat = chat_with()
    chat.hear(PostingDone, key="key-00000001", post=ID, url=None)
    seen = arrives(chat, "Q3 whatever the network made of it")
    assert (seen.kind, filed(seen), seen.newcomer, seen.posting) == ("question", ("q3", "label"), False, "key-00000001")


def test_it_is_known_by_account_and_words_before_its_id_is_noted() -> None:
    chat = chat_with()
    seen = arrives(chat, f" {TEXT.replace(' ', '  ').upper()}\n")
    assert (seen.kind, seen.posting) == ("question", "key-00000001")
    assert chat.state.postings["key-00000001"].seen == ID


def test_answers_to_it_are_filed_by_the_thread() -> None:
    chat = chat_with()
    arrives(chat)
    chat.ask("q4")
    answer = chat.says("mlopez", "The reading corner, hands down, my class needs it", reply_to=ID)
    assert (answer.kind, filed(answer)) == ("answer", ("q3", "thread"))


@pytest.mark.parametrize(
    "back",
    [
        "Q3: Look at https://www.example.org/a/very/long/address or school.org, @tk@other.example #navasotaisd",
        "Q3: Look at https://t.co/abc or https://t.co/def @tk #navasotaisd",
        "Q3: Look at example.org/a/very/long... or http://school.org, @tk #navasotaisd",
    ],
)
def test_networks_shorten_addresses_and_mentions(back: str) -> None:
    text = "Q3: Look at https://example.org/a/very/long/address or school.org @tk@other.example #navasotaisd"
    chat = chat_with(text=text)
    assert arrives(chat, back).posting == "key-00000001"


@pytest.mark.parametrize("other", [{"handle": "coteacher@other.example"}, {"text": "Q3: Which station, and how?"}])
def test_another_account_or_other_words_are_not_it(other: dict[str, str]) -> None:
    assert arrives(chat_with(), **other).posting is None


def test_the_same_words_posted_before_it_was_begun_are_not_it() -> None:
    chat = chat_with()
    chat.at -= 600_000
    assert arrives(chat).posting is None


def test_once_its_id_is_noted_the_same_words_under_another_id_are_not_it() -> None:
    chat = chat_with()
    chat.hear(PostingDone, key="key-00000001", post=ID, url=None)
    assert arrives(chat, id=f"{ID}8").posting is None


def test_what_failed_does_not_come_back() -> None:
    chat = chat_with()
    chat.hear(PostingFailed, key="key-00000001", reason="no permission")
    assert arrives(chat).posting is None


def test_the_repost_of_a_question_is_the_question_again_and_no_share_of_it() -> None:
    chat = chat_with()
    arrives(chat)
    chat.hear(PostingDone, key="key-00000001", post=ID, url=None)
    begun = chat.state.postings["key-00000001"].begun
    chat.hear(
        PostingBegun, key="key-00000002", source=begun.source, account=begun.account, purpose="again", subject="q3",
        text=TEXT,
    )  # fmt: skip
    again = arrives(chat, id=f"{ID}9")
    assert (again.kind, filed(again), again.posting) == ("question", ("q3", "label"), "key-00000002")
    assert again.post.repost_of is None


@pytest.mark.parametrize("subject", ["welcome", "heads_up:q3"])
def test_a_line_of_the_script_is_an_announcement(subject: str) -> None:
    seen = arrives(chat_with(purpose="script", subject=subject))
    assert (seen.kind, seen.filed) == ("announcement", None)


def test_a_greeting_is_a_word_to_the_person() -> None:
    chat = chat_with(purpose="greeting", subject="mastodon:@tk", text="@tk@other.example Welcome!")
    chat.says("tk", "Hello, I am new here")
    seen = arrives(chat, "@tk Welcome!")
    assert (seen.kind, seen.filed, seen.addressed) == ("aside", None, "mastodon:@tk")


def test_an_edit_leaves_it_what_it_is() -> None:
    chat = chat_with()
    arrives(chat)
    (edited,) = edits(chat, EditedPost(ID, "Where do you begin tomorrow?"))
    assert (edited.kind, filed(edited)) == ("question", ("q3", "label"))


def test_a_content_warning_that_is_added_later_folds_the_post() -> None:
    chat = chat_with()
    arrives(chat)
    assert chat.state.warning(ID) is None
    warned = Post(ID, Author("mastodon:77", "coteacher@school.example"), TEXT, chat.at, warning="food")
    assert [edit.warning for edit in edits(chat, EditedPost(ID, TEXT, warned))] == ["food"]
    assert edits(chat, EditedPost(ID, TEXT, warned)) == []
    assert (chat.state.warning(ID), chat.state.text(ID)) == ("food", TEXT)
    edits(chat, EditedPost(ID, "other"))
    assert chat.state.warning(ID) == "food"
