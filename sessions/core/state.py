"""What a session is at a moment: the fold of its events.

`evolve` has no clock, no I/O and no randomness, so that the same events give the same state on the hub, on both desks
and in a replay. The state keeps references to the events and small side tables beside them; what there may be very many
of, and cannot lead back to itself, is left out by the garbage collector (`gc=False`).
"""

import hashlib
from bisect import bisect_right
from typing import Literal, Self

import msgspec
from msgspec.structs import replace

from sessions.core.events import (
    AnnouncingBegun,
    Event,
    HubTakenOver,
    LookedUp,
    PostingBegun,
    PostSeen,
    PostShared,
    Scope,
    SpendingReserved,
)
from sessions.core.hashtags import tag_key, tag_keys
from sessions.core.identity import bare_handle
from sessions.core.plan import Plan, Question
from sessions.core.plan.labels import label_key
from sessions.core.plan.muted import muted_words, word_key
from sessions.core.posts import Author, Filed, Kind

About = Literal[
    "post", "person", "question", "timer", "role", "note", "source", "accounts", "word", "share", "task", "credit"
]
Subject = tuple[About, str]
"""What an action is about; actions on one subject are undone in the reverse order."""

QuestionState = Literal["waiting", "asked", "closed", "skipped"]


class Mark(msgspec.Struct, frozen=True, gc=False):
    """Who did something and when (UTC milliseconds); `by` is a moderator's name or a host's handle."""

    by: str
    at: int


class Decision(msgspec.Struct, frozen=True):
    """A moderator's filing: a question's id, or None for "belongs to no question"."""

    question: str | None
    by: str


class Timer(msgspec.Struct, frozen=True):
    """The countdown of the open question as timestamps (UTC milliseconds) and lengths (seconds), never as a count.

    `started` moves on by the length of each hold when it ends; `held` is the moment the present hold began.
    """

    started: int
    seconds: int
    added: int = 0
    held: int | None = None


class Opening(msgspec.Struct, frozen=True):
    """A question was asked at this moment (UTC milliseconds)."""

    at: int
    question: str


class PostLayer(msgspec.Struct, gc=False):
    """What became of a post after it was seen; only posts to which something happened have one.

    `shown` says that no word in it folds it.
    """

    text: str
    kind: Kind
    filed: Filed | None
    warning: str | None = None
    decision: Decision | None = None
    edited: bool = False
    removed: bool = False
    redacted: bool = False
    starred: Mark | None = None
    hidden: Mark | None = None
    shown: Mark | None = None


class Person(msgspec.Struct, gc=False):
    """A participant as this session knows them. Times are of the hub's clock in UTC milliseconds.

    `greeted` is a moderator's mark, `replied` the first reply of a host to them; either counts as a greeting.
    `from_channel` says that they are known from the channel of the series and were in no chat before; `carried` that a
    channel knows them from before this month. In a channel times are those of posts. `left_out` are they who by
    people.json are muted for good or in no recap.
    """

    author: Author
    host: bool
    newcomer: bool
    first_at: int
    last_at: int
    posts: int = 0
    answers: int = 0
    says_new: bool = False
    greeted: Mark | None = None
    replied: Mark | None = None
    starred: Mark | None = None
    starred_posts: int = 0
    muted: Mark | None = None
    school: str = ""
    level: str = ""
    groups: tuple[str, ...] = ()
    from_channel: bool = False
    carried: bool = False
    left_out: bool = False

    @property
    def greeting(self) -> Mark | None:
        """Who said hello first, a moderator's own mark before a host's reply."""
        return self.greeted or self.replied

    @property
    def noticed(self) -> bool:
        """Whether a host replied to, highlighted or greeted this person."""
        return self.greeting is not None or self.starred is not None or self.starred_posts > 0


How = Literal["carries", "shares", "quotes", "links"]
"""How a post shows that its author did a task: it has both hashtags, or it repeats, quotes or links a post that has the
task's."""


class Find(msgspec.Struct, frozen=True, gc=False):
    """A post with which its author did a task. `tag` is the key of the task's hashtag (`tag_key`), `own` a hashtag of
    the chat that the post carries; empty where it carries none."""

    post: str
    tag: str
    how: How
    own: str = ""


