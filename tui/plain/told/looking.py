"""What one asks to hear: who is here, the queue, answers, what was found. Pure; lists of lines."""

from collections.abc import Iterable, Sequence

from sessions.core.state import Person, SessionState
from sessions.words import _, pgettext
from tui.desk.model.opened_post import Beside, Told, told_of
from tui.desk.model.posting import question_postings
from tui.plain.targets import PostNumbers, full_name
from tui.plain.told.telling import post_line, time_words
from tui.text.day_names import month, weekday
from tui.text.days import moment_told
from tui.text.outside import clean_line
from tui.text.wording import counted, waited
from tui.widgets.answers.finding import folded
from tui.widgets.answers.pane_filter import Choice, PaneFilter
from tui.widgets.answers.query import parse_query
from tui.widgets.answers.standing import missing_people
from tui.widgets.questions.day_rows import DayCounts
from tui.widgets.roster_rows import SECTIONS, Section, section_of

MOST = 30
"""So many posts are read at once; more of them by other words."""

STATES = {
    "waiting": pgettext("question", "waits"), "asked": pgettext("question", "is open"),
    "closed": pgettext("question", "was asked"), "skipped": pgettext("question", "is skipped"),
}  # fmt: skip

_HEADINGS: dict[Section, str] = {
    "to greet": _("To greet"), "from the channel": _("From the channel"), "greeted": _("Greeted"),
    "back again": _("Back again"), "here": _("Here"), "away": _("Quiet for a month"), "hosts": _("Hosts"),
    "muted": _("Muted"),
}  # fmt: skip


def posts_by_word(which: str) -> PaneFilter | None:
    """The filter that a word stands for, None for one that stands for none."""
    kinds: tuple[Choice, ...] = ("all", "unfiled", "guesses", "starred", "newcomers", "chatter")
    found = [kind for kind in kinds if kind.startswith(which.casefold() or "all")]
    return PaneFilter(found[0]) if len(found) == 1 else None


def posts(state: SessionState, chosen: Iterable[str], numbers: PostNumbers, *, most: int = MOST) -> list[str]:
    """Posts with their times, the newest last; of more than `most` the newest."""
    every = list(chosen)
    lines = [
        f"{moment_told(state, state.posts[post].post.posted_at)} {post_line(state, post, numbers)}"
        for post in every[-most:]
    ]
    left = len(every) - len(lines)
    return [counted(left, "{n} earlier post not read.", "{n} earlier posts not read."), *lines] if left > 0 else lines


def post(state: SessionState, which: str, numbers: PostNumbers) -> list[str]:
    """A whole post, why it is filed where it is, the thread, its links, and what its author wrote before."""
    beside = Beside(which)
    beside.catch_up(state)
    told = [one for one in told_of(state, beside) if one.role not in ("text", "warning")]
    return [post_line(state, which, numbers, whole=True), *(_told(one, numbers) for one in told)]


def _told(one: Told, numbers: PostNumbers) -> str:
    number = "" if one.post is None else _(" (post {number})").format(number=numbers.number(one.post))
    return clean_line(f"{one.lead} {one.words}{number}")


def admitted(state: SessionState, which: PaneFilter) -> list[str]:
    """The posts that a filter admits, shared ones aside."""
    return [post for post, seen in state.posts.items() if seen.post.repost_of is None and which.admits(state, post)]


def found(state: SessionState, text: str) -> list[str] | str:
    """The posts in which the words are, in sight or in a name, or what was not understood of them."""
    query = parse_query(text, state)
    if query.problem:
        return query.problem
    words = folded(query.words.strip())

    def has(post: str) -> bool:
        author = state.posts[post].post.author
        covered = state.warning(post) is not None or state.muted_word(post) is not None
        said = "" if covered else state.text(post)
        return not words or words in folded("\0".join((said, author.name, author.handle)))

    return [post for post in state.posts if not state.folded(post) and query.admits(state, post) and has(post)]


def people(state: SessionState) -> list[str]:
    """Everybody, a line for each heading of the roster."""
    lines = []
    for section in SECTIONS:
        known = (person for person in state.people.values() if person.posts > 0 or person.carried)
        there = [person for person in known if section_of(state, person) == section]
        if there:
            lines.append(f"{_HEADINGS[section]}, {len(there)}: {_names(there)}.")
    return lines or [_("Nobody has posted yet.")]


