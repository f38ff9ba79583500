"""Words that fold a post: found however they are spelt, and nowhere else."""

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core.plan.muted import MutedWords, muted_words, word_key, word_problem

WORDS = MutedWords(["spam", "ass", "follow back", "Käse", "किताब"])

FOUND = {
    "SPAM!": "spam", "s p a m": "spam", "S.P.A.M": "spam", "sp\u200bam": "spam", "sp\u3164am": "spam", "spám": "spam",
    "s-p-a-m": "spam", "#spam_": "spam", "s. p. a. m": "spam", "an a s s": "ass", "please FOLLOW\nback": "follow back",
    "f o l l o w back": "follow back", "kase": "Käse", "KA\u0308SE": "Käse", "यह किताब है": "किताब",
    "s🔥p🔥a🔥m": "spam",
}  # fmt: skip

NOT_FOUND = (
    "class",
    "pass it",
    "grass",
    "as sure",
    "as s",
    "spammer",
    "spa maths",
    "followed back",
    "follow",
    "किताबें",
    "",
)


@pytest.mark.parametrize("text", FOUND)
def test_a_word_is_found_however_it_is_spelt(text: str) -> None:
    assert WORDS.find(text) == FOUND[text]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_a_word_is_not_found_in_another(text: str) -> None:
    assert WORDS.find(text) is None


letters = st.text(string.ascii_lowercase + "äéñø", min_size=3, max_size=12)
hidden = st.text("\u200b\u2060\u00ad.-*_", max_size=3)
around = st.text(" .,!?\n", min_size=1, max_size=3)


@given(letters, st.data())
def test_no_spelling_of_a_word_escapes(word: str, data: st.DataObject) -> None:
    written = word.upper() if data.draw(st.booleans()) else word
    written = unicodedata.normalize(data.draw(st.sampled_from(("NFC", "NFD"))), written)
    gap = " " if data.draw(st.booleans()) else ""
    spelt = "".join(
        char if unicodedata.combining(char) else (gap if place else "") + data.draw(hidden) + char
        for place, char in enumerate(written)
    )
    found = MutedWords([word]).find(f"one{data.draw(around)}{spelt}{data.draw(around)}more")
    assert found == word


@given(st.lists(letters, max_size=6), letters)
def test_what_is_said_in_whole_words_holds_a_word_only_if_it_is_one_of_them(said: list[str], word: str) -> None:
    whole = word_key(word) in {word_key(one) for one in said}
    assert (MutedWords([word]).find(" ".join(said)) is not None) == whole


@given(st.text(), st.lists(st.text(max_size=10), max_size=4))
def test_no_text_and_no_word_is_too_strange(text: str, words: list[str]) -> None:
    found = muted_words(tuple(words)).find(text)
    assert found is None or found in words
    assert all(word_problem(word) in ("", "needs two letters or digits") for word in words)