class TaskMark(msgspec.Struct, frozen=True):
    """A moderator's word on whether somebody did a task, which goes before what posts show; None takes it back."""

    done: bool | None
    by: str
    at: int


class CreditMark(msgspec.Struct, frozen=True):
    """A moderator's word on whether somebody asked for credit, which goes before what they posted; None takes it
    back."""

    asked: bool | None
    by: str
    at: int


def task_key(tag: str, person: str) -> str:
    """What a mark on somebody's task is kept under."""
    return f"{tag_key(tag)} {person}"


class Moderator(msgspec.Struct, frozen=True):
    """Somebody at a desk; `here` until the hub has noticed that they left."""

    name: str
    scope: Scope
    here: bool


class SourceState(msgspec.Struct, frozen=True):
    """A source's health in words and the cursor from which it goes on; `spent` in thousandths of a dollar, `details`
    lines that tell more of its health, `called` the server's own name, empty where it has none but its network's."""

    status: str
    cursor: str | None
    spent: int | None = None
    details: tuple[str, ...] = ()
    called: str = ""


class Posting(msgspec.Struct, frozen=True, gc=False):
    """What a moderator posts: as it was begun, and what became of it, neither of which is known of an unfinished one.

    `post` and `url` are its id and address once it is public, `done_at` when that was noted (the hub's UTC
    milliseconds), `failed` why it is not public; `seen` is the id under which it came back from the network.
    """

    begun: PostingBegun
    post: str | None = None
    url: str | None = None
    done_at: int | None = None
    failed: str | None = None
    seen: str | None = None

    @property
    def unfinished(self) -> bool:
        """Whether it is still open if it went out."""
        return self.post is None and self.failed is None

    @property
    def out(self) -> bool:
        """Whether it is public as far as anybody knows: its sender said so, or the network brought it back."""
        return self.post is not None or self.seen is not None

    @property
    def network(self) -> str:
        """The network: `mastodon`."""
        return self.begun.source.partition(":")[0]


class Announcement(msgspec.Struct, frozen=True, gc=False):
    """What people elsewhere are told: as it was begun, when that was noted as told (the hub's UTC milliseconds), or why
    it was not."""

    begun: AnnouncingBegun
    done_at: int | None = None
    failed: str | None = None

    @property
    def unfinished(self) -> bool:
        """Whether nobody said yet what became of it."""
        return self.done_at is None and self.failed is None


class Note(msgspec.Struct, frozen=True):
    """A line from one moderator to the other."""

    by: str
    at: int
    text: str


class Action(msgspec.Struct, frozen=True, gc=False):
    """An action that has effect: its event, its subjects (the `own` first), and what was there before."""

    event: Event
    subjects: tuple[Subject, ...]
    before: object
    own: int = 1


_UNORDERED = ("tag_posts", "finds", "referring", "addresses", "credit_posts")
"""What is kept in whatever order it came: words that were blanked may have been the first."""