def to_greet(state: SessionState, now: int) -> list[str]:
    """Who waits to be greeted, longest first."""
    return [
        f"{full_name(person)}, {_since(now - person.first_at)}, {counted(person.posts, '{n} post', '{n} posts')}"
        for person in state.to_greet()
    ] or [_("Nobody to greet.")]


def _since(milliseconds: int) -> str:
    words = waited(milliseconds)
    return _("came just now") if words == _("now") else _("waits {time}").format(time=words)


def newcomers(state: SessionState) -> list[str]:
    """Who is new, and who greeted them."""
    new = [person for person in state.present() if person.newcomer and not person.host]
    if not new:
        return [_("Nobody is new.")]
    if state.first:
        return [
            _("This is the first chat of its series: everybody is new."),
            *[_greeted(one) for one in new if one.says_new],
        ]
    return [_greeted(person) for person in new]


def _greeted(person: Person) -> str:
    greeting = person.greeting
    by = _("not greeted") if greeting is None else _("greeted by {name}").format(name=clean_line(greeting.by))
    return f"{full_name(person)}, {by}"


def not_answered(state: SessionState, question: str) -> str:
    """Who is here and has said nothing under the question, hosts aside."""
    silent = missing_people(state, question)
    name = state.questions[question].name
    if not silent:
        return _("Everybody here has answered {question}.").format(question=name)
    return _("Not yet {question}, {number}: {names}.").format(question=name, number=len(silent), names=_names(silent))


def _names(several: Sequence[Person]) -> str:
    return ", ".join(clean_line(person.author.shown) for person in several)


def queue(state: SessionState) -> list[str]:
    """The questions in their order: how each stands, and how many answers it has; of a channel its days with posts."""
    if state.channel:
        return _days(state)
    return [
        clean_line(
            f"{state.questions[one].name} {STATES[state.question_state(one)]}, "
            f"{counted(state.tally.get(one, 0), '{n} answer', '{n} answers')}: {state.questions[one].text}"
        )
        for one in state.order
    ] or [_("There are no questions yet.")]


def _days(state: SessionState) -> list[str]:
    counts = DayCounts()
    counts.follow(state)
    told = [(day, posts) for day, posts in counts.days(state.at) if posts]
    return [
        _("{weekday}, {month} {day}: {posts}").format(
            weekday=weekday(day), month=month(day), day=day.day, posts=counted(posts, "{n} post", "{n} posts")
        )
        for day, posts in told
    ] or [_("Nothing was posted yet.")]


def question(state: SessionState, which: str) -> list[str]:
    """A whole question with its notes, and what of it went out."""
    known = state.questions[which]
    stands = f"{known.name} {STATES[state.question_state(which)]}"
    told = _("{question}, {minutes:g} minutes: {text}")
    lines = [told.format(question=stands, minutes=round(known.minutes, 2), text=known.text)]
    lines += [_("Notes: {notes}").format(notes=known.notes)] if known.notes else []
    return [clean_line(line) for line in (*lines, *question_postings(state, which))]


def roles(state: SessionState, me: str, onlookers: Sequence[str]) -> str:
    """Who asks, who greets, who else is here."""

    def name(who: str | None) -> str:
        known = state.moderators.get(who or "")
        away = known is not None and not known.here
        if who is None:
            return _("Nobody")
        return _("{name} (away)").format(name=clean_line(who)) if away else clean_line(who)

    def does(who: str | None, mine: str, others: str) -> str:
        return mine if who is not None and who == me else others.format(name=name(who))

    driver, greeter = state.roles["driver"], state.roles["greeter"]
    if driver == greeter:
        words = [does(driver, _("You ask and greet."), _("{name} asks and greets."))]
    else:
        words = [
            does(driver, _("You ask."), _("{name} asks.")),
            does(greeter, _("You greet."), _("{name} greets.")),
        ]
    words += [
        does(one.name, _("You have no role."), _("{name} has no role."))
        for one in state.moderators.values()
        if one.here and one.scope == "moderator" and one.name not in (driver, greeter)
    ]
    words += [_("{name} looks on.").format(name=clean_line(one)) for one in onlookers]
    return " ".join(words)


def silence(milliseconds: int) -> str:
    """How long nothing was heard."""
    return time_words(milliseconds)
