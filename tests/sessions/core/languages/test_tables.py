"""The tables of the languages: complete, and with the same things filled in."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core.languages import BUILT_IN, ENGLISH, Language, built_in, missing, placeholders, sentence_keys
from sessions.core.plan import SCRIPT_KEYS, Plan, default_script

SPOKEN = [one for code in BUILT_IN if (one := built_in(code)) is not None]
OTHERS = [one for one in SPOKEN if one is not ENGLISH]
EVENING = 1_796_173_200_000
"""1 December 2026, 19:00 in Texas; 2 December, 2:00 in Berlin."""


def names(languages: list[Language]) -> list[str]:
    return [language.code for language in languages]


@pytest.mark.parametrize("language", OTHERS, ids=names(OTHERS))
def test_every_sentence_is_there_and_says_all_that_the_english_one_says(language: Language) -> None:
    assert missing(language) == []
    assert set(language.sentences) == set(sentence_keys())
    for key, sentence in language.sentences.items():
        forms = {"": sentence} if isinstance(sentence, str) else dict(sentence)
        assert set(forms) <= {"", "one", "other"}, key
        for form, words in forms.items():
            said = set(re.findall(r"\{(\w+)\}", words))
            assert said <= placeholders(key), key
            assert form == "one" or said == placeholders(key), key


@pytest.mark.parametrize("language", SPOKEN, ids=names(SPOKEN))
def test_letters_are_two_and_do_not_mean_the_other_thing_in_english(language: Language) -> None:
    asks, answers = language.labels
    assert asks != answers
    assert asks != "A"
    assert answers != "Q"
    for label, _ in language.reading.false_friends:
        assert all(one[0] in {"Q", "A", asks, answers} for one in label.split())


@pytest.mark.parametrize("language", SPOKEN, ids=names(SPOKEN))
@pytest.mark.parametrize("pace", ["hour", "days"])
def test_the_script_is_filled_in_but_for_what_the_plan_fills_in(language: Language, pace: str) -> None:
    script = default_script(pace, language)
    assert tuple(script) == SCRIPT_KEYS
    assert f"{language.labels[0]}1" in script["format"]
    assert f"{language.labels[1]}1" in script["format"]
    assert set(re.findall(r"\{(\w+)\}", " ".join(script.values()))) == {"hashtag", "title"}


@pytest.mark.parametrize(
    ("number", "english", "german"),
    [
        (1.5, "1.5", "1,5"), (2.0, "2", "2"), (100.0, "100", "100"), (1234.5, "1,234.5", "1.234,5"),
        (0.00005, "0.00005", "0,00005"), (1e-12, "0.000000000001", "0,000000000001"),
        (12_000_000.0, "12,000,000", "12.000.000"),
    ],
)  # fmt: skip
def test_numbers_with_decimals_are_written_out(number: float, english: str, german: str) -> None:
    spoken = built_in("de")
    assert spoken is not None
    assert (ENGLISH.decimal(number), spoken.decimal(number)) == (english, german)


def test_a_language_is_found_by_its_code_with_or_without_a_country() -> None:
    assert built_in("ES-mx") is built_in("es")
    assert built_in("en_GB") is ENGLISH
    assert built_in("eo") is None
    assert Plan(language="eo").spoken is ENGLISH  # a session of a later version


def test_what_is_missing_is_said_in_english() -> None:
    half = Language(code="pt", name="Português", sentences={"recap.answers": {"one": "uma", "other": "{n} respostas"}})
    assert half.say("recap.answers", 1) == "uma"
    assert half.say("recap.answers", 12_345) == "12.345 respostas"
    assert half.say("recap.thank_you") == "Thank you"


def test_numbers_days_and_times_are_those_of_the_language_and_the_country() -> None:
    found = {
        (code, zone): (
            language.calendar_date(EVENING, zone),
            language.clock_time(EVENING, zone, zone=True),
            language.number(12_345),
        )
        for code, zone in [("en", "America/Chicago"), ("es", "America/Chicago"), ("es", "Europe/Madrid"),
                           ("de", "Europe/Berlin"), ("fr", "Europe/Paris")]
        if (language := built_in(code)) is not None
    }  # fmt: skip
    assert found == {
        ("en", "America/Chicago"): ("Tuesday, December 1, 2026", "7:00 PM CST", "12,345"),
        ("es", "America/Chicago"): ("martes, 1 de diciembre de 2026", "7:00\u202fp.m. CST", "12.345"),
        ("es", "Europe/Madrid"): ("miércoles, 2 de diciembre de 2026", "2:00 CET", "12.345"),
        ("de", "Europe/Berlin"): ("Mittwoch, 2. Dezember 2026", "02:00 MEZ", "12.345"),
        ("fr", "Europe/Paris"): ("mercredi 2 décembre 2026", "02:00 CET", "12\u202f345"),
    }


@given(at=st.integers(0, 4_000_000_000_000), zone=st.sampled_from(["America/Chicago", "Asia/Kolkata", "nowhere"]))
def test_every_moment_has_a_day_and_a_time_in_every_language(at: int, zone: str) -> None:
    for language in SPOKEN:
        assert language.calendar_date(at, zone)
        assert any(map(str.isdigit, language.clock_time(at, zone, zone=True)))