class SessionState:
    """The fold so far. Read it freely; only `sessions.core.evolve.evolve` writes to it."""

    def __init__(self) -> None:
        self.seq = 0
        self.at = 0
        self.plan: Plan | None = None
        self.rehearsal = False
        self.first = False
        self.session_kind = "chat"
        self.last_chat: int | None = None
        """When the series' last chat began, as far as a channel was told (UTC milliseconds)."""
        self.opened_at = 0
        self.closed_at: int | None = None
        self.questions: dict[str, Question] = {}
        self.order: list[str] = []
        self.question_serial = 0
        self.skipped: set[str] = set()
        self.openings: list[Opening] = []
        self.open: str | None = None
        self.timer: Timer | None = None
        self.roles: dict[str, str | None] = {"driver": None, "greeter": None}
        self.moderators: dict[str, Moderator] = {}
        self.posts: dict[str, PostSeen] = {}
        self.layers: dict[str, PostLayer] = {}
        self.reposts: dict[str, int] = {}
        self.tally: dict[str, int] = {}
        self.answered: dict[str, dict[str, int]] = {}
        self.answers = 0
        self.people: dict[str, Person] = {}
        self.joined: dict[str, str] | None = None
        """The account in an earlier chat of those who only seemed new, by their ids; None until that was asked."""
        self.last_posts: dict[str, int] = {}
        self.takeovers: list[HubTakenOver] = []
        self.muted: dict[str, str] = {}
        self.notes: dict[int, Note] = {}
        self.sources: dict[str, SourceState] = {}
        self.ceilings: dict[str, float] = {}
        self.postings: dict[str, Posting] = {}
        self.announcements: dict[str, Announcement] = {}
        self.lookups: list[LookedUp] = []
        self.reserved: dict[str, SpendingReserved] = {}
        """What look-ups that go on may cost yet, by their keys."""
        self.shares: dict[int, PostShared] = {}
        """Found posts that were shared, by the seqs of their events, without those that were taken back."""
        self.commands: dict[str, int] = {}
        self.acts: list[Event] = []
        self.actions: dict[int, Action] = {}
        self.stacks: dict[Subject, list[int]] = {}
        self.undone: dict[int, int] = {}
        self.tag_posts: dict[str, int] = {}
        """How many posts carry each of the chat's hashtags (`tag_key`), in a chat that has several."""
        self.finds: dict[str, tuple[Find, ...]] = {}
        """What people posted for tasks, by their ids."""
        self.referring: dict[str, tuple[str, ...]] = {}
        """The posts that repeat, quote or link something, by its id or address, in a chat with tasks."""
        self.addresses: dict[str, tuple[str, ...]] = {}
        """Posts by their addresses, in a chat with tasks."""
        self.task_marks: dict[str, TaskMark] = {}
        self.credit_marks: dict[str, CreditMark] = {}
        """What moderators said of who asked for credit, by the ids of accounts."""
        self._hosts: frozenset[str] = frozenset()
        self.credit_posts: dict[str, tuple[str, ...]] = {}
        """The posts with the plan's word for asking for credit, by the ids of their authors."""
        self._credit_word = ""
        self._watched: frozenset[str] = frozenset()
        self._sought: frozenset[str] = frozenset()
        self._echoes: set[str] = set()

    @property
    def channel(self) -> bool:
        """Whether this is a month of a channel: without questions and without a clock."""
        return self.session_kind == "channel"

    # Questions

    def question_state(self, question: str) -> QuestionState:
        """Whether the question waits, is open (asked), was open (closed) or is skipped; KeyError if unknown."""
        if question not in self.questions:
            raise KeyError(question)
        if question == self.open and self.closed_at is None:
            return "asked"
        if question in self.skipped:
            return "skipped"
        return "closed" if any(opening.question == question for opening in self.openings) else "waiting"

    def next_question(self) -> str | None:
        """The id of the question that Next asks: the first one waiting behind the open one, else the first waiting."""
        waiting = [q for q in self.order if self.question_state(q) == "waiting"]
        if self.open in self.order:
            place = self.order.index(self.open)
            for question in self.order[place + 1 :]:
                if question in waiting:
                    return question
        return waiting[0] if waiting else None

    def previous_question(self) -> str | None:
        """The id of the question that was open before the open one, or None."""
        for opening in reversed(self.openings):
            if opening.question != self.open and opening.question in self.questions:
                return opening.question
        return None

    def question_posted(self, subject: str) -> Question | None:
        """The question that a posting with this subject asks, worded as there: `q3`, in Spanish `q3:es`; else None."""
        question, _, language = subject.partition(":")
        known = self.questions.get(question)
        return known.translated(language) if known is not None and language else known

    def question_with_label(self, label: str) -> str | None:
        """The id of the question with this label, however it is written (`label_key`), or None."""
        wanted = label_key(label)
        return next((q for q in self.order if label_key(self.questions[q].label) == wanted), None)

    def open_at(self, moment: int) -> str | None:
        """The id of the question that was open at this moment (UTC milliseconds), or None before the first."""
        place = bisect_right(self.openings, moment, key=lambda opening: opening.at)
        return self.openings[place - 1].question if place else None

    # People

    def set_plan(self, plan: Plan) -> None:
        """Take the plan in, with the handles and names by which its hosts are known."""
        self.plan = plan
        self.muted = dict(sorted((word_key(word), word) for word in plan.muted))
        self._watched = frozenset(map(tag_key, plan.hashtags if len(plan.hashtags) > 1 else ()))
        self._credit_word = plan.credit.word if plan.credit else ""
        self._sought = frozenset(tag_key(lookup.tag) for lookup in plan.lookups)
        known = [handle.casefold() for host in plan.hosts for handle in host.handles]
        sources = [source.casefold().partition(":") for source in plan.sources]
        for handle in tuple(known):
            name = bare_handle(handle)
            if "@" not in name:  # as people write to others on the same server
                near = [(network, server) for network, _, server in sources if handle in (name, f"{network}:{name}")]
                known += [f"{network}:{name}@{server}" for network, server in near if server]
        known += [f"hand:{host.name.casefold()}" for host in plan.hosts]
        self._hosts = frozenset(known)

    def is_host(self, author: Author) -> bool:
        """Whether the plan names this author as a host, by handle or, where no network is involved, by name.

        A handle in the plan may leave out the account's server where a source reads that server, and be an account's
        id where a network's handles change. A rehearsal goes by the handle alone: its hosts speak under the handles of
        their networks.
        """
        handle = author.handle.casefold()
        if author.network == "hand":
            return f"hand:{(author.name or author.handle).casefold()}" in self._hosts
        if author.id.casefold() in self._hosts:
            return True
        if not handle:
            return False
        if handle in self._hosts or f"{author.network}:{handle}" in self._hosts:
            return True
        return author.network == "practice" and any(known.partition(":")[2] == handle for known in self._hosts)

    def to_greet(self) -> list[Person]:
        """The newcomers nobody has greeted, longest waiting first; in a first chat only those who say so."""
        waiting = [person for person in self.people.values() if self.wants_greeting(person)]
        return sorted(waiting, key=lambda person: person.first_at)

    def wants_greeting(self, person: Person) -> bool:
        """Whether this person is a newcomer, or in a chat for the first time, and nobody has greeted them yet."""
        new = person.from_channel or (person.newcomer and (person.says_new or not self.first))
        return (
            new
            and (person.posts > 0 or person.carried)
            and person.greeting is None
            and person.muted is None
            and not person.host
        )

    # Posts

    def kind(self, post: str) -> Kind:
        """What the post is; a moderator's filing makes an answer of talk, and talk of an unfiled answer."""
        layer = self.layers.get(post)
        if layer is None:
            return self.posts[post].kind
        return self._decided_kind(layer)

    @staticmethod
    def _decided_kind(layer: PostLayer) -> Kind:
        if layer.decision is None:
            return layer.kind
        if layer.decision.question is None:
            return "aside" if layer.kind == "answer" else layer.kind
        return "answer" if layer.kind in ("aside", "introduction", "announcement") else layer.kind

    def filed(self, post: str) -> Filed | None:
        """The post's filing, a moderator's before the one made at arrival; None if that question is no more."""
        layer = self.layers.get(post)
        filed = self.posts[post].filed if layer is None else layer.filed
        if layer is not None and layer.decision is not None:
            decided = layer.decision.question
            filed = None if decided is None else Filed(decided, "moderator")
        return filed if filed is not None and filed.question in self.questions else None

    def text(self, post: str) -> str:
        """The post's text as it is shown: its last one; empty when it was blanked."""
        return self.text_then(post)

    def text_then(self, post: str) -> str:
        """The post's text by what is folded so far, also where another one is shown: all that is counted goes by it."""
        layer = self.layers.get(post)
        return self.posts[post].post.text if layer is None else layer.text

    @property
    def echoes(self) -> set[str]:
        """The reposts that came behind their originals. It follows from the posts, and to look for the originals of all
        of a long chat takes longer than all else that is shown of it."""
        return self._echoes

    @property
    def watched(self) -> frozenset[str]:
        """The hashtags (`tag_key`) whose posts are counted: the chat's own where it has several."""
        return self._watched

    @property
    def sought(self) -> frozenset[str]:
        """The hashtags (`tag_key`) of the chat's tasks."""
        return self._sought

    @property
    def credit_word(self) -> str:
        """The word by which one asks for credit; empty where the plan has none."""
        return self._credit_word

    def tags(self, post: str) -> frozenset[str]:
        """The hashtags of the post (`tag_key`): those that its network names, and those in its last text
        so far."""
        seen, text = self.posts[post].post, self.text_then(post)
        written = tag_keys(text)
        if not seen.tags:
            return written
        named = frozenset(map(tag_key, seen.tags))
        if text != seen.text:  # what stood in the text alone went with it
            named -= tag_keys(seen.text)
        return named | written

    def warning(self, post: str) -> str | None:
        """The content warning behind which the post's text is folded, if there is one."""
        layer = self.layers.get(post)
        return self.posts[post].post.warning if layer is None else layer.warning

    def folded(self, post: str) -> bool:
        """Whether the post is out of sight: hidden, removed, blanked, or by somebody muted."""
        layer = self.layers.get(post)
        if layer is not None and (layer.hidden or layer.removed or layer.redacted):
            return True
        return self.people[self.posts[post].post.author.id].muted is not None

    def muted_word(self, post: str) -> str | None:
        """The word because of which the post is folded, as it was written down; None where it is not.

        What hosts write and what a moderator showed is never folded so. The post counts as any other.
        """
        if not self.muted:
            return None
        layer = self.layers.get(post)
        if layer is not None and layer.shown is not None:
            return None
        seen = self.posts[post].post
        if self.people[seen.author.id].host:
            return None
        found = muted_words(tuple(self.muted.values()))
        return found.find(self.text(post)) or found.find(self.warning(post) or "")

    # Sources

    def called(self, source: str) -> str:
        """What a source is called: `GoToSocial` where its server says that it is one, else by its network, `mastodon`.

        A server that gives itself the name of a network that is read here is not believed.
        """
        own = self.sources[source].called if source in self.sources else ""
        networks = [name.partition(":")[0] for name in (source, *self.sources)]
        return own if own and own.casefold() not in networks else networks[0]

    # Money

    def spent(self) -> int:
        """What reading has cost in this session so far, over all sources, in thousandths of a dollar."""
        looking_up = sum(one.spent for one in self.lookups) + sum(one.most for one in self.reserved.values())
        return sum(source.spent or 0 for source in self.sources.values()) + looking_up

    def spent_on(self, source: str) -> int:
        """What reading this source has cost so far, what moderators looked up or look up among it, in thousandths of a
        dollar."""
        known = self.sources.get(source)
        read = 0 if known is None else known.spent or 0
        looked_up = sum(one.spent for one in self.lookups if one.source == source)
        return read + looked_up + self.reserved_on(source)

    def reserved_on(self, source: str) -> int:
        """What of that is not spent, but put aside for what moderators look up now, in thousandths of a dollar."""
        return sum(one.most for one in self.reserved.values() if one.source == source)

    def ceiling(self, source: str) -> float:
        """How many dollars reading this source may cost: what the driver allowed, else what the plan says."""
        planned = 0.0 if self.plan is None else self.plan.ceiling
        return self.ceilings.get(source, planned)

    # The whole

    def newcomers(self) -> int:
        """How many people of this session were in no earlier one of the series."""
        return sum(person.newcomer for person in self.present())

    def present(self) -> list[Person]:
        """Everybody who posted; without those whose only words were added by hand and taken back."""
        return [person for person in self.people.values() if person.posts > 0]

    def copy(self) -> Self:
        """The same state to fold on from: what `evolve` changes in place is copied, all else is shared."""
        other = type(self).__new__(type(self))
        for name, value in vars(self).items():
            setattr(other, name, value.copy() if isinstance(value, (dict, list, set)) else value)
        other.layers = {post: replace(layer) for post, layer in self.layers.items()}
        other.people = {person: replace(known) for person, known in self.people.items()}
        other.answered = {question: counts.copy() for question, counts in self.answered.items()}
        other.stacks = {subject: seqs.copy() for subject, seqs in self.stacks.items()}
        return other

    def digest(self) -> str:
        """A digest of everything the fold holds: equal digests mean equal states."""
        everything = {name: value for name, value in vars(self).items() if not name.startswith("_")}
        everything["actions"] = {seq: action.subjects for seq, action in self.actions.items()}
        everything["stacks"] = [[*subject, *seqs] for subject, seqs in sorted(self.stacks.items())]
        everything["skipped"] = sorted(self.skipped)
        everything |= {name: dict(sorted(everything[name].items())) for name in _UNORDERED}
        return hashlib.blake2b(msgspec.json.encode(everything), digest_size=16).hexdigest()
