"""The numbers of a series as plain text."""

import re

from sessions.core.people import Register
from sessions.core.plan import Lookup
from sessions.reports.growth import growth
from tests.sessions.core.building import Chat, a_plan
from tui.growth.tables import numbers


def test_tasks_are_told_where_a_chat_set_some() -> None:
    chat = Chat(a_plan(lookups=(Lookup("PBL", "Look"), Lookup("flipped", "Ask"))))
    chat.post("#PBL #navasotaisd", handle="kim")
    chat.post("hello", handle="mlopez")
    shown = numbers(growth("navasotaisd", [("s0", chat.state)], Register()), 79)
    assert "\n\nTasks to look something up and share it:\n" in shown
    assert re.findall(r"(\d+) +(\d+)  #(\w+)$", shown, re.MULTILINE) == [("1", "2", "PBL"), ("0", "2", "flipped")]
    plain = Chat(a_plan())
    plain.post("hello")
    assert "Tasks" not in numbers(growth("navasotaisd", [("s0", plain.state)], Register()), 79)
