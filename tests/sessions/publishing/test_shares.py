"""A found post as a post of ours: its beginning, whose it is, where it stands; it mentions nobody else."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sessions.core.posts import Author, Post
from sessions.publishing.shares import EXCERPT, credit, excerpt, quote_draft, share_draft

JO = Author("mastodon:jo@other.example", "jo@other.example", "Jo Finder")
FOUND = Post("mastodon:7", JO, "Exit tickets on paper", 0, url="https://other.example/@jo/7")


def test_it_has_the_words_the_handle_and_the_link() -> None:
    draft = share_draft(FOUND)
    assert draft.text == "“Exit tickets on paper” via @jo@other.example https://other.example/@jo/7"
    assert (draft.purpose, draft.subject) == ("share", "mastodon:7")


def test_what_stands_behind_a_warning_or_has_no_words_is_linked_alone() -> None:
    assert share_draft(replace(FOUND, warning="food")).text == "via @jo@other.example https://other.example/@jo/7"
    assert share_draft(replace(FOUND, text="https://example.org/a")).text.startswith("via ")


def test_links_go_mentions_become_words_and_hashtags_stay() -> None:
    assert excerpt("See https://example.org/a by @kim #PBL") == "See by kim #PBL"


def test_a_long_text_is_cut_between_words() -> None:
    shown = excerpt("paper " * 100)
    assert shown.endswith("paper …")
    assert len(shown) <= EXCERPT + 1


def test_elsewhere_a_handle_is_nobody_s() -> None:
    assert credit(FOUND, "mastodon") == "@jo@other.example"
    assert credit(FOUND, "x", "Mastodon") == "Jo Finder on Mastodon"
    hostile = replace(FOUND, author=replace(JO, name="@potus #free $TSLA https://evil.example"))
    assert "@" not in credit(hostile, "x", "Mastodon").replace("jo@other.example", "")


def test_a_quote_leaves_the_words_to_the_network() -> None:
    assert quote_draft(FOUND).text == "Found by our chat, from @jo@other.example:"


@given(st.text())
def test_no_excerpt_mentions_anybody_or_leads_anywhere(text: str) -> None:
    from sessions.networks.addresses import addresses

    shown = excerpt(text)
    assert "@" not in shown
    assert "\n" not in shown
    assert len(shown) <= 10 * EXCERPT
    assert not [one for one in addresses(shown) if "://" in shown[one[0] : one[1]]]
