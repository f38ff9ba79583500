"""What moderators found elsewhere and shared with the chat, as a recap may tell it. Pure."""

from collections.abc import Container

from sessions.core.events import PostShared
from sessions.core.identity import is_pseudonym
from sessions.core.plan.turns import same_name
from sessions.core.posts import Post
from sessions.core.state import SessionState
from sessions.reports.recap.activity import MINUTE
from sessions.reports.recap.model import RecapFind
from sessions.reports.recap.names import Names
from sessions.reports.recap.texts import clean, one_line


def finds_of(state: SessionState, names: Names, left_out: Container[str]) -> tuple[RecapFind, ...]:
    """The finds in the order in which they were brought, each once with its first share.

    What did not go out, was blanked, is by who is left out or forgotten, is for signed-in readers alone or by somebody
    muted is none of them.
    """
    told: dict[str, PostShared] = {}
    for share in state.shares.values():
        if share.found.id not in told and _brought(state, share) and _may_be_told(state, share.found, left_out):
            told[share.found.id] = share
    return tuple(_find(state, names, share) for share in told.values())


def _brought(state: SessionState, share: PostShared) -> bool:
    """Whether it reached the chat, as far as anybody knows: a copied one was to be posted by hand."""
    posting = state.postings.get(share.key)
    return share.stands != "posting" or (posting is not None and posting.out)


def _may_be_told(state: SessionState, found: Post, left_out: Container[str]) -> bool:
    author, layer = found.author, state.layers.get(found.id)
    person = state.people.get(author.id)
    if found.id in state.posts and (state.folded(found.id) or state.muted_word(found.id) is not None):
        return False
    gone = layer is not None and (layer.redacted or layer.removed)
    muted = person is not None and person.muted is not None
    return not (gone or muted or found.signed_in_only or author.id in left_out or is_pseudonym(author.id))


def _find(state: SessionState, names: Names, share: PostShared) -> RecapFind:
    found, posting = share.found, state.postings.get(share.key)
    shared_url = posting.url if posting is not None else None
    return RecapFind(
        name=names.shown(found.author),
        handle=names.handle(found.author),
        text=names.text(clean(found.text)),
        url=_open_address(found.url, names),
        network=found.author.network,
        by=_bringer(state, names, share.by or ""),
        at=share.at // MINUTE * MINUTE if names.anonymous else share.at,
        how=share.how,
        stands="shared" if share.stands == "posting" else share.stands,
        shared_url=_open_address(shared_url, names),
        warning=names.text(one_line(found.warning or "")) or None,
    )


def _bringer(state: SessionState, names: Names, by: str) -> str:
    """The moderator who brought it; where names are replaced, which host of the plan it is, else nobody."""
    if not names.anonymous:
        return one_line(by)
    hosts = state.plan.hosts if state.plan is not None else ()
    return next((names.host_name(place, by) for place, host in enumerate(hosts) if same_name(host.name, by)), "")


def _open_address(url: str | None, names: Names) -> str | None:
    line = one_line(url or "")
    return line if line.startswith(("https://", "http://")) and not names.anonymous else None
