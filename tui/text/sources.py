"""How the sources fare and what reading them costs, in words. Names and statuses may be from outside."""

from collections.abc import Iterator, Mapping

from sessions.core.state import SessionState
from sessions.networks.spending import Spending, dollars, spending
from sessions.words import _
from tui.text.outside import clean_line

MINUTE = 60_000

LEAST_STEP = 5.0
"""Dollars by which a ceiling is raised where the plan names none."""

MOST = 1000.0
"""Dollars that a ceiling may be."""


def ago(milliseconds: int) -> str:
    """How long since: `3 s`, `4 min`, `2 h`."""
    if milliseconds < MINUTE:
        return f"{max(0, milliseconds) // 1000} s"
    minutes = milliseconds // MINUTE
    return _("{minutes} min").format(minutes=minutes) if minutes < 60 else f"{minutes // 60} h"


def short_name(state: SessionState, source: str) -> str:
    """A source by what it is called (`GoToSocial`, `mastodon`), by its server's address where that would name two."""
    name = state.called(source)
    same = [other for other in state.sources if state.called(other).casefold() == name.casefold()]
    return clean_line(name if len(same) == 1 else source.partition(":")[2] or source)


def long_name(state: SessionState, source: str) -> str:
    """A source as the plan has it, or by its server's own name: `mastodon:m.example`, `GoToSocial (school.example)`."""
    network, __, host = source.partition(":")
    name = state.called(source)
    return clean_line(source if name == network else f"{name} ({host or network})")


def health(state: SessionState, source: str, now: int | None, key: str = "") -> str:
    """The source in the header: `mastodon ok 3 s`, `x waiting 12 s · $1.25`.

    Behind `ok` it is how long ago the network's last post came, at `now` (UTC milliseconds, None: not told). Where more
    is known than that, `key` shows it.
    """
    known = state.sources[source]
    words = f"{short_name(state, source)} {clean_line(known.status)}"
    if known.details and known.status.startswith("ok,") and key:
        shows = (
            _("{words}: {key} shows which") if "could not be read" in known.status else _("{words}: {key} shows more")
        )
        words = shows.format(words=words, key=key)
    last = state.last_posts.get(source.partition(":")[0])
    if known.status == "ok" and last is not None and now is not None and state.closed_at is None:
        words = f"{words} {ago(now - last)}"
    told = not known.spent or "$" in known.status
    return words if told or known.spent is None else f"{words} {dollars(known.spent)}"


def in_brief(state: SessionState) -> str:
    """All sources in the least room: what is wrong for now first, then who is signed out, then what is well.

    Those that fare alike stand together (`mastodon no answer in time · bluesky, x signed out`); where a line is cut
    off, it is not the one that fails.
    """
    alike: dict[str, list[str]] = {}
    for source in sorted(state.sources, key=lambda one: _urgency(state.sources[one].status)):
        known = state.sources[source]
        words = clean_line(known.status).partition(": ")[0].removesuffix(", trying again")
        if known.spent and "$" not in words:
            words = f"{words} {dollars(known.spent)}"
        alike.setdefault(words, []).append(short_name(state, source))
    return " · ".join(f"{', '.join(names)} {words}" for words, names in alike.items())


def _urgency(status: str) -> int:
    if status in ("ok", "finished"):
        return 2
    return 1 if status.startswith("signed out") else 0


def details(state: SessionState, now: int, next_tries: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Each source with all that is known of it: its name, and lines about it.

    `next_tries` are the moments at which those that failed are tried again, as `now` by the hub's clock (UTC
    milliseconds).
    """
    for source, known in state.sources.items():
        lines = [clean_line(known.status)]
        last = state.last_posts.get(source.partition(":")[0])
        lines[0] += _(" · no post yet") if last is None else _(" · last post {ago} ago").format(ago=ago(now - last))
        if source in next_tries:
            lines.append(_next_try(next_tries[source] - now))
        if known.spent is not None:
            lines.append(_("reading has cost {words} in this chat").format(words=spending(state, source).words))
        lines += map(clean_line, known.details)
        yield long_name(state, source), "\n".join(lines)


def _next_try(milliseconds: int) -> str:
    return (
        _("is being tried again")
        if milliseconds <= 0
        else _("is tried again in {ago}").format(ago=ago(milliseconds + 999))
    )


def paid(state: SessionState) -> Iterator[tuple[str, Spending]]:
    """The sources whose reading is paid for, and how they stand."""
    read = [source for source, known in state.sources.items() if known.spent is not None]
    for source in dict.fromkeys((*read, *(one.source for one in state.lookups if one.spent))):
        yield source, spending(state, source)


def next_ceiling(state: SessionState, source: str) -> float:
    """How many dollars reading may cost once the driver says to go on."""
    step = state.plan.ceiling if state.plan is not None and state.plan.ceiling > 0 else LEAST_STEP
    return min(MOST, state.ceiling(source) + step)


def cost_words(source: str, found: Spending) -> str:
    """`Reading X has cost $4.00 of $5.00.`, with what is put aside where something is."""
    words = (
        _("Reading {source} has cost {words}, with what look-ups put aside.")
        if found.reserved
        else _("Reading {source} has cost {words}.")
    )
    return words.format(
        source=clean_line(source).upper() if len(source) == 1 else clean_line(source), words=found.taken_words
    )
