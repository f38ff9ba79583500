"""A post of X as a `Post`: whole texts, real links, one id for all versions, and what X leaves out."""

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from sessions.core.posts import Post
from sessions.networks.x.ids import given_at
from sessions.networks.x.posts import Joined, to_post
from sessions.networks.x.wire import WireIncludes, WirePost

NOW = 1_800_000_000_000


def read(data: dict[str, Any], includes: dict[str, Any] | None = None) -> Post:
    wire = msgspec.convert({"id": "1578516068309794817", **data}, WirePost)
    joined = Joined(msgspec.convert(includes or {}, WireIncludes))
    return to_post(wire, joined, now=NOW, first_of=lambda x_id: {"22": "20"}.get(x_id, x_id))


def test_a_text_is_unescaped_once() -> None:
    assert read({"text": "Tom &amp; Ana say &amp;lt; 3 &lt;b&gt; #devchat"}).text == "Tom & Ana say &lt; 3 <b> #devchat"


def test_short_links_become_those_that_were_written_wherever_they_stand() -> None:
    urls = [
        {"start": 0, "end": 23, "url": "https://t.co/abc", "expanded_url": "https://example.org/a?b=1&copy=2"},
        {"start": 900, "end": 923, "url": "https://t.co/evil", "expanded_url": "javascript:alert(1)"},
        {"url": "https://t.co/none"},
    ]
    text = "see &lt;https://t.co/abc&gt; https://t.co/evil https://t.co/none https://t.co/other"
    expected = "see <https://example.org/a?b=1&copy=2> https://t.co/evil https://t.co/none https://t.co/other"
    assert read({"text": text, "entities": {"urls": urls}}).text == expected


def test_a_long_post_is_whole_with_the_hashtags_behind_what_is_shown() -> None:
    for note in ("note_tweet", "note_post"):
        long = "A1 " + "word " * 100 + "#devchat https://t.co/abc"
        entities = {
            "hashtags": [{"tag": "devchat"}],
            "urls": [{"url": "https://t.co/abc", "expanded_url": "https://example.org/"}],
        }
        post = read({"text": "A1 word word…", note: {"text": long, "entities": entities}})
        assert post.text.endswith("#devchat https://example.org/")
        assert post.tags == ("devchat",)


def test_a_repost_has_the_words_of_the_whole_post_and_says_whose() -> None:
    for references, included in (("referenced_tweets", "tweets"), ("referenced_posts", "posts")):
        data = {"text": "RT @ana: A1 the beginn…", "author_id": "7", references: [{"type": "retweeted", "id": "22"}]}
        whole = {"id": "22", "text": "A1 the beginning and the end #devchat", "edit_history_tweet_ids": ["20", "22"]}
        post = read(data, {included: [whole], "users": [{"id": "7", "username": "bea", "name": "Bea"}]})
        assert (post.text, post.repost_of, post.author.handle) == (
            "A1 the beginning and the end #devchat",
            "x:20",
            "bea",
        )
        assert post.tags == ("devchat",)
        assert read(data).repost_of == "x:20"


def test_what_a_post_refers_to_has_the_id_of_the_first_version() -> None:
    references = [
        {"type": "replied_to", "id": "22"},
        {"type": "quoted", "id": "30"},
        {"type": "something new", "id": "1"},
    ]
    post = read({"text": "yes", "referenced_posts": references})
    assert (post.reply_to, post.quote_of, post.repost_of) == ("x:20", "x:30", None)


def test_the_hashtags_of_a_quoted_post_are_kept_where_x_gave_it_along() -> None:
    data = {"text": "so good #navasotaisd", "referenced_tweets": [{"type": "quoted", "id": "30"}]}
    quoted = {"id": "30", "text": "Projects #PBL", "entities": {"hashtags": [{"tag": "PBL"}]}}
    assert read(data, {"tweets": [quoted]}).quoted_tags == ("PBL",)
    assert read(data).quoted_tags == ()


def test_all_versions_are_one_post_of_the_time_of_the_first() -> None:
    first, second = "1578516068309794817", "1578517000000000000"
    for history in ("edit_history_tweet_ids", "edit_history_post_ids"):
        post = read({"id": second, history: [first, second], "created_at": "2022-10-07T22:45:54.000Z", "text": "a"})
        assert post.id == f"x:{first}"
        assert post.posted_at == given_at(first)
        assert post.url == f"https://x.com/i/status/{second}"


def test_the_time_is_what_x_says_else_what_the_id_says() -> None:
    assert read({"created_at": "2022-10-07T22:42:12.000Z"}).posted_at == 1_665_182_532_000
    assert read({}).posted_at == given_at("1578516068309794817") == 1_665_182_532_752
    assert read({"id": "abc"}).posted_at == NOW


def test_an_author_who_is_left_out_keeps_the_id() -> None:
    post = read({"author_id": "42", "text": "hello"})
    assert (post.author.id, post.author.handle, post.url) == ("x:42", "", "https://x.com/i/status/1578516068309794817")


def test_hashtags_stand_in_the_text_where_x_names_none() -> None:
    assert read({"text": "A1 #DevChat #dev_chat2 &#39;"}).tags == ("DevChat", "dev_chat2")


def test_a_name_is_cleaned_and_an_address_is_none_where_the_id_is_none() -> None:
    users = [{"id": "7", "username": "a/../b", "name": "Bea\u202e\nEve"}]
    post = read({"author_id": "7", "id": "../../x", "text": "hello"}, {"users": users})
    assert (post.author.name, post.url) == ("Bea Eve", None)
    assert read({"author_id": "7"}, {"users": users}).url == "https://x.com/i/status/1578516068309794817"


def test_a_post_of_100_000_characters_is_bounded() -> None:
    assert len(read({"text": "x" * 100_000}).text) == 5_000


@given(st.text(), st.lists(st.tuples(st.text(), st.text())))
def test_any_text_is_read(text: str, urls: list[tuple[str, str]]) -> None:
    entities = {"urls": [{"url": short, "expanded_url": real} for short, real in urls]}
    assert read({"text": text, "entities": entities}).id
