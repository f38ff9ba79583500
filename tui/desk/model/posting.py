"""What can be posted, how it stands with each network, and how that is told. Texts in it may be from outside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sessions.core.commands import posting_words
from sessions.core.events import Purpose, Sharing
from sessions.core.plan import SCRIPT_KEYS, Plan
from sessions.core.plan.words import PRACTICE
from sessions.core.posts import Post
from sessions.core.state import Posting, SessionState
from sessions.core.tasks.standing import closed
from sessions.networks.account import Account
from sessions.networks.poster import Length, PostingRules
from sessions.networks.registry import NETWORKS, network_named, posted_to, posting_of
from sessions.publishing.greetings import HelloText, hello
from sessions.publishing.offers import Offer
from sessions.publishing.sender import Absent, NotPublic, PostingOutcome, Sent
from sessions.publishing.shares import credit
from sessions.publishing.texts import (
    Draft,
    again_draft,
    question_draft,
    script_draft,
    task_draft,
    translation_subjects,
    with_hashtags,
)
from sessions.words import _, ngettext
from tui.text.days import moment_told
from tui.text.outside import clean_line

SCRIPT_NAMES = {
    "welcome": _("Welcome"), "format": _("How it works"), "introduce": _("Introduce yourselves"),
    "heads_up": _("One minute left"),
    "thanks": _("Thanks"), "next_time": _("Next time"), "saved": _("This chat is saved"),
}  # fmt: skip

REHEARSAL = _("rehearsal: nothing is sent")
"""What stands beside all that would be posted, where it is not."""


@dataclass(frozen=True)
class Postable:
    """Something to post: the draft, what it is called in a list, and the one network it is for.

    None is any network, an empty one none. A hello has several `texts`, of which the draft's is the first. A post that
    was `found` elsewhere is shared as `how` says.
    """

    name: str
    draft: Draft
    only: str | None = None
    texts: tuple[HelloText, ...] = ()
    found: Post | None = None
    how: Sharing = "new"

    @property
    def words(self) -> str:
        """What it is called in a sentence."""
        purposes = {
            "question": _("the question"),
            "again": _("the question"),
            "greeting": _("the hello"),
            "share": _("the find"),
        }
        return purposes.get(self.draft.purpose, "the line")


@dataclass(frozen=True)
class Target:
    """A network to post to: the account there, how it counts, and how the post stands with it.

    `standing` says what was posted there already; `may` whether it can be sent, `wanted` whether it is to go there
    unless the moderator says otherwise, and `purpose` as what. `called` is what the source of the chat is called to
    which the account belongs. Of a text that is written for another network the first half of `instead` reads as the
    second there.
    """

    account: Account
    rules: PostingRules
    purpose: Purpose
    standing: str = ""
    may: bool = True
    wanted: bool = True
    called: str = ""
    instead: tuple[str, str] = ("", "")

    @property
    def name(self) -> str:
        """What people call it: `mastodon`, or its server by its own name, `GoToSocial`."""
        return clean_line(self.called or self.rules.called or self.network)

    @property
    def network(self) -> str:
        """Which network it is."""
        return self.account.network

    def said(self, text: str) -> str:
        """The text as it goes out there."""
        return text.replace(*self.instead) if self.instead[0] else text

    def length(self, text: str) -> Length:
        """How long the text is there."""
        return posting_of(self.network).length(self.said(text), self.rules)

    def words(self, text: str) -> str:
        """What is said beside the network: how it stands, what is left, what it costs."""
        cost = posting_of(self.network).price(self.said(text))
        return " · ".join(filter(None, (self.standing, self.length(text).words, cost)))


def postables(state: SessionState, person: str | None = None, *, first: bool = False, now: int = 0) -> list[Postable]:
    """What can be posted `now` (UTC milliseconds): the open question, the script's lines, the tasks that are not closed
    then, a hello to the person under the cursor.

    With `first` the hello goes before all else.
    """
    found = []
    if state.open is not None:
        found.append(Postable(state.questions[state.open].name, question_draft(state, state.open)))
        found += [_translated(state, subject) for subject in translation_subjects(state, state.open)]
    for key in SCRIPT_KEYS:
        draft = script_draft(state, key)
        if draft is not None:
            found.append(Postable(SCRIPT_NAMES[key], draft))
    found += [
        Postable(_("Task #{tag}").format(tag=lookup.tag), task_draft(state, lookup))
        for lookup in (state.plan.lookups if state.plan is not None else ())
        if not closed(lookup, now)
    ]
    greeting = None if person is None else hello_to(state, person)
    if greeting is not None:
        found.insert(0 if first else len(found), greeting)
    return found


def _translated(state: SessionState, subject: str) -> Postable:
    """The question in another language: `P3 (Español)`."""
    question, code = state.question_posted(subject), subject.partition(":")[2]
    spoken = {one.code: one.name for one in (state.plan or Plan()).languages}
    name = question.name if question else ""
    return Postable(f"{name} ({clean_line(spoken.get(code, code))})", question_draft(state, subject))


def hello_to(state: SessionState, person: str) -> Postable | None:
    """A hello to somebody; None for a host, and for who is not here."""
    known = state.people.get(person)
    if known is None or known.host:
        return None
    found = hello(
        state,
        person,
        {name: network.posting.greeting for name, network in NETWORKS.items() if network.posting is not None},
    )
    draft = Draft("greeting", person, found.texts[0].text, found.reply_to)
    return Postable(_("Hello to {shown}").format(shown=known.author.shown), draft, found.network or "", found.texts)


def repost(state: SessionState, networks: Iterable[str]) -> Postable | None:
    """The open question once more, or for the first time where nothing of it went out; None where none is open."""
    question = state.open
    if question is None:
        return None
    name = state.questions[question].name
    before = {network: _times(state, question, network) for network in networks}
    if not any(before.values()):
        return Postable(name, question_draft(state, question))
    most = max(before, key=lambda network: before[network])
    return Postable(_("{name} again").format(name=name), again_draft(state, question, most))


def _times(state: SessionState, subject: str, network: str) -> int:
    """How often this went out there, or is on its way."""
    return sum(one.network == network and one.failed is None and one.begun.subject == subject
               for one in state.postings.values())  # fmt: skip


def targets(
    state: SessionState, postable: Postable, accounts: Sequence[tuple[Account, PostingRules]], me: str
) -> list[Target]:
    """The networks to which this can go, with the accounts that post there."""
    fitting = [(one, rules) for one, rules in accounts if postable.only in (None, one.network)]
    found = [_target(state, postable.draft, one, rules, me) for one, rules in fitting]
    return [
        replace(one, called=_own_name(state, one.account.posts_to), instead=_credits(postable.found, one.network))
        for one in found
    ]


def _credits(found: Post | None, network: str) -> tuple[str, str]:
    """What stands in the place of a mention where its handle is nobody's, or somebody else's."""
    if found is None or network == found.author.network or not found.author.handle:
        return ("", "")
    at_home, title = found.author.network, NETWORKS[found.author.network].title
    return (credit(found, at_home), credit(found, network, title))


def _own_name(state: SessionState, source: str) -> str:
    name = state.called(source)
    return "" if name == source.partition(":")[0] else name


def _target(state: SessionState, draft: Draft, account: Account, rules: PostingRules, me: str) -> Target:
    posted = [one for one in state.postings.values() if one.network == account.network]
    same = [one for one in posted if one.begun.subject == draft.subject and one.failed is None]
    if not same:
        return Target(account, rules, draft.purpose, *_greeted(state, draft))
    standing = how_it_stands(state, same[-1], me)
    if not same[-1].out or draft.purpose == "share":
        return Target(account, rules, draft.purpose, standing, may=False, wanted=False)
    # whether somebody is to be greeted again was asked before this is shown
    return Target(account, rules, "again", standing, wanted=draft.purpose in ("again", "greeting"))


def as_shown(shown: Sequence[Target], now: Sequence[Target]) -> list[Target] | None:
    """Those that were shown, as they are now; None where one stands otherwise now or may not be posted to any more."""
    found = [
        target
        for before in shown
        for target in now
        if (target.account.source, target.account.id) == (before.account.source, before.account.id)
        and (target.purpose, target.standing, target.may) == (before.purpose, before.standing, before.may)
    ]
    return found if len(found) == len(shown) else None


def _greeted(state: SessionState, draft: Draft) -> tuple[str, bool, bool]:
    """The standing of what was not posted: somebody may have greeted by hand. Whether to do so again was asked then."""
    person = state.people.get(draft.subject) if draft.purpose == "greeting" else None
    greeted = None if person is None else person.greeting
    return ("" if greeted is None else _("greeted by {by}").format(by=clean_line(greeted.by)), True, True)


def abandoned(state: SessionState, postable: Postable, networks: Sequence[str]) -> list[Posting]:
    """The postings of this to these networks of which it is open whether they went out."""
    return [
        one
        for one in state.postings.values()
        if one.begun.subject == postable.draft.subject and one.network in networks and one.unfinished and not one.out
    ]


def how_it_stands(state: SessionState, posting: Posting, me: str = "") -> str:
    """What became of a posting: `posted 7:21 by Ana`, `being posted by you`, `not posted: no permission`."""
    who = _("you") if posting.begun.by == me else clean_line(posting.begun.by or _("somebody"))
    if posting.network == PRACTICE:
        return _("rehearsed {moment_told} by {who}").format(moment_told=moment_told(state, posting.begun.at), who=who)
    if posting.out:
        return _("posted {moment_told} by {who}").format(moment_told=moment_told(state, posting.begun.at), who=who)
    if posting.failed is not None:
        return _("not posted by {who}: {failed}").format(who=who, failed=clean_line(posting.failed))
    return _("being posted by {who}").format(who=who)


def question_postings(state: SessionState, question: str) -> list[str]:
    """What went out of a question and where, a line each: `posted 7:21 by Ana to mastodon`."""
    found = [one for one in state.postings.values() if one.begun.subject == question]
    retried = {one.network for one in found if one.failed is None}
    return [
        f"{clean_line(state.called(one.begun.source))}: {how_it_stands(state, one)}"
        for one in found
        if one.failed is None or one.network not in retried
    ]


def going_out(text: str, plan: Plan | None, also: Sequence[str] = ()) -> str:
    """The text as it goes out, with the hashtags that it lacks; `also` has those that are optional and wanted."""
    return with_hashtags(text.strip(), plan, also)


def problem(text: str, chosen: Sequence[Target]) -> str:
    """Why this cannot be sent, in a sentence; empty where it can."""
    if not text.strip():
        return _("There is nothing to post.")
    if not chosen:
        return _("Choose at least one network.")
    long = [target.name for target in chosen if target.length(text).remaining < 0]
    if long:
        return ngettext(
            "Too long for {names}: shorten it, or leave it out.",
            "Too long for {names}: shorten it, or leave them out.",
            len(long),
        ).format(names=_(" and ").join(long))
    return ""


def why_not(state: SessionState, missing: Sequence[str], signed_in: Sequence[Account]) -> str:
    """Why nothing goes to the `missing` networks from here and what to do, in a sentence; empty where none is missing.

    `signed_in` are the accounts of those networks whose owner has not switched posting on.
    """
    if state.rehearsal:
        return _("This is a rehearsal: nothing is posted.")
    if missing == [""]:
        return _("Nothing can be posted to them: copy the words.")
    if not missing:
        return "" if posted_to(state.plan) else _("This chat reads no network to post to.")
    if signed_in:
        first = signed_in[0]
        return _("Posting is off: `{login} --posting`").format(login=network_named(first.network).login(first.host))
    read = [next((one for one in _sources(state) if one.partition(":")[0] == name), name) for name in missing]
    names = _(" or ").join(clean_line(state.called(source)) for source in read)
    return _("No account for {names} here: `{login}`").format(
        names=names, login=network_named(missing[0]).login(read[0].partition(":")[2])
    )


def _sources(state: SessionState) -> tuple[str, ...]:
    return () if state.plan is None else state.plan.sources


def outcome_words(outcome: PostingOutcome) -> str:
    """What became of a posting on one network, behind its name."""
    if isinstance(outcome, Sent):
        return _("posted") if outcome.noted else _("posted (the chat could not be told)")
    if isinstance(outcome, NotPublic):
        return _("not posted: {reason}").format(reason=clean_line(outcome.reason).rstrip("."))
    if isinstance(outcome, Absent):
        return _("did not go out")
    return _("not known ({reason}); it is looked up again").format(reason=clean_line(outcome.reason).rstrip("."))


def what(state: SessionState, posting: Posting) -> str:
    """What a posting is, at the beginning of a sentence: `Q3`, `The welcome`."""
    words = clean_line(posting_words(state, posting.begun, _))
    return words[:1].upper() + words[1:]


def where_to(state: SessionState, posting: Posting) -> str:
    """A posting with where it goes: `Q3 to mastodon`."""
    return _("{what} to {called}").format(
        what=what(state, posting), called=clean_line(state.called(posting.begun.source))
    )


def not_posted_yet(state: SessionState) -> Offer | None:
    """The offer to post the open question, as long as nobody has, by this desk or by hand."""
    question = state.open
    if question is None or state.closed_at is not None:
        return None
    begun = {one.begun.subject for one in state.postings.values() if one.failed is None}
    if question in begun:
        others = [subject for subject in translation_subjects(state, question) if subject not in begun]
        return (
            Offer("question", others[0], _("Post {name}?").format(name=_translated(state, others[0]).name))
            if others
            else None
        )
    opened = state.openings[-1].at
    for seen in reversed(state.posts.values()):
        if seen.at < opened:
            break
        if seen.kind == "question" and seen.filed is not None and seen.filed.question == question:
            return None
    return Offer("question", question, _("Post {name}?").format(name=state.questions[question].name))
