"""Handles in cells that say more, and columns by the names that exports in other languages have."""

import pytest

from sessions.importing.formats.columns import match_columns, no_handles
from sessions.importing.formats.handles import handle_said
from sessions.importing.formats.texts import decoded


@pytest.mark.parametrize(
    ("cell", "handle", "name"),
    [
        ("https://x.com/ana_host", "ana_host", ""),
        ("https://mobile.twitter.com/ana_host/?lang=en", "ana_host", ""),
        ("https://m.example/@ana", "ana@m.example", ""),
        ("https://m.example/users/ana", "ana@m.example", ""),
        ("https://m.example/@ana@other.example", "ana@other.example", ""),
        ("https://bsky.app/profile/ana.bsky.social", "ana.bsky.social", ""),
        ("Ana Ruiz (@ana_host)", "ana_host", "Ana Ruiz"),
        ("Ana Ruiz @ana@m.example", "ana@m.example", "Ana Ruiz"),
        ("Ana <@ana_host>", "ana_host", "Ana"),
        ("@ana_host", "@ana_host", ""),
        ("ana@m.example", "ana@m.example", ""),
        ("@ana@m.example", "@ana@m.example", ""),
        ("Ana Ruiz", "Ana Ruiz", ""),
        ("Ana Ruiz <ana@m.example>", "Ana Ruiz <ana@m.example>", ""),
        ("https://x.com/ana/status/12", "https://x.com/ana/status/12", ""),
    ],
)
def test_a_cell_that_says_more_than_a_handle(cell: str, handle: str, name: str) -> None:
    assert handle_said(cell) == (handle, name)


def test_pages_and_names_with_handles_are_handles() -> None:
    assert not no_handles(["https://x.com/ana", "Ana Ruiz (@ana)", "@tomk"])
    assert no_handles(["Ana Ruiz", "Tom Keller"])


@pytest.mark.parametrize(
    "columns",
    [
        ("Data e ora", "Utente", "Messaggio"),
        ("Datum", "Gebruikersnaam", "Bericht"),
        ("Data", "Usuário", "Conteúdo"),
        ("Fecha", "Nombre de usuario", "Contenido"),
        ("date", "user.username", "rawContent"),
        ("created_at", "from_user_name", "text"),
        ("Date Sent", "From Handle", "Content"),
    ],
)
def test_columns_of_other_languages_and_collectors(columns: tuple[str, str, str]) -> None:
    found = match_columns(columns, {})
    assert (found["time"], found["handle"], found["text"]) == (0, 1, 2)


def test_a_day_and_a_time_of_day_in_other_languages() -> None:
    assert {match_columns(pair, {})["date"] for pair in (("Data", "Ora"), ("Datum", "Tijd"))} == {0}


def test_a_mark_of_utf8_before_what_is_none() -> None:
    read = decoded(b"\xef\xbb\xbf" + "Zoë says “café, it’s María’s”".encode("cp1252"), "x.csv")
    assert (read.text, read.encoding) == ("Zoë says “café, it’s María’s”", "cp1252")
    assert decoded("\ufeffMaría".encode(), "x.csv").text == "María"
