"""The hour as a whole, without an app."""

from sessions.core.commands import ShareMinutes
from tests.sessions.core.building import Chat, a_plan
from tests.tui.desk.desk_stand_in import DeskStandIn
from tui.desk.actions.hour.ending_on_time import EndingOnTime


async def test_what_is_left_is_shared_at_once_by_who_asks_and_only_where_a_question_waits() -> None:
    for chat, me, sent in ((Chat(), "Ana", 1), (Chat(), "Ben", 0), (Chat(a_plan(questions=0)), "Ana", 0)):
        port = DeskStandIn(chat=chat, me=me)
        port.model.live_after = None  # it is the time of the last event
        EndingOnTime(port).end_on_time()
        assert [type(command) for command in port.sent_commands] == [ShareMinutes] * sent
    assert port.said == ["No question is waiting. <add_question> adds one."]
