"""The HTML file: self-contained, escaped, and in an order that a screen reader follows."""

import itertools
from urllib.parse import urlsplit

import pytest
from lxml.html import HtmlElement, document_fromstring
from msgspec.structs import replace

from sessions.core.commands import Ask, Highlight
from sessions.core.plan import Host, Question
from sessions.reports.recap import build_recap, render
from tests.sessions.core.building import Chat, a_plan
from tests.sessions.reports.recap.chats import recorded_state, week_on

HOSTILE = "</p></style></svg><script>alert(1)</script><img src=x onerror=alert(1)>\"'`{{ 7*7 }}&amp;"


def page_of(chat: Chat) -> HtmlElement:
    return document_fromstring(render(build_recap(chat.state, "k3f9qa"), "html"))


@pytest.fixture(scope="module")
def page() -> HtmlElement:
    """The recap of a real hour."""
    state = recorded_state()
    assert state.plan is not None
    return document_fromstring(render(build_recap(state, "abcdef", next_chat=week_on(state.plan)), "html"))


def test_nothing_is_fetched_and_nothing_runs(page: HtmlElement) -> None:
    assert list(page.iter("script", "img", "iframe", "object", "embed", "base", "form", "audio", "video")) == []
    assert [link.get("href") for link in page.iter("link")] == ["data:,"]
    assert page.xpath("//*[@src]") == []
    style = "".join(tag.text_content() for tag in page.iter("style"))
    assert "url(" not in style
    assert "@import" not in style
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")


def test_links_lead_to_the_web_or_into_the_page_and_tell_no_referrer(page: HtmlElement) -> None:
    links = list(page.iter("a"))
    assert len(links) > 20
    for link in links:
        href = link.get("href")
        if href.startswith("#"):
            assert page.get_element_by_id(href[1:]) is not None
        else:
            assert urlsplit(href).scheme in ("http", "https")
            assert link.get("rel").split() == ["noopener", "noreferrer", "nofollow"]


def test_headings_go_down_step_by_step_under_one_title(page: HtmlElement) -> None:
    levels = [int(heading.tag[1]) for heading in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert page.get("lang") == "en"
    assert [len(list(page.iter(landmark))) for landmark in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]


def test_ids_are_unique_and_what_refers_to_them_finds_them(page: HtmlElement) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for names in page.xpath("//@aria-labelledby"):
        assert set(names.split()) <= set(ids)


def test_each_chart_says_what_it_shows(page: HtmlElement) -> None:
    charts = list(page.iter("svg"))
    told = {}
    for chart in charts:
        assert chart.get("role") == "img"
        told[chart.find("title").text_content()] = chart.find("desc").text_content()
    tally = recorded_state().tally
    counted = [f"{tally[f'q{n}']} answers to Q{n}" for n in range(1, 7)]
    assert told == {
        "Posts per minute": "374 posts in 93 minutes; most of them, 11, at 8:44 PM. Lines mark when each question was "
        "asked.",
        "Answers per question": f"{', '.join(counted[:-1])} and {counted[-1]}.",
        "First-time and returning people": "17 for the first time, 27 back again and 2 hosts.",
    }
    (busy,) = (chart for chart in charts if "busy" in chart.get("class").split())
    assert [text.text_content() for text in busy.find_class("question")] == [f"Q{n}" for n in range(1, 7)]


def test_a_hostile_chat_adds_no_element_and_no_attribute() -> None:
    def a_chat(words: str) -> Chat:
        question = Question("q1", words, words, 8.0)
        chat = Chat(
            plan=replace(
                a_plan(), title=words, hashtags=(words,), hosts=(Host(words, (words,)),), questions=(question,)
            )
        )
        chat.do(Ask, question="q1", seen=None)
        post = chat.post(words, handle=words, newcomer=True, url=f"https://example.org/{words}", warning=words)
        chat.do(Highlight, post=post)
        return chat

    def shape(page: HtmlElement) -> list[tuple[str, list[str]]]:
        return [(tag.tag, sorted(tag.attrib)) for tag in page.iter("*")]

    hostile = page_of(a_chat(HOSTILE))
    assert shape(hostile) == shape(page_of(a_chat("harmless")))
    assert HOSTILE in hostile.text_content()


def test_answers_keep_their_lines_and_their_starred_ones_are_told_in_words(page: HtmlElement) -> None:
    starred = [item for item in page.find_class("starred") if item.tag == "li"]
    assert len(starred) == 10
    assert all("Highlighted:" in item.text_content() for item in starred)
    chat = Chat()
    chat.post("A1: one\ntwo")
    (text,) = page_of(chat).find_class("text")
    assert text.text_content() == "one\ntwo"


@pytest.mark.parametrize("count", [0, 1])
def test_a_chat_with_next_to_nothing_in_it_is_a_page_too(count: int) -> None:
    chat = Chat()
    for _ in range(count):
        chat.post("A1: alone")
    found = page_of(chat)
    assert len(list(found.iter("h1"))) == 1
    assert len(list(found.iter("svg"))) == 3 * count
