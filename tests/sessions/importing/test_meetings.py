"""The chats of meetings as people really hand them in (inputs/README.md): who said what, and nothing private."""

from pathlib import Path

import pytest

from sessions.importing import CannotImport, Wanted, read_archive
from sessions.importing.meetings.forms import meeting_named
from sessions.importing.meetings.pasted import NOTICE, PRIVATE, QUOTED, REACTION, UNKNOWN, parse_pasted
from tests.sessions.importing.test_handed_in import INPUTS

Q1 = "Q1 What does the first station in your room look like?"
A1 = "A1 We rotate every 12 minutes"
BOTH = [("Ana Ruiz", Q1), ("Maria Lopez", A1)]
GERMAN = [("Ana Ruiz", "Q1 Wie sieht die erste Station aus?"), ("Maria Lopez", "A1 Wir wechseln alle 12 Minuten")]
SECRETS = ("late", "ill", "später", "krank", "secret")


def taken(text: str) -> list[tuple[str, str]]:
    """Who said what in a paste."""
    return [(item.author, item.text) for item in parse_pasted(text).items]


def shown(text: str) -> str:
    """All that the moderator sees of a paste."""
    pasted = parse_pasted(text)
    return " ".join([*(f"{one.author} {one.text}" for one in pasted.items), *(one.text for one in pasted.ignored)])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("60-zoom-new.txt", [
            ("Ana Ruiz", Q1),
            ("Maria Lopez (she/her)", f"{A1}\nand keep a timer on the board"),
            ("Tom Keller", "A1 Same here, with a bell"),
            ("Pat to go", "A1 My name has a word in it"),
            ("Dr. K: Room 4", "A1 My name has a colon in it"),
            ("Kim Park", "From what I see, 2:1 works best"),
        ]),
        ("61-zoom-german.txt", GERMAN),
        ("63-teams.vtt", BOTH),
        ("65-webex.txt", BOTH),
        ("66-discord-copied.txt", [("ana_host", Q1), ("mlopez", A1), ("mlopez", "and keep a timer on the board")]),
        ("67-telegram-copied.txt", BOTH),
        ("70-zoom-caption.txt", BOTH),
        ("72-zoom-reply-on-one-line.txt", BOTH),
        ("74-zoom-german-inline.txt", GERMAN),
        ("75-zoom-copied-pane.txt", BOTH),
    ],
)  # fmt: skip
def test_copied_and_saved_chats(name: str, said: list[tuple[str, str]]) -> None:
    text = (INPUTS / name).read_text(encoding="utf-8")
    assert taken(text) == said
    assert not any(secret in shown(text).split() for secret in SECRETS)


@pytest.mark.parametrize(
    ("name", "messages"),
    [("24-whatsapp-android.txt", 11), ("25-whatsapp-ios.txt", 11), ("26-whatsapp-german.txt", 11), ("27-zoom.txt", 11),
     ("zoom-chat.txt", 21), ("whatsapp-android.txt", 21)],
)  # fmt: skip
def test_whole_chats(name: str, messages: int) -> None:
    text = (INPUTS / name).read_text(encoding="utf-8")
    pasted = parse_pasted(text)
    assert len(pasted.items) == messages
    assert {one.reason for one in pasted.ignored} <= {NOTICE}
    assert not any("omitted" in item.text or "encrypted" in item.text for item in pasted.items)
    assert all(item.at for item in pasted.items)


@pytest.mark.parametrize(
    "name",
    ["24-whatsapp-android.txt", "25-whatsapp-ios.txt", "27-zoom.txt", "60-zoom-new.txt", "61-zoom-german.txt",
     "63-teams.vtt", "65-webex.txt", "66-discord-copied.txt", "67-telegram-copied.txt", "70-zoom-caption.txt",
     "75-zoom-copied-pane.txt", "zoom-chat.txt", "whatsapp-android.txt"],
)  # fmt: skip
def test_import_says_that_the_desk_takes_a_meetings_chat(name: str) -> None:
    with pytest.raises(CannotImport, match=r"this is a (chat|transcript).*`i`"):
        read_archive(INPUTS / name, Wanted(zone="UTC"))


