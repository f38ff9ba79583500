"""HTML of posts as text: what a reader of the web page sees, with whole addresses and handles."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core.cleaning import TEXT_LIMIT, clean_text
from sessions.networks.web.html_text import html_to_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<p>one</p>\n<p>two</p>", "one\n\ntwo"),
        ("<p>one<br>two<br />three</p>", "one\ntwo\nthree"),
        ("<p>one<br />\ntwo</p>", "one\ntwo"),
        ("<p>one<br><br>two</p>", "one\n\ntwo"),  # GoToSocial's paragraphs
        ("<p>a\n  line\tof source</p>", "a line of source"),
        (
            "<p><del>gone</del> <em>very</em> <strong>sure</strong> <b>b</b><i>i</i><u>u</u></p>",
            "~~gone~~ very sure biu",
        ),
        ("<p>before</p><pre><code>a = 1\nb = 2</code></pre><p>after</p>", "before\n\na = 1\nb = 2\n\nafter"),
        ("<blockquote><p>said</p></blockquote><p>yes</p>", "said\n\nyes"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("<ol><li>one</li><li>two<ul><li>in</li></ul></li><li>three</li></ol>", "1. one\n2. two\n\n- in\n\n3. three"),
        ("<li>alone</li>", "- alone"),
        ("<h1>Title</h1>body", "Title\n\nbody"),
        ("<p>3 &lt; 4 &amp;&amp; &quot;5&quot; &#39;6&#39; &hellip;</p>", "3 < 4 && \"5\" '6' …"),
        ("<p>&amp;lt;b&amp;gt;</p>", "&lt;b&gt;"),  # unescaped once
        ("<p>&lt;b>not html&lt;/b> & proud</p>", "<b>not html</b> & proud"),  # GoToSocial leaves > and & as they are
        ("<p>see<script>alert(1)</script><style>p{}</style> this</p>", "see this"),
        ("", ""),
        ("no tags", "no tags"),
        ("<p>unclosed <b>bold", "unclosed bold"),
        ("a < b", "a < b"),
    ],
)
def test_elements_become_lines(html: str, text: str) -> None:
    assert html_to_text(html) == text


def test_a_link_becomes_its_whole_address_of_which_only_a_part_is_shown() -> None:
    html = (
        '<p>read <a href="https://example.com/a/very/long?x=1&amp;y=2"><span class="invisible">https://'
        '</span><span class="ellipsis">example.com/a</span><span class="invisible">/very/long?x=1&amp;y=2</span></a>!'
    )
    assert html_to_text(html) == "read https://example.com/a/very/long?x=1&y=2!"


def test_hidden_text_outside_of_a_link_is_text() -> None:
    assert html_to_text('<p>a<span class="invisible"> hidden</span> b</p>') == "a hidden b"


def test_a_hashtag_stays_as_it_was_written() -> None:
    html = '<p>A1 yes <a href="https://m.example/tags/devchat" class="mention hashtag">#<span>DevChat</span></a></p>'
    assert html_to_text(html) == "A1 yes #DevChat"


def test_a_mention_gets_the_whole_handle() -> None:
    html = '<p><span><a href="https://b.example/@ana" class="u-url mention">@<span>ana</span></a></span> hi</p>'
    assert html_to_text(html, {"https://b.example/@ana": "ana@b.example"}) == "@ana@b.example hi"
    assert html_to_text(html) == "@ana hi"
    assert html_to_text(html, {"": "wrong@b.example"}) == "@ana hi"


def test_the_address_of_a_quoted_post_is_left_out_where_the_post_says_that_it_quotes() -> None:
    html = '<p class="quote-inline">RE: <a href="https://m.example/@ana/1">m.example</a></p><p>so true</p>'
    assert html_to_text(html, quoted=True) == "so true"
    assert html_to_text(html) == "RE: https://m.example/@ana/1\n\nso true"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<a href="javascript:alert(1)">click</a>', "click"),
        ('<p><a href="https://x.example/">cut<p>not hidden</p>', "https://x.example/\n\nnot hidden"),
        ('<a href="https://a.example">a<a href="https://b.example">b', "https://a.examplehttps://b.example"),
        ('<p class="quote-inline">RE: never closed<p>seen</p>', "seen"),
        ("<p>[@click=app.bell]x[/] [red]y</p>", "[@click=app.bell]x[/] [red]y"),
        ("<p>\x1b[31mred\x07 \u202eback</p>", "[31mred back"),
        ("<p title='>' class=\"a'b\">t</p>", "t"),
        ("<p>seen<!-- never closed", "seen"),
        ("a\ud800b", "a?b"),
        ("<![x", ""),
        ("<![CDATA[x]]>y", "y"),
    ],
)
def test_hostile_html_hides_nothing_and_runs_nothing(html: str, text: str) -> None:
    assert html_to_text(html, quoted=True) == text


@given(st.text(alphabet="<>/abp \n&;\"'=!-[]#", max_size=300), st.booleans())
def test_any_text_is_read_and_comes_out_clean(html: str, quoted: bool) -> None:
    text = html_to_text(html, quoted=quoted)
    assert clean_text(text) == text


@given(st.lists(st.text(alphabet="abc xyz", min_size=1, max_size=9).map(str.strip).filter(bool), min_size=1))
def test_paragraphs_keep_their_order(paragraphs: list[str]) -> None:
    html = "".join(f"<p>{one}</p>" for one in paragraphs)
    assert html_to_text(html).split("\n\n") == [" ".join(one.split()) for one in paragraphs]


HOSTILE = ["<div>", "<a ", "<", "<a href='https://x.example'>", "&", "<!--", "<p x=", "</p", "<![", '<p class="', "&#x"]


@pytest.mark.parametrize("part", HOSTILE)
def test_a_huge_post_costs_little_and_is_cut(part: str) -> None:
    began = time.process_time()
    text = html_to_text(part * (5_000_000 // len(part)))
    assert time.process_time() - began < 0.5
    assert len(text) <= TEXT_LIMIT
