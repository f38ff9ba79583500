"""What people really hand in: files in the shapes of exports and bug reports (inputs/README.md), each read rightly."""

import datetime
import json
import unicodedata
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sessions.core.decoding import read_any_json
from sessions.importing import Archive, CannotImport, ColumnsUnclear, OwnerUnknown, Wanted, read_archive
from sessions.networks.archived import ArchiveOwner
from tests.sessions.importing.archives import read, table

INPUTS = Path(__file__).parent / "inputs"
RECORDED = Path(__file__).parents[2] / "recorded"


def handed_in(name: str, **wanted: object) -> Archive:
    """What is understood of an input."""
    found = read_archive(INPUTS / name, Wanted(**{"zone": "UTC", **wanted}))  # type: ignore[arg-type]
    assert isinstance(found, Archive)
    return found


def times(archive: Archive) -> list[str]:
    """When the posts were written, in UTC."""
    moments = (
        datetime.datetime.fromtimestamp(post.posted_at / 1000, datetime.UTC) for post in archive.understood.posts
    )
    return [f"{moment:%Y-%m-%d %H:%M:%S}" for moment in moments]


@pytest.mark.parametrize("zone", ["UTC", "America/Chicago", "Asia/Kolkata"])
@pytest.mark.parametrize("name", ["16-created_at_utc.csv", "17-rtweet.csv"])
def test_a_column_of_utc_and_ids_of_x_say_the_time_whatever_the_zone_is(name: str, zone: str) -> None:
    found = handed_in(name, zone=zone, times_zone=zone)
    assert times(found)[:3] == ["2023-03-10 02:00:01", "2023-03-10 02:03:04", "2023-03-10 02:05:06"]
    assert len(found.understood.posts) == 12


def test_times_that_are_off_their_ids_are_told() -> None:
    assert handed_in("17-rtweet.csv", times_zone="America/Chicago").understood.off_by == 6 * 60
    assert handed_in("17-rtweet.csv", times_zone="UTC").understood.off_by == 0
    assert handed_in("16-created_at_utc.csv", times_zone="America/Chicago").understood.off_by == 0


@pytest.mark.parametrize(
    ("name", "second"),
    [
        ("19-spanish-pm.csv", "2023-03-09 20:03:00"),
        ("20-clock-with-points.csv", "2023-03-09 20:03:04"),
        ("48-french-months.csv", "2023-03-10 02:03:00"),
        ("48b-german-months.csv", "2023-03-10 02:03:00"),
        ("48c-spanish-months.csv", "2023-12-10 02:03:00"),
        ("49-dotted-dates.csv", "2023-03-10 02:03:00"),
    ],
)
def test_times_as_they_are_written_elsewhere(name: str, second: str) -> None:
    found = handed_in(name)
    assert times(found)[1] == second
    assert (len(found.understood.posts), found.understood.skipped) == (12, ())
    assert [len(chat.plan.questions) for chat in found.chats] == [3]


def test_the_user_says_what_dates_begin_with() -> None:
    assert times(handed_in("49-dotted-dates.csv", dates="month"))[0] == "2023-10-03 02:00:00"
    assert times(handed_in("20-clock-with-points.csv", dates="month"))[0] == "2023-09-03 20:00:01"
    assert times(handed_in("20-clock-with-points.csv", dates="day"))[0] == "2023-03-09 20:00:01"


ONE_CHAT = [
    ("ana_host", "Welcome to #stationchat! Tonight: stations that work."),
    ("tomk", "Hi all, Tom, 4th grade, first time here #stationchat"),
    ("ana_host", "Q1 What does the first station in your room look like? #stationchat"),
]


def said(archive: Archive) -> list[tuple[str, str]]:
    """Who wrote what."""
    return [(post.author.handle, post.text) for post in archive.understood.posts]


@pytest.mark.parametrize(
    ("name", "posts"),
    [
        ("03-twarc2-pages.jsonl", 12),
        ("05-twarc1.jsonl", 12),
        ("23-discord.json", 11),
        ("30-x-api-answer-pretty.json", 12),
        ("35-unquoted-commas.csv", 12),
        ("36-nan.jsonl", 12),
        ("50-v1-extended-tweet.jsonl", 12),
    ],
)
def test_no_word_is_lost_and_the_handle_is_the_handle(name: str, posts: int) -> None:
    found = handed_in(name)
    assert said(found)[:3] == ONE_CHAT
    assert (len(found.understood.posts), found.understood.skipped) == (posts, ())
    assert [len(chat.plan.questions) for chat in found.chats] == [3]
    assert [host.handles[0].partition(":")[2] for host in found.chats[0].plan.hosts] == ["ana_host"]