@pytest.mark.parametrize(
    ("begins", "to", "private"),
    [
        ("Von", "an Alle", "an Ana (Direktnachricht)"),
        ("De", "a Todos", "a Ana (mensaje directo)"),
        ("De", "à Tout le monde", "à Ana (Message direct)"),
        ("De", "para Todos", "para Ana (mensagem direta)"),
        ("Da", "a Tutti", "a Ana (messaggio diretto)"),
        ("Van", "aan Iedereen", "aan Ana (privébericht)"),
        ("From", "to Everyone", "to Host and panelists"),
        ("From", "to Everyone", "to All panelists"),
        ("From", "to Everyone", "to Everyone Else"),
        ("From", "to All panelists and attendees", "to Ana to Everyone (Direct Message)"),
    ],
)
@pytest.mark.parametrize("form", ["19:02:11 {0} {1} {2}:\n\t{3}", "19:02:11\t {0}  {1}  {2} : {3}"])
def test_zoom_in_other_languages(form: str, begins: str, to: str, private: str) -> None:
    text = "\n".join(
        [form.format(begins, "Maria Lopez", to, "A1 one: two"), form.format(begins, "Jim", private, "secret")]
    )
    assert taken(text) == [("Maria Lopez", "A1 one: two")]
    assert "secret" not in shown(text)


@pytest.mark.parametrize(
    "text",
    [
        "Maria Lopez to Everyone 7:02 PM\nA1 So\nJim Roe to Me (Direct Message) 7:03 PM\nsecret",
        "Maria Lopez to Everyone 7:02 PM\nA1 So\nJim Roe to Ana Ruiz 7:03 PM\nsecret",
        "Maria Lopez to Everyone 7:02 PM\nA1 So\nJim Roe (privately) 7:03 PM\nsecret",
        "Maria Lopez 7:02 PM\nA1 So\nJim Roe (Direct Message) 7:03 PM\nsecret",
        "Maria Lopez (to Everyone): 7:02 PM: A1 So\nJim Roe (to Organizer(s) Only): 7:03 PM: secret",
        "from Maria Lopez to everyone:    7:02 PM\nA1 So\nfrom Jim Roe to host & presenter:    7:03 PM\nsecret",
        "from Maria Lopez to everyone:    7:02 PM\nA1 So\nfrom Jim Roe:    7:03 PM\nsecret",
    ],
)
def test_whatever_is_not_exactly_to_everyone_is_private(text: str) -> None:
    assert taken(text) == [("Maria Lopez", "A1 So")]
    assert "secret" not in shown(text)
    assert PRIVATE in {one.reason for one in parse_pasted(text).ignored}


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ('Replying to "A1: we rotate"\n\n\tSame here', "Same here"),
        ('Replying to "A1: we rot..." Same here', "Same here"),
        ('Replying to "He said "go" twice"\n\tSame here', "Same here"),
        ('Antwort auf "A1: wir"\n\tSame here', "Same here"),
        ("Respondiendo a “A1: así”\n\tSame here", "Same here"),
        ('Replying to "first line\nsecond line"\n\tSame here', "Same here"),
    ],
)
def test_behind_what_is_replied_to_stands_the_answer(message: str, answer: str) -> None:
    text = f"19:02:11 From Maria Lopez to Everyone:\n\tA1: we rotate\n19:03:00 From Jim to Everyone:\n\t{message}"
    assert taken(text)[1:] == [("Jim", answer)]
    assert {one.reason for one in parse_pasted(text).ignored} <= {QUOTED}


