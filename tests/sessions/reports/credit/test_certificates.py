"""Who gets a certificate, and what stands on it."""

import re

from msgspec.structs import replace

from sessions.core.languages import BUILT_IN, ENGLISH, built_in
from sessions.core.plan import Credit
from sessions.reports.credit import Attendance, CreditPeople, build_attendance, certificate_page, certificates
from sessions.reports.credit.pages import hours_said
from tests.sessions.core.building import START
from tests.sessions.reports.credit.chats import CREDIT, CreditChat

DAY = 86_400_000
ALL = ("q1", "q2", "q3")


def a_chat(*, later: int = 0, credit: Credit = CREDIT) -> Attendance:
    """Maria, Tom and a nameless one ask; Tom answers too little, Lee enough without asking."""
    chat = CreditChat(starts_at=START + later * DAY, credit=credit)
    chat.answers("maria", *ALL, name="María <López>")
    chat.answers("lee", *ALL)
    chat.answers("nameless", *ALL, name="")
    chat.answers("tom", "q1")
    for who, name in (("maria", "María <López>"), ("nameless", ""), ("tom", "Tom")):
        chat.say(who, 20, "#credit", name=name)
    return build_attendance(chat.state, f"chat{later}", CreditPeople())


def test_who_asked_and_answered_enough_gets_one_and_who_did_not_is_told_with_the_reason() -> None:
    pages, refused = certificates([a_chat()])
    assert [page.name for page in pages] == ["María <López>"]
    assert [(one.attendee.handle, one.why) for one in refused] == [("nameless", "name"), ("tom", "answers")]


def test_several_chats_of_one_provider_are_one_page_and_each_provider_has_its_own() -> None:
    other = Credit("Ferris ISD", hours=0.5, word="#credit")
    pages, _ = certificates([a_chat(later=7), a_chat(), a_chat(later=14, credit=other)])
    assert [(page.provider, page.hours, [chat.session for chat in page.chats]) for page in pages] == [
        ("Navasota ISD", 2.0, ["chat0", "chat7"]),
        ("Ferris ISD", 0.5, ["chat14"]),
    ]
    html = certificate_page(pages[0])
    assert "In all" in html
    assert "2 clock-hours" in html


def test_the_page_has_all_that_texas_asks_for_and_nothing_that_runs_or_is_fetched() -> None:
    pages, _ = certificates([a_chat()])
    html = certificate_page(pages[0])
    for wanted in ("María &lt;López&gt;", "Navasota ISD", "902-001", "Monday, December 1, 2025", "Stations that work"):
        assert wanted in html
    assert "1 clock-hour<" in html
    assert not re.search(r"<script|https?://|<López>", html)


def test_a_provider_without_a_number_has_no_line_for_it() -> None:
    pages, _ = certificates([a_chat(credit=Credit("Ferris ISD", word="#credit"))])
    assert "Provider number" not in certificate_page(pages[0])


def test_it_is_in_the_language_of_the_chat() -> None:
    pages, _ = certificates([a_chat()])
    told = {code: certificate_page(pages[0], language) for code in BUILT_IN if (language := built_in(code))}
    assert "Constancia de participación" in told["es"]
    assert 'lang="de"' in told["de"]
    assert "lundi 1 décembre 2025" in told["fr"]


def test_hours_are_written_as_people_write_them_there() -> None:
    german = built_in("de")
    assert german is not None
    assert [hours_said(hours, ENGLISH) for hours in (0.5, 1, 1.5)] == [
        "0.5 clock-hours",
        "1 clock-hour",
        "1.5 clock-hours",
    ]
    assert hours_said(1.5, german) == "1,5 Zeitstunden"
    french = built_in("fr")
    assert french is not None
    assert [hours_said(hours, french) for hours in (1.0, 1.5, 2.0)] == ["1 heure", "1,5 heure", "2 heures"]


def test_a_rehearsal_gives_nothing() -> None:
    assert certificates([replace(a_chat(), rehearsal=True)]) == ([], [])