def test_names_are_names() -> None:
    names = {post.author.handle: post.author.name for post in handed_in("05-twarc1.jsonl").understood.posts}
    assert names == {"ana_host": "Ana Ruiz", "tomk": "Tom Keller", "mlopez": "Maria Lopez", "jimr": "Jim Roe"}
    names = {post.author.handle: post.author.name for post in handed_in("twarc1.jsonl").understood.posts}
    assert names["hana"] == "Hana Hosts"
    assert {post.author.name for post in handed_in("23-discord.json").understood.posts} >= {"Ana Ruiz", "Tom Keller"}


def test_the_long_text_wins() -> None:
    long = handed_in("50-v1-extended-tweet.jsonl").understood.posts[3].text
    assert long.endswith("when the bell rings, and then we all meet again on the carpet #stationchat")


def test_answers_to_posts_in_pages_keep_what_they_answer() -> None:
    posts = {post.text: post for post in handed_in("03-twarc2-pages.jsonl").understood.posts}
    assert posts["@ana_host A2 I ring a bell and they walk #stationchat"].reply_to == "x:1634014969852854272"


def test_statuses_of_mastodon_are_read_as_live() -> None:
    found = handed_in("07-mastodon-statuses.json")
    assert said(found)[0] == ("ana_host@mastodon.example", "Welcome to #stationchat! Tonight: stations that work.")
    first = found.understood.posts[0]
    assert first.author.id == "mastodon:ana_host@mastodon.example"
    assert first.id.startswith("mastodon:https://mastodon.example/users/ana_host/statuses/")
    assert first.tags == ("stationchat",)
    assert not any("<" in text for _, text in said(found))
    assert [len(chat.plan.questions) for chat in found.chats] == [3]
    assert len(handed_in("mastodon-tag-timeline.json").understood.posts) == 21


def test_a_mastodon_outbox_says_whose_it_is() -> None:
    found = handed_in("09-mastodon-outbox.json")
    assert {post.author.handle for post in found.understood.posts} == {"ana_host@mastodon.example"}
    assert [len(chat.plan.questions) for chat in found.chats] == [3]
    assert len(handed_in("mastodon-outbox.json").understood.posts) == 3


def test_posts_of_bluesky() -> None:
    feed = handed_in("bluesky-getAuthorFeed.json").understood.posts
    assert [post.author.handle for post in feed] == ["hana.bsky.social"] * 3
    assert feed[0].id == "bluesky:at://did:plc:hanaxyz/app.bsky.feed.post/3l000"
    assert feed[0].author.id == "bluesky:did:plc:hanaxyz"
    assert len(handed_in("bluesky-posts.jsonl").understood.posts) == 21


@pytest.mark.parametrize(("name", "posts"), [("01-tweets.js", 5), ("x-archive-tweets.js", 3)])
def test_an_own_archive_of_x_takes_the_handle_of_whose_it_is(name: str, posts: int) -> None:
    with pytest.raises(OwnerUnknown, match="--author HANDLE"):
        handed_in(name)
    found = handed_in(name, owner=ArchiveOwner(handle="ana_host"))
    assert {post.author.id for post in found.understood.posts} == {"x:@ana_host"}
    assert len(found.understood.posts) == posts
    assert found.understood.skipped == ()


def test_pictures_of_x_are_no_words_and_links_lead_where_they_end() -> None:
    assert said(handed_in("165-x-url-unwound.json")) == [("mlopez", "A1 see https://example.org/tables")]


def test_a_quote_known_by_its_id_is_looked_up_in_the_file(tmp_path: Path) -> None:
    quoting = read_any_json((INPUTS / "82-quote-shallow.json").read_bytes())
    quoted = {
        **quoting,
        "id": "9",
        "uri": "https://m.example/users/tom/statuses/9",
        "quote": None,
        "content": "<p>T</p>",
    }
    path = tmp_path / "both.json"
    path.write_bytes(msgspec.json.encode([quoting, quoted]))
    found = read_archive(path, Wanted(zone="UTC"))
    assert isinstance(found, Archive)
    first = next(post for post in found.understood.posts if post.text == "A1 As Tom says")
    assert first.quote_of == "mastodon:https://m.example/users/tom/statuses/9"


def written(tmp_path: Path, content: object, name: str = "posts.json") -> Archive:
    """What is understood of JSON with this content."""
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else msgspec.json.encode(content))
    found = read_archive(path, Wanted(zone="UTC"))
    assert isinstance(found, Archive)
    return found


