"""The recap: what goes to the blog and the teachers afterwards. One value, built from a session; a module a format."""

from sessions.reports.recap.building import build_recap, week_on
from sessions.reports.recap.model import NextChat, Recap
from sessions.reports.recap.rendering import FORMATS, Format, render

__all__ = ["FORMATS", "Format", "NextChat", "Recap", "build_recap", "render", "week_on"]
