"""The handle in a cell that says more: the address of somebody's page, or a name with the handle behind it. Pure."""

import re

_PAGE = re.compile(
    r"https?://(?:www\.|mobile\.)?(?P<host>[\w.-]{3,100})/(?:(?P<kind>profile|users?|u|@)/?)?(?P<who>[\w.@-]{1,100})/?(?:[?#].*)?"
)
_NAMED = re.compile(r"(?P<name>\S.{0,80}?)(?:\s{1,3}[(\[<]?|[(\[<])@(?P<who>\w[\w.-]{0,60}(?:@[\w.-]{3,80})?)[)\]>]?")


def handle_said(cell: str) -> tuple[str, str]:
    """The handle that the cell says, and the name before it; where it is in neither form the cell, and no name."""
    cell = cell.strip()
    page = _PAGE.fullmatch(cell)
    if page is not None:
        at_host = page["kind"] in ("@", "users") and "@" not in page["who"]
        return (f"{page['who']}@{page['host']}" if at_host else page["who"]), ""
    named = _NAMED.fullmatch(cell)
    if named is not None:
        return named["who"], named["name"].strip()
    return cell, ""