def body(name: str) -> Any:
    """The body of a recorded answer."""
    return read_any_json((RECORDED / name).read_bytes())["body"]


STATUS: dict[str, Any] = {
    "id": "1", "uri": "https://m.example/users/ana/statuses/1", "created_at": "2023-03-10T02:00:00Z",
    "visibility": "public", "content": "<p>Q1 What?</p>", "account": {"id": "1", "acct": "ana"}, "tags": [],
    "mentions": [], "media_attachments": [], "reblog": None,
}  # fmt: skip


@pytest.mark.parametrize("visibility", ["private", "direct"])
def test_private_posts_of_mastodon_are_left_out_and_never_shown(tmp_path: Path, visibility: str) -> None:
    secret = {**STATUS, "id": "2", "uri": "https://m.example/2", "visibility": visibility, "content": "<p>ill</p>"}
    found = written(tmp_path, [STATUS, secret])
    assert said(found) == [("ana@m.example", "Q1 What?")]
    assert [(line.line, line.why) for line in found.understood.skipped] == [(2, "a private post")]


def test_direct_messages_in_an_outbox_are_left_out(tmp_path: Path) -> None:
    outbox = read_any_json((INPUTS / "09-mastodon-outbox.json").read_bytes())
    outbox["orderedItems"][1]["to"] = ["https://mastodon.example/users/tom"]
    outbox["orderedItems"][2]["to"] = ["https://mastodon.example/users/ana_host/followers"]
    outbox["orderedItems"].append(
        {"type": "Announce", "actor": "https://mastodon.example/users/ana_host", "object": "x"}
    )
    found = written(tmp_path, outbox)
    assert len(found.understood.posts) == 3
    assert [line.why for line in found.understood.skipped] == [
        "a private post", "a private post", "a boost, of which the archive holds no words",
    ]  # fmt: skip


def test_a_boost_is_a_repost(tmp_path: Path) -> None:
    boost = {**STATUS, "id": "3", "uri": "https://m.example/3", "content": "", "reblog": STATUS,
             "account": {"id": "9", "acct": "tom@n.example"}}  # fmt: skip
    post = written(tmp_path, [STATUS, boost]).understood.posts[1]
    assert (post.author.handle, post.repost_of, post.text) == (
        "tom@n.example", "mastodon:https://m.example/users/ana/statuses/1", "Q1 What?",
    )  # fmt: skip


@pytest.mark.parametrize("wrapper", ["statuses", "data", "results", "items", "posts", "anything"])
def test_whatever_wraps_a_list_is_taken_off(tmp_path: Path, wrapper: str) -> None:
    assert len(written(tmp_path, {wrapper: [STATUS], "count": 1}).understood.posts) == 1
    flat = {"created_at": "2023-03-10T02:00:00Z", "username": "ana", "text": "Q1 What?"}
    assert said(written(tmp_path, {"ok": True, wrapper: [flat]})) == [("ana", "Q1 What?")]


def test_a_context_and_a_thread_are_read_whole(tmp_path: Path) -> None:
    answer = {**STATUS, "id": "2", "uri": "https://m.example/2", "in_reply_to_id": "1", "content": "<p>A1 So</p>"}
    found = written(tmp_path, {"ancestors": [STATUS], "descendants": [answer]})
    assert found.understood.posts[1].reply_to == "mastodon:https://m.example/users/ana/statuses/1"
    thread = written(tmp_path, body("bluesky/getPostThread.json"))
    assert thread.form == "JSON of Bluesky"
    assert len(thread.understood.posts) > 2


def test_recorded_answers_of_all_networks_are_known(tmp_path: Path) -> None:
    for name in ("mastodon/m464_tag_timeline.json", "mastodon/gotosocial_tag_timeline_page1.json",
                 "bluesky/searchPosts_page1.json", "bluesky/listRecords.json",
                 "bluesky/getAuthorFeed_with_repost.json", "x/playground_search_recent.json"):  # fmt: skip
        found = written(tmp_path, body(name))
        assert found.form.startswith("JSON of "), name
        assert found.understood.posts, name


