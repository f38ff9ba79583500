"""In which form a paste or a file is, told by how its messages begin. Pure."""

from collections.abc import Sequence

from sessions.importing.meetings.copied import copied_form
from sessions.importing.meetings.heads import POSTED, SURE, Form, plain_lines


def form_of(lines: Sequence[str]) -> Form | None:
    """The form in which most messages of these lines begin, None where it is no meeting's chat that is known."""
    written = [number for number, line in enumerate(lines) if line.strip()]
    heads = {form.read: [form.read(lines, number) for number in written] for form in SURE}
    public = [(sum(head is not None and not head.private for head in heads[form.read]), form) for form in SURE]
    most, best = max(public, key=lambda one: one[0])
    if most:
        return best
    found = copied_form(lines, written) or next((form for form in SURE if any(heads[form.read])), None)
    return POSTED if found is None and written and POSTED.read(lines, written[0]) is not None else found


def meeting_named(text: str) -> str:
    """What kind of meeting's chat a file is that begins so, in words; empty where it is none."""
    lines = plain_lines(text[:20_000])[:200]
    written = [number for number, line in enumerate(lines) if line.strip()]
    for form in SURE:
        heads = [number for number in written[:12] if form.read(lines, number) is not None]
        if heads and (len(heads) > 1 or heads[0] in written[:3]):
            return form.name
    return ""
