"""Which language the program speaks: what somebody wrote goes before what the system says."""

from collections.abc import Mapping

import pytest

from tui.language.choosing import choose, language_problem

THERE = ("en", "es")


@pytest.mark.parametrize(
    ("environ", "config", "system", "code"),
    [
        ({}, "", "", "en"),
        ({"LUNCHROOM_LANGUAGE": "es"}, "en", "en_US", "es"),
        ({"LUNCHROOM_LANGUAGE": "en", "LANG": "es_MX.UTF-8"}, "es", "es_MX", "en"),
        ({"LANG": "en_US.UTF-8"}, "es", "", "es"),
        ({"LANG": "es_US.UTF-8"}, "en", "", "en"),
        ({"LANG": "es_MX.UTF-8"}, "", "", "es"),
        ({"LC_ALL": "C.UTF-8", "LANG": "es_MX.UTF-8"}, "", "", "en"),
        ({"LC_MESSAGES": "es_ES@euro", "LANG": "de_DE.UTF-8"}, "", "", "es"),
        ({"LANG": "de_DE.UTF-8"}, "", "", "en"),
        ({"LC_ALL": "", "LANG": ""}, "", "es_MX", "es"),
        ({}, "", "Spanish_Mexico", "es"),
        ({}, "", "English_United States", "en"),
        ({"LUNCHROOM_LANGUAGE": "es-MX"}, "", "", "es"),
    ],
)
def test_what_is_written_goes_before_the_config_and_that_before_the_system(
    environ: Mapping[str, str], config: str, system: str, code: str
) -> None:
    assert choose(environ, config, system, THERE) == (code, "")


def test_a_language_that_is_not_there_is_told_where_somebody_wrote_it() -> None:
    told = 'LUNCHROOM_LANGUAGE: there is no language "tlh"; there are en, es'
    assert choose({"LUNCHROOM_LANGUAGE": "tlh"}, "es", "", THERE) == ("en", told)
    assert choose({}, "tlh", "es_MX", THERE) == ("en", "")  # told with what else is wrong in the config


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ("", ""),
        ("es", ""),
        ("es_MX", ""),
        ("tlh\x1b[2J", 'there is no language "tlh[2J"; there are en, es'),
        (7, 'language must be a code between quotes, such as "es"'),
    ],
)
def test_what_a_config_says_of_the_language_is_judged(told: object, problem: str) -> None:
    assert language_problem(told, THERE) == problem