def test_values_over_many_lines_behind_one_another(tmp_path: Path) -> None:
    rows = [{"created_at": f"2023-03-10T02:0{n}:00Z", "username": "ana", "text": f"A{n} So"} for n in range(1, 4)]
    content = "\n".join(json.dumps(row, indent=1) for row in rows).encode()
    assert len(written(tmp_path, content).understood.posts) == 3


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_are_none_are_missing_and_words_stay(tmp_path: Path, value: str) -> None:
    line = f'{{"created_at": "2023-03-10T02:00:00Z", "username": "ana", "text": "NaN, {value}", "reply_to": {value}}}'
    post = written(tmp_path, line.encode()).understood.posts[0]
    assert (post.text, post.reply_to) == (f"NaN, {value}", None)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b'window.YTD.direct_messages.part0 = [{"dmConversation": {"messages": [{"text": "x"}]}}]', "direct messages"),
        (b'window.YTD.like.part0 = [{"like": {"tweetId": "1", "fullText": "x"}}]', "file of like"),
        (b'window.YTD.account.part0 = [{"account": {"username": "ana"}}]', "file of account"),
        (b'window.YTD.deleted_tweets.part0 = [{"tweet": {"id_str": "1"}}]', "deleted tweets"),
    ],
)
def test_other_files_of_an_archive_of_x_are_told(tmp_path: Path, content: bytes, why: str) -> None:
    with pytest.raises(CannotImport, match=rf"{why}.*data/tweets\.js"):
        written(tmp_path, content)


def test_an_archive_of_x_as_it_was_before_2018(tmp_path: Path) -> None:
    tweet = {"id_str": "443", "created_at": "2014-03-10 02:00:01 +0000", "text": "Q1 What?",
             "user": {"id_str": "5", "screen_name": "ana", "name": "Ana"}, "entities": {}}  # fmt: skip
    found = written(tmp_path, b"Grailbird.data.tweets_2014_03 = \n" + msgspec.json.encode([tweet]))
    assert said(found) == [("ana", "Q1 What?")]
    assert times(found) == ["2014-03-10 02:00:01"]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("Slack", [
            {"type": "message", "user": "U1", "ts": "1678413600.000100", "text": "Q1 What &amp; why? <https://x.org|x>",
             "user_profile": {"name": "ana", "real_name": "Ana Ruiz"}},
            {"type": "message", "subtype": "channel_join", "user": "U2", "ts": "1678413601.0", "text": "joined"},
        ]),
        ("Telegram", {"name": "Stations", "type": "private_group", "id": 5, "messages": [
            {"id": 1, "type": "message", "date": "2023-03-10T02:00:00", "date_unixtime": "1678413600", "from": "ana",
             "from_id": "user7", "text": ["Q1 What & why? ", {"type": "link", "text": "https://x.org"}]},
            {"id": 2, "type": "service", "date": "2023-03-10T02:00:00", "actor_id": "user7", "text": ""},
        ]}),
    ],
)  # fmt: skip
def test_chats_of_other_programs(tmp_path: Path, kind: str, content: object) -> None:
    found = written(tmp_path, content)
    assert found.form == f"a chat of {kind}"
    assert said(found) == [("ana", "Q1 What & why? https://x.org")]
    assert times(found) == ["2023-03-10 02:00:00"]
    assert [(line.line, line.why) for line in found.understood.skipped] == [(2, "a notice, not a message")]


def test_messages_between_two_people_are_never_shown(tmp_path: Path) -> None:
    message = {
        "id": 1,
        "type": "message",
        "date": "2023-03-10T02:00:00",
        "from": "Ana",
        "from_id": "user7",
        "text": "ill",
    }
    chat = {"type": "personal_chat", "messages": [message]}
    with pytest.raises(CannotImport, match="a private post") as error:
        written(tmp_path, chat)
    assert "ill" not in str(error.value)


@pytest.mark.parametrize("cell", ["Ana Ruiz", "{'id': 1, 'screen_name': 'ana'}", "<ana>"])
def test_a_column_of_handles_that_holds_none_is_asked_about(tmp_path: Path, cell: str) -> None:
    content = table(
        [("2023-03-10 02:00", cell, "Q1 What?"), ("2023-03-10 02:01", cell, "A1 So")], ("date", "user", "text")
    )
    with pytest.raises(ColumnsUnclear, match="no handle"):
        read(tmp_path / "names.csv", content)
    found = read(tmp_path / "names.csv", content, columns={"user": "name"})
    assert len(found.understood.posts) == 2


def test_columns_of_nested_names(tmp_path: Path) -> None:
    columns = ("created_at", "user.name", "user.screen_name", "text", "extended_tweet.full_text")
    rows = [
        ("2023-03-10 02:00", "Ana Ruiz", "ana", "Q1 Wh…", "Q1 What?"),
        ("2023-03-10 02:01", "Tom", "tom", "A1 So", ""),
    ]
    found = read(tmp_path / "nested.csv", table(rows, columns))
    assert said(found) == [("ana", "Q1 What?"), ("tom", "A1 So")]
    assert found.understood.posts[0].author.name == "Ana Ruiz"


