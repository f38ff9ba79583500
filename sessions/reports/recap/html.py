"""The recap as one HTML file that needs nothing from the network: style and charts are in it, scripts are not."""

import functools

import jinja2

from sessions.core.plan.labels import question_name
from sessions.core.plan.times import clock_time
from sessions.reports.recap import charts, wording
from sessions.reports.recap.days import by_day, day_name
from sessions.reports.recap.links import shown_link, with_links
from sessions.reports.recap.model import Recap


def to_html(recap: Recap) -> str:
    """The page. Whatever comes from outside is escaped by the template, and only http(s) links become links."""
    return _template().render(
        recap=recap,
        busy=charts.posts_per_minute(recap),
        answered=charts.answers_per_question(recap),
        came=charts.people_new_and_back(recap),
        chart_width=charts.WIDTH,
        new=wording.first_timers(recap),
        thanked=wording.thanked(recap),
    )


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
        "by_day": by_day,
        "clock_time": clock_time,
        "day_name": day_name,
        "question_name": question_name,
        "shown_link": shown_link,
        "with_links": with_links,
        "wording": wording,
    }
    return environment.get_template("recap.html")
