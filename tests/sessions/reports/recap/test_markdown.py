"""Markdown that pastes into a blog: what people wrote stays text, whatever it looks like."""

import itertools

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sessions.reports.recap import build_recap, render
from sessions.reports.recap.markdown import escaped, linked
from tests.sessions.core.building import Chat
from tests.sessions.reports.recap.chats import recorded_state

RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])

HOSTILE = (
    "<script>alert(1)</script> **bold** _it_ `code` [x](javascript:alert(1)) ![i](http://e.org/i.png) &lt; \\* ~~no~~ "
    "| a | b | {{ site.secret }} {% raw %} [gallery] <!-- --> $x$ # #"
)


def inline(text: str, kind: str) -> tuple[str, set[str]]:
    """The text that a reader sees, and which kinds of tokens the renderer found in it."""
    tokens = RENDERER.parse(text)
    children = [child for token in tokens for child in token.children or []]
    kinds = {token.type for token in [*tokens, *children]} - {f"{kind}_open", f"{kind}_close", "inline"}
    return "".join(child.content for child in children), kinds


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])))
@example(HOSTILE)
@example("1. one")
@example("- one")
@example("+ one")
@example("# one #")
@example("===")
@example("10) ten")
@example("#")
@example(":::")
def test_escaped_text_is_shown_as_it_is_and_as_nothing_else(text: str) -> None:
    line = " ".join(text.split())
    shown, kinds = inline(f"# {escaped(text)}", "heading")
    assert (shown, kinds - {"text", "text_special"}) == (line, set())
    shown, kinds = inline(escaped(text), "paragraph")
    assert (shown, kinds - {"text", "text_special"}) == (line, set())


def test_nothing_is_left_for_html_liquid_or_shortcodes() -> None:
    text = escaped(HOSTILE)
    for mark in ("<", ">", "{", "}", "[", "]"):
        assert mark not in text


def test_links_are_links_and_keep_the_words_around_them() -> None:
    assert linked("see https://example.org/a_b(c)?x=1&y=2, please") == (
        "see [example.org/a\\_b(c)?x=1&amp;y=2](https://example.org/a_b%28c%29?x=1&amp;y=2), please"
    )
    assert "](" not in linked("javascript:alert(1) [x](data:text/html,x)")


def test_a_hostile_chat_makes_a_page_of_headings_lists_and_links_only() -> None:
    chat = Chat()
    chat.post(
        f"A1: {HOSTILE}\n\n# heading\n- item\n    code",
        handle="<img src=x onerror=alert(1)>",
        warning=f"{HOSTILE}\n# x",
    )
    chat.state.plan = None
    text = render(build_recap(chat.state, "k3f9qa"), "markdown")
    tokens = RENDERER.parse(text)
    kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in tokens}
    kinds |= {child.type for token in tokens for child in token.children or []}
    assert not kinds & {"html_block", "html_inline", "image", "code_inline", "code_block", "fence", "table", "s_open"}
    assert text.count("\n# ") == 0


def test_a_real_hour_reads_as_a_page() -> None:
    state = recorded_state()
    text = render(build_recap(state, "abcdef"), "markdown")
    assert text.startswith(
        "# Exploring creativity\n\n\\#LTHEchat · Wednesday, January 20, 2016, 7:50 PM UTC · hosted by"
    )
    tokens = RENDERER.parse(text)
    headings = [
        (token.tag, after.content) for token, after in itertools.pairwise(tokens) if token.type == "heading_open"
    ]
    assert [tag for tag, _ in headings] == ["h1", "h2", *["h3"] * 6, "h2", "h2", "h2", "h2"]
    assert [words for tag, words in headings if tag == "h2"] == [
        "Questions and answers", "More answers", "Links that were shared", "New in our chat: welcome!", "Thank you",
    ]  # fmt: skip
    assert text.count("\n- ★ ") == 10
    count = f"They wrote 374 posts, {state.answers} of them answers."
    assert f"46 people took part, 17 of them for the first time. {count}" in text