def test_commas_in_a_text_without_quotes_in_the_middle(tmp_path: Path) -> None:
    content = "date,username,text,id\n2023-03-10 02:00,ana,Hi, all, again,77\n2023-03-10 02:01,tom,A1 So,78\n"
    found = read(tmp_path / "middle.csv", content)
    assert said(found) == [("ana", "Hi, all, again"), ("tom", "A1 So")]
    assert [post.id for post in found.understood.posts] == ["x:77", "x:78"]
    assert found.understood.joined == 1


@pytest.mark.parametrize(
    ("name", "tag"),
    [("206-hindi-hashtag.csv", "हिन्दीचैट"), ("208-fullwidth-hash.csv", "stationchat"), ("210-composed.csv", "caféchat")],
)
def test_hashtags_are_whole_and_composed(name: str, tag: str) -> None:
    found = handed_in(name)
    plan = found.chats[0].plan
    assert plan.hashtags == (tag,)
    assert plan.series == tag
    assert [question.text for question in plan.questions][1] == "How do you change stations?"
    assert unicodedata.is_normalized("NFC", plan.hashtags[0])


def test_the_same_hashtag_in_both_spellings_is_one(tmp_path: Path) -> None:
    rows = [("2023-03-10 02:00", "ana", "Q1 What? #caféchat"), ("2023-03-10 02:01", "tom", "A1 So #cafe\u0301chat")]
    found = read(tmp_path / "two.csv", table(rows, ("date", "username", "text")))
    assert found.chats[0].plan.hashtags == ("caféchat",)


def test_a_question_is_shown_as_it_was_written() -> None:
    plan = handed_in("211-superscripts.csv").chats[0].plan
    assert plan.questions[0].text == "How do you teach x² + ½, H₂O and 10⁻³?"
    assert handed_in("macroman-twice.csv").chats[0].plan.questions[0].text == (
        "What’s one thing you’d change about “lab day”?"
    )


def test_an_old_archive_of_x_in_csv_takes_the_handle_of_whose_it_is(tmp_path: Path) -> None:
    columns = ("tweet_id", "in_reply_to_status_id", "timestamp", "source", "text", "expanded_urls")
    content = table([("443", "", "2014-03-10 02:00:01 +0000", "x", "Q1 What?", "")], columns)
    with pytest.raises(OwnerUnknown):
        read(tmp_path / "tweets.csv", content)
    found = read(tmp_path / "tweets.csv", content, owner=ArchiveOwner(handle="ana"))
    assert said(found) == [("ana", "Q1 What?")]


def test_columns_in_other_languages(tmp_path: Path) -> None:
    content = "Date;Heure;Auteur;Message\n09/03/2023;20h05;ana;Q1 Quoi ?\n"
    found = read(tmp_path / "fr.csv", content)
    assert (said(found), times(found)) == ([("ana", "Q1 Quoi ?")], ["2023-03-09 20:05:00"])
    content = "Datum;Uhrzeit;Benutzername;Nachricht\n09.03.2023;20:05;ana;Q1 Was?\n"
    assert times(read(tmp_path / "de.csv", content)) == ["2023-03-09 20:05:00"]
    content = "Fecha,Hora,Usuario,Mensaje\n9/3/2023,8:05 p. m.,ana,Q1 Que?\n"
    assert times(read(tmp_path / "es.csv", content)) == ["2023-03-09 20:05:00"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            'title = "x"\nstarts = 2026-12-01T19:00:00\n[[questions]]\ntext = "q"\n',
            "the plan of a chat; `lunchroom host`",
        ),
        ("name,handle,school\nAna,ana,North\n", "a list of people; `lunchroom people import`"),
        ('<?xml version="1.0"?><rss></rss>\n', "XML"),
        ("From: a@b.c\nTo: d@e.f\nSubject: chat\n\nhello\n", "a mail"),
        ("We talked about stations.\nIt was nice.\n", "text without columns"),
    ],
)
def test_texts_without_posts_are_told_what_they_are(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(CannotImport) as error:
        read(tmp_path / "file", content)
    assert f"this is {words}" in str(error.value)


def test_a_post_of_x_that_is_a_picture_says_so(tmp_path: Path) -> None:
    page = read_any_json((INPUTS / "165-x-url-unwound.json").read_bytes())
    page["data"][0]["text"] = "https://t.co/pic1234567"
    assert said(written(tmp_path, page)) == [("mlopez", "[image]")]