@pytest.mark.parametrize(
    "reaction",
    ['Reacted to "A1: we rotate" with 👍', 'Reacted to "two\nlines" with ❤️', 'Removed a 👍 reaction from "A1"',
     "add 👍🏻", "remove ☝️", 'Hat auf "A1: wir" mit 👍 reagiert', 'Reaccionó a "A1" con 👍', 'A réagi à "A1" avec 👍'],
)  # fmt: skip
def test_reactions_are_no_answers(reaction: str) -> None:
    pasted = parse_pasted(
        f"19:02:11 From Maria Lopez to Everyone:\n\tA1: so\n19:03:00 From Jim to Everyone:\n\t{reaction}"
    )
    assert [item.author for item in pasted.items] == ["Maria Lopez"]
    assert {one.reason for one in pasted.ignored} == {REACTION}


@pytest.mark.parametrize(
    "text",
    [
        "09/03/2023 à 20:00 - Ana Ruiz: Q1 What?\n09/03/2023 à 20:01 - Tom: A1 So",
        "9/3/23 8:00 p. m. - Ana Ruiz: Q1 What?\n9/3/23 8:01 p. m. - Tom: A1 So",
        "[09.03.23, 20:00:01] Ana Ruiz: Q1 What?\n[09.03.23, 20:01:01] Tom: A1 So",
        "Ana Ruiz (7:02 PM): Q1 What?\nTom (7:03 PM): A1 So",
        "[20:05] Ana Ruiz : Q1 What?\n[20:06] Tom : A1 So",
        "[09.03.2023 20:05:06] Ana Ruiz: Q1 What?\n[09.03.2023 20:06:06] Tom: A1 So",
        "Ana Ruiz\n — \n03/09/2023 7:02 PM\nQ1 What?\nTom\n — \nYesterday at 7:03 PM\nA1 So",
        "Ana Ruiz [7:02 PM]\nQ1 What?\nTom [7:03 PM]\nA1 So",
        "Ana Ruiz, 7:02 PM\nQ1 What?\nTom, 7:03 PM\nA1 So",
        "19:02:11 From Ana Ruiz to Everyone: Q1 What?\n19:03:11 From Tom to Everyone: A1 So",
        "9.3.2023 klo 20.01 - Ana Ruiz: Q1 What?\n9.3.2023 klo 20.02 - Tom: A1 So",
        "2023/3/9 下午8:00 - Ana Ruiz: Q1 What?\n2023/3/9 下午8:01 - Tom: A1 So",
        "[2023. 3. 9. 오후 8:00:01] Ana Ruiz: Q1 What?\n[2023. 3. 9. 오후 8:01:01] Tom: A1 So",
        "[09/03/2023 à 20:00:01] Ana Ruiz: Q1 What?\n[09/03/2023 à 20:01:01] Tom: A1 So",
        "[09.03.2023 20:05] Ana Ruiz\nQ1 What?\n[09.03.2023 20:06] Tom\nA1 So",
    ],
)
def test_other_programs_and_other_clocks(text: str) -> None:
    assert taken(text) == [("Ana Ruiz", "Q1 What?"), ("Tom", "A1 So")]


@pytest.mark.parametrize(
    "stands_for",
    ["<Media weggelaten>", "<Media har utelämnats>", "\u200e<attached: 1.jpg>", "null", "Dit bericht is verwijderd",
     "immagine omessa"],
)  # fmt: skip
def test_what_stands_for_a_picture_or_a_deleted_message_is_no_answer(stands_for: str) -> None:
    text = f"09-03-2023 20:00 - Ana Ruiz: Q1 What?\n09-03-2023 20:01 - Tom: {stands_for}"
    assert taken(text) == [("Ana Ruiz", "Q1 What?")]
    assert [one.reason for one in parse_pasted(text).ignored] == [NOTICE]


def test_the_mark_of_an_edited_message_is_none_of_its_words() -> None:
    text = "3/9/23, 8:00 PM - Ana Ruiz: Q1 What? \u200e<This message was edited>\n3/9/23, 8:01 PM - Tom: x < y > z"
    assert taken(text) == [("Ana Ruiz", "Q1 What?"), ("Tom", "x < y > z")]


