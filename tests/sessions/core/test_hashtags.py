"""Hashtags in the letters of all scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core.filing.labels import as_written, split_label
from sessions.core.hashtags import is_tag, tag_key, tags_of
from sessions.core.plan import slug
from sessions.core.plan.schedule import with_hashtags


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#हिन्दीचैट", ("हिन्दीचैट",)),
        ("#தமிழ்அரட்டை ok", ("தமிழ்அரட்டை",)),
        ("#ไทยแชท!", ("ไทยแชท",)),
        ("＃stationchat", ("stationchat",)),
        ("#cafe\u0301chat", ("caféchat",)),
        ("#स्\u200dटेशन", ("स्\u200dटेशन",)),
        ("#chat\u200d end", ("chat",)),
        ("#שָׁלוֹם", ("שָׁלוֹם",)),
        ("#1 #2024 #2024chat #_ #a_b", ("2024chat", "a_b")),
        ("https://x.org/#part x#no &#39; #yes", ("yes",)),
        ("#日本語。#한국어", ("日本語", "한국어")),
    ],
)
def test_hashtags_are_whole(text: str, tags: tuple[str, ...]) -> None:
    import unicodedata

    assert tags_of(text) == tuple(unicodedata.normalize("NFC", tag) for tag in tags)
    assert all(is_tag(tag) for tag in tags)


def test_a_hashtag_that_is_there_in_another_spelling_is_not_added() -> None:
    assert with_hashtags("So #cafe\u0301chat", ("caféchat",)) == "So #cafe\u0301chat"
    assert with_hashtags("So #हिन्दी", ("हिन्दीचैट",)) == "So #हिन्दी #हिन्दीचैट"
    assert tag_key("＃CAFÉ") == "#café"


def test_a_series_keeps_its_letters() -> None:
    assert slug("हिन्दीचैट") == "हिन्दीचैट"
    assert slug("Stations that_work!") == "stations-that-work"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Q1 x² + ½ and H₂O", "x² + ½ and H₂O"),
        ("Q1: What’s “it” in e\u0301cole?", "What’s “it” in e\u0301cole?"),
        ("Hi all! Q3: ﬁrst or last?", "ﬁrst or last?"),
        ("#chat Q2 ½ or ⅓ of it", "½ or ⅓ of it"),
    ],
)
def test_words_beside_a_label_stay_as_they_were_written(text: str, words: str) -> None:
    found = split_label(text)
    assert found is not None
    assert as_written(text, found[1]) == words


@given(st.text(max_size=60))
def test_any_text_has_hashtags_of_which_each_can_be_one(text: str) -> None:
    assert all(is_tag(tag) for tag in tags_of(text))
