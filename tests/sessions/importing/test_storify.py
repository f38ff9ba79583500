"""Pages of Storify, in the markup that browsers saved."""

from pathlib import Path

import pytest

from sessions.importing import CannotImport
from tests.sessions.importing.archives import COLUMNS, element, entries, plain, read, story, table

TAG = '<a href="https://twitter.com/#!/search?q=%23stationchat" class="tweet-url hashtag">#stationchat</a>'


def page() -> str:
    """The invented chat as a story, every fourth post with a picture and every fourth with a video."""
    return story(
        *(
            element(
                handle, handle.title(), words.replace("&", "&amp;").replace("#stationchat", TAG), number,
                f"{at:%Y-%m-%dT%H:%M:%S}.000Z", ("quote", "image", "quote", "video")[place % 4],
            )
            for place, (at, handle, words, number) in enumerate(entries())
        )
    )  # fmt: skip


def test_a_story_is_the_chat_that_its_table_is(tmp_path: Path) -> None:
    found = read(tmp_path / "story.html", page())
    clean = read(tmp_path / "table.csv", table(plain(entries()), COLUMNS))
    assert [(p.id, p.author.handle, p.text, p.posted_at) for p in found.understood.posts] == [
        (p.id, p.author.handle, p.text, p.posted_at) for p in clean.understood.posts
    ]
    (chat,) = found.chats
    assert chat.plan.title == "Stations that work"
    assert [question.label for question in chat.plan.questions] == ["1", "2", "3"]
    assert chat.posts[3].url == f"https://twitter.com/mlopez/status/{entries()[3][3]}"
    assert chat.posts[3].author.name == "Mlopez"


def test_a_link_is_its_address_and_a_picture_what_was_shown(tmp_path: Path) -> None:
    words = (
        'Look <a href="https://t.co/a" title="https://example.org/stations?a=1&amp;b=2">'
        '<span style="left:-9999px">https://</span>example.org/sta<span>…</span></a> '
        '<a href="https://t.co/b" title="http://twitter.com/tomk/status/1/photo/1">pic.twitter.com/b</a>'
    )
    found = read(tmp_path / "one.html", story(element("tomk", "Tom", words, "1", "2016-01-20T20:00:00.000Z")))
    assert found.understood.posts[0].text == "Look https://example.org/stations?a=1&b=2 pic.twitter.com/b"


def test_what_the_curator_wrote_is_told_and_left_out(tmp_path: Path) -> None:
    note = '<li data-type="text" class="s-element s-element-text"><div class="s-element-content">Now Q1</div></li>'
    other = (
        '<li data-type="image" data-source="flickr" data-permalink="//flickr.com/photos/1" class="s-element">'
        '<img src="x"></li>'
    )
    post = element("tomk", "Tom", "Hello", "1", "2016-01-20T20:00:00.000Z")
    found = read(tmp_path / "mixed.html", story(note, post, other))
    assert len(found.understood.posts) == 1
    assert [one.why for one in found.understood.skipped] == [
        "the curator's words, not a post", "not a post of a network that is known here (flickr)",
    ]  # fmt: skip


def test_a_hostile_page_runs_nothing_and_stays_text(tmp_path: Path) -> None:
    words = "<script>alert(1)</script><style>x</style>[@click=app.quit]A1[/] <b onclick='x'>bold</b>"
    hostile = element("tomk", "<i>Tom</i>\x1b[31m", words, "1", "2016-01-20T20:00:00.000Z")
    deep = "<div>" * 5_000
    found = read(tmp_path / "hostile.html", story(hostile) + deep)
    (post,) = found.understood.posts
    assert post.text == "[@click=app.quit]A1[/] bold"
    assert post.author.name == "Tom[31m"


def test_words_in_a_kind_of_element_without_a_name_here_are_found(tmp_path: Path) -> None:
    card = element("tomk", "Tom", "A1 Look at this", "1", "2016-01-20T20:00:00.000Z").replace("s-quote-text", "s-card")
    found = read(tmp_path / "card.html", story(card))
    assert [post.text for post in found.understood.posts] == ["A1 Look at this"]


@pytest.mark.parametrize("content", ["<html><li>no story</li></html>", "<!DOCTYPE html><title>Hi</title>"])
def test_another_page_is_told(content: str, tmp_path: Path) -> None:
    with pytest.raises(CannotImport, match="Storify"):
        read(tmp_path / "page.html", content)


def test_spaces_alone_between_two_tags_are_one(tmp_path: Path) -> None:
    words = f"{TAG}  <b>two</b> \n\n <i>words</i>"
    found = read(tmp_path / "spaces.html", story(element("tomk", "Tom", words, "1", "2016-01-20T20:00:00.000Z")))
    assert found.understood.posts[0].text == "#stationchat two\nwords"


START = element("tomk", "Tom", "Hello", "1", "2016-01-20T20:00:00.000Z").partition("<div")[0]


def test_elements_in_one_another_are_no_story(tmp_path: Path) -> None:
    """Looking into each of twenty thousand nested ones would take minutes."""
    with pytest.raises(CannotImport, match="lie in one another"):
        read(tmp_path / "nested.html", "<html>" + ("<ol>" + START) * 20_000)


def test_elements_that_are_never_closed_lie_side_by_side(tmp_path: Path) -> None:
    """As HTML has it: an item ends where the next one of its list begins."""
    posts = [element("tomk", "Tom", f"A{number}", str(number), "2016-01-20T20:00:00.000Z") for number in (1, 2)]
    found = read(tmp_path / "open.html", story(*(post.removesuffix("</li>") for post in posts)))
    assert [post.text for post in found.understood.posts] == ["A1", "A2"]


def test_a_page_in_another_encoding_than_it_names_is_read_as_what_it_is(tmp_path: Path) -> None:
    post = element("tomk", "Zoë", "A1 Très bien 👍", "1", "2016-01-20T20:00:00.000Z")
    found = read(tmp_path / "meta.html", "<html><meta charset=iso-8859-1>" + post)
    assert [(one.author.name, one.text) for one in found.understood.posts] == [("Zoë", "A1 Très bien 👍")]


def test_the_line_of_what_is_passed_by_is_told(tmp_path: Path) -> None:
    note = '<li data-type="text" class="s-element s-element-text"><div>Now Q1</div></li>'
    post = element("tomk", "Tom", "Hello", "1", "2016-01-20T20:00:00.000Z")
    found = read(tmp_path / "lines.html", f"<html>\n<body>\n{post}\n\n{note}\n")
    assert [one.line for one in found.understood.skipped] == [5]


@pytest.mark.parametrize(
    "piece",
    [
        "<a ", "<a>", "<![", "<!--", "&", '<a b="', "<div>", "<span></x>", "<table><tr><td>", "<script>", "<b><i></b>",
        START, '<p class="s-quote-text">', '<p class="emojify"><a title="https://">',
    ],
)  # fmt: skip
def test_what_keeps_a_parser_busy_costs_no_more_than_its_length(piece: str, tmp_path: Path) -> None:
    """60,000 characters of `<a ` took a parser 41 seconds; here are 300,000 behind a story."""
    post = element("tomk", "Tom", "Hello", "1", "2016-01-20T20:00:00.000Z")
    found = read(tmp_path / "busy.html", story(post) + piece * (300_000 // len(piece)))
    assert [one.text for one in found.understood.posts] == ["Hello"]
