"""The words of a hello: which template is taken, and what is filled in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core.plan.greetings import GREETINGS, PLACEHOLDERS, PLAIN, filled, hellos, unknown_placeholders

VALUES = {"name": "Merle", "school": "Oak Hill", "hashtag": "#chat", "series": "chat"}


@pytest.mark.parametrize(
    ("new", "without", "first"),
    [
        (True, (), "school"),
        (True, ("school",), "new"),
        (False, ("school",), "returning"),
        (True, ("school", "hashtag"), "plain"),
        (True, PLACEHOLDERS, "plain"),
        (False, PLACEHOLDERS, "plain"),
    ],
)
def test_the_first_template_that_can_be_filled_is_offered(new: bool, without: tuple[str, ...], first: str) -> None:
    values = {word: "" if word in without else value for word, value in VALUES.items()}
    found = hellos(GREETINGS, values, new=new)
    assert found[0][0] == first
    assert all(words and "{" not in words for _, words in found)


def test_the_words_for_others_come_last_and_can_be_chosen() -> None:
    names = [name for name, _ in hellos({"new": "a {name}", "all": "b", "returning": "c"}, VALUES, new=False)]
    assert names == ["all", "returning", "new"]
    assert hellos({"returning": "c"}, VALUES, new=True) == [("plain", PLAIN), ("returning", "c")]


@given(st.text(), st.dictionaries(st.sampled_from(PLACEHOLDERS), st.text(), min_size=4))
def test_what_is_filled_in_is_filled_in_once(template: str, values: dict[str, str]) -> None:
    words = filled(template, values)
    if unknown_placeholders(template):
        assert words is None
    elif words is not None and "{" not in template:
        assert words == " ".join(template.split())


def test_braces_in_a_name_are_no_placeholders() -> None:
    assert filled("Hi {name}!", {"name": "{school}", "school": "Oak"}) == "Hi {school}!"
