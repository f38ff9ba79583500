"""What is done for and about a person, without a screen."""

from sessions.core.commands import Greet, Highlight, MarkCredit, Mute, Tag, Unhighlight, Unmute
from tests.sessions.core.building import Chat, a_plan
from tests.sessions.reports.credit.chats import CREDIT
from tests.tui.desk.desk_stand_in import DeskStandIn
from tui.desk.actions.people import PeopleActions
from tui.desk.aim import Aim
from tui.desk.dialogs.person_card import Wish, credit

MARIA = "mastodon:@mlopez"


def a_desk(**fields: object) -> DeskStandIn:
    """A desk with the cursor on Maria, who is new."""
    chat = Chat()
    chat.post("Hello", newcomer=True)
    return DeskStandIn(chat=chat, aim=Aim(person=MARIA, people=True), **fields)  # type: ignore[arg-type]


async def test_where_nobody_is_under_the_cursor_each_action_says_so() -> None:
    port = DeskStandIn()
    actions = PeopleActions(port, print, print)
    for act in (actions.star, actions.greet, actions.mute, actions.show):
        act()
    assert port.said == ["Nobody is under the cursor."] * 4
    assert (port.sent_commands, port.work) == ([], [])


async def test_somebody_is_greeted_once() -> None:
    port = a_desk()
    actions = PeopleActions(port, print, print)
    actions.greet()
    port.chat.do(Greet, "Ben", person=MARIA)
    actions.greet()
    assert isinstance(port.command, Greet)
    assert port.said == ["Mlopez has been greeted by Ben."]


async def test_stars_and_muting_are_given_and_taken_away() -> None:
    port = a_desk()
    actions = PeopleActions(port, print, print)
    actions.star()
    actions.mute()
    port.chat.do(Highlight, person=MARIA)
    port.chat.do(Mute, person=MARIA)
    actions.star()
    actions.mute()
    assert [type(command) for command in port.sent_commands] == [Highlight, Mute, Unhighlight, Unmute]


async def test_the_card_sends_the_school_and_what_its_button_said() -> None:
    port = a_desk(answers=[Wish("greet", ("Navasota", "3", ("maths",))), None])
    actions = PeopleActions(port, print, print)
    actions.show()
    actions.open_card(MARIA)
    await port.finish()
    assert [type(command) for command in port.sent_commands] == [Tag, Greet]


async def test_the_card_says_who_asks_for_credit_and_notes_it() -> None:
    chat = Chat(a_plan(credit=CREDIT))
    chat.post("Hello", newcomer=True)
    port = DeskStandIn(chat=chat, aim=Aim(person=MARIA, people=True), answers=[Wish("credit"), Wish("uncredit")])
    actions = PeopleActions(port, print, print)
    maria = chat.state.people[MARIA]
    assert credit(chat.state, maria) == "Credit: not asked for"
    for _ in range(2):
        actions.open_card(MARIA)
    await port.finish()
    noted = [command.asked for command in port.sent_commands if isinstance(command, MarkCredit)]
    assert noted == [True, False]
    chat.do(MarkCredit, "Ben", person=MARIA, asked=True)
    assert credit(chat.state, maria) == "Credit: asks for it, noted by Ben"
    assert credit(Chat().state, maria) == "", "the plan gives none"


async def test_a_hello_is_begun_from_the_card() -> None:
    begun: list[str] = []
    port = a_desk(answers=[Wish("hello")])
    PeopleActions(port, begun.append, print).show()
    await port.finish()
    assert (begun, port.sent_commands) == ([MARIA], [])