@pytest.mark.parametrize("role", ["Director", "Direktorin", "Directora", "Private School", "Privatschule Bonn"])
def test_directors_and_private_schools_are_no_marks_of_private_messages(role: str) -> None:
    text = f"19:02:11 From Ana Ruiz ({role}) to Everyone:\n\tQ1 What?"
    assert taken(text) == [(f"Ana Ruiz ({role})", "Q1 What?")]


def test_a_private_message_of_a_chat_copied_without_times_is_private() -> None:
    text = "Ana Ruiz: Q1 What?\nTom (private): secret\nJim (privé): secret\nMaria: A1 So"
    assert taken(text) == [("Ana Ruiz", "Q1 What?"), ("Maria", "A1 So")]
    assert "secret" not in shown(text)


def test_times_in_answers_with_names_are_their_words() -> None:
    text = "Maria Lopez: we start at 8:30\nand end at 9:30\nJim: A1 at 9:00"
    assert taken(text) == [("Maria Lopez", "we start at 8:30\nand end at 9:30"), ("Jim", "A1 at 9:00")]


def test_captions_of_one_speaker_are_put_together() -> None:
    text = (
        "1\n00:00:05,120 --> 00:00:08,040\nAna Ruiz: Q1 What does the first\n\n2\n00:00:08,040 --> 00:00:10,040\n"
        "Ana Ruiz: station look like?\n\n3\n00:00:11,000 --> 00:00:12,000\nMaria Lopez: A1 We rotate\n\n"
        "4\n00:00:13,000 --> 00:00:14,000\nMaria Lopez: A2 a bell"
    )
    assert taken(text) == [
        ("Ana Ruiz", "Q1 What does the first station look like?"),
        ("Maria Lopez", "A1 We rotate"),
        ("Maria Lopez", "A2 a bell"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<Ana> 19:02 | Q1 What?\n<Tom> 19:03 | A1 So",
        "19:02 | ana | Q1 What?\n19:03 | tom | A1 So",
        "[20:05:01] <ana> Q1 What?\n[20:05:09] <tom> A1 So\n[20:06:00] * jim waves",
        "From: Ana (+1555)\nType: incoming\nSent: Thu, 9 Mar 2023 20:05 -0600\nReceived: Thu, 9 Mar 2023 20:05\n\nA1",
        "12:30 lunch is what we call it\n12:45 and then we go out",
        "19:02:11 開始 Ana 宛先 全員:\n\tQ1 What?\n19:03:11 開始 Jim 宛先 Ana(ダイレクト メッセージ):\n\tsecret",
        "Ana Ruiz said (at 7:02 PM) that Q1\nTom (at 7:03 PM) that A1",
    ],
)
def test_times_in_a_form_that_is_not_known_are_never_one_answer(text: str) -> None:
    pasted = parse_pasted(text)
    assert pasted.items == []
    assert {one.reason for one in pasted.ignored} == {UNKNOWN}
    assert [one.author for one in parse_pasted(text, "Ana").items] == ["Ana"]


@pytest.mark.parametrize(
    "text", ["A1 we meet at 12:30", "created_at,text\n2023-03-09 20:00,hi\n2023-03-09 20:01,ho", "{}"]
)
def test_what_is_no_meetings_chat_is_not_called_one(text: str) -> None:
    assert meeting_named(text) == ""


def test_the_desk_takes_no_meetings_chat_as_one_persons_answer() -> None:
    from tui.desk.model.answers import preview
    from tui.desk.model.desk import Drafts

    drafts = Drafts()
    drafts.answers_author, drafts.answers = "Ana", Path(INPUTS / "61-zoom-german.txt").read_text(encoding="utf-8")
    found = preview(drafts)
    assert found.answers == ()
    assert "leave the name empty" in found.ignored[0]
