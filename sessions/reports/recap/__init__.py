"""The recap: what goes to the blog and the teachers afterwards. One value, built from a session; a module a format.

Pure: the same events give the same recap. It may use `core` and its own templates.

* `model`: the recap as a value; its JSON form is documented
* `building`: from a session to the value
* `names`, `persons`: who is named and how, who is left out, and which accounts are one person
* `texts`, `links`: a post's words, and where its links lead
* `activity`, `charts`: how busy the chat was, and the geometry of the charts
* `finds`: what was found elsewhere and shared
* `days`: the days of a slow chat
* `wording`: sentences that the formats for people share
* `html`, `markdown`, `csv_table`, `json_document`, `rendering`: the formats, and choosing one
"""

from sessions.reports.recap.building import build_recap
from sessions.reports.recap.model import NextChat, Recap
from sessions.reports.recap.rendering import FORMATS, Format, render

__all__ = ["FORMATS", "Format", "NextChat", "Recap", "build_recap", "render"]
