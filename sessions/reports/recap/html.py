"""The recap as one HTML file that needs nothing from the network: style and charts are in it, scripts are not."""

import functools
import re

import jinja2

from sessions.core.languages import ENGLISH, Language
from sessions.reports.recap import charts
from sessions.reports.recap.days import by_day
from sessions.reports.recap.links import shown_link, with_links
from sessions.reports.recap.model import Recap
from sessions.reports.recap.wording import Wording, first_timers, thanked


def to_html(recap: Recap, language: Language = ENGLISH) -> str:
    """The page in the language of the chat. Whatever comes from outside is escaped by the template, and only http(s)
    links become links."""
    wording = Wording(language)
    return _template().render(
        recap=recap,
        lang=(language.locale or language.code).replace("_", "-"),
        wording=wording,
        say=wording.say,
        busy=charts.posts_per_minute(recap, wording),
        answered=charts.answers_per_question(recap, wording),
        came=charts.people_new_and_back(recap, wording),
        chart_width=charts.WIDTH,
        new=first_timers(recap),
        thanked=thanked(recap),
    )


def _around(sentence: str) -> tuple[str, str]:
    """What stands before and behind `{names}`, `{hosts}` or `{who}` in a sentence, filled in piece by piece."""
    before, _, behind = re.split(r"(\{(?:names|hosts|who)\})", sentence, maxsplit=1)
    return before, behind


def _last_joint(wording: Wording) -> str:
    """What stands before the last name of a list: ` and `."""
    return wording.listed(["", ""])


@functools.cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("sessions.reports.recap", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {
        "around": _around,
        "by_day": by_day,
        "last_joint": _last_joint,
        "shown_link": shown_link,
        "with_links": with_links,
    }
    return environment.get_template("recap.html")
