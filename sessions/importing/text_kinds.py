"""What a text is in which no posts are found, and what to do with it. Pure."""

import re

from sessions.files.kinds import FileKind

_PLAN = re.compile(r"^\s*(?:\[\[questions\]\]|\[\[hosts\]\]|starts\s*=)", re.MULTILINE)
_MAIL = re.compile(r"^(?:From|Subject|To|Date|Received): ", re.MULTILINE)
_ROSTER = re.compile(r"(?:^|[,;\t])\"?(?:school|level|grade|groups?)\"?(?=[,;\t\r\n])", re.IGNORECASE)
_DELIMITERS = ",;\t|"


def text_kind(text: str) -> FileKind | None:
    """What the text is that has no columns of posts, None where nothing tells."""
    start = text[:20_000].lstrip("\ufeff \t\r\n")
    first = start.partition("\n")[0]
    if start.startswith(("<?xml", "<rss", "<feed")):
        return FileKind("XML, such as a feed", "posts in it cannot be read; export them as CSV or JSON and give that")
    if len(_PLAN.findall(start)) > 1:
        return FileKind("the plan of a chat", "`lunchroom host` begins the chat, `lunchroom check` looks at the plan")
    if len(_MAIL.findall(start[:2000])) > 2:
        return FileKind("a mail", "save what it brought as a file of its own and give that")
    if _ROSTER.search(f"{first}\n") is not None:
        return FileKind("a list of people", "`lunchroom people import` takes it")
    if not any(mark in first for mark in _DELIMITERS):
        return FileKind(
            "text without columns",
            "give a CSV, TSV or JSONL file with time, author and text; the chat of a meeting is pasted on the desk "
            "of a chat (`i`)",
        )
    return None
