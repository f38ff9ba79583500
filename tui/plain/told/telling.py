"""What happens, in one line each. Pure; names and texts go through the one door."""

from collections.abc import Sequence

from sessions.core import clock
from sessions.core.state import Person, SessionState
from tui.plain.targets import PostNumbers
from tui.text.days import day_name, day_time, days_long
from tui.text.outside import clean_line
from tui.text.wording import clock_time, count, zone_of
from tui.widgets.answers.pane_filter import PaneFilter
from tui.widgets.answers.post_look import look_of

LONGEST = 240
"""Letters of a post that are read unasked."""


def named(state: SessionState, question: str) -> str:
    """`Q3`."""
    return state.questions[question].name


def standing(state: SessionState, person: Person) -> str:
    """What is said behind a name: `, new`, `, host`, `, from the channel`, nothing for who was here before."""
    if person.host:
        return ", host"
    if person.from_channel and not person.newcomer:
        return ", from the channel"
    return ", new" if person.newcomer and (person.says_new or not state.first) else ""


def does(state: SessionState, post: str, numbers: PostNumbers) -> str:
    """What the author does by the post: `answers Q2`, `maybe answers Q2`, `shares post 12`."""
    filed, kind = state.filed(post), state.kind(post)
    repeats = state.posts[post].post.repost_of
    if repeats is not None and repeats in state.posts:
        return f"shares post {numbers.number(repeats)}"
    if kind == "question":
        return f"posts {named(state, filed.question)}" if filed is not None else "asks"
    if filed is not None:
        also = "".join(f" and {named(state, one)}" for one in filed.also if one in state.questions)
        maybe = "maybe " if filed.why == "guess" else ""
        return f"{maybe}answers {named(state, filed.question)}{also}"
    words = {"answer": "answers, no question yet", "introduction": "introduction", "announcement": "announces",
             "repost": "shares", "spam": "perhaps spam"}  # fmt: skip
    return words.get(kind, "says")


def post_line(state: SessionState, post: str, numbers: PostNumbers, *, whole: bool = False) -> str:
    """`post 42. Merle Tansyfield, new, answers Q2: the clash of ideas …`, cut unless the `whole` is wanted."""
    look = look_of(state, post, PaneFilter(), zone_of(state.plan), unfolded=whole)
    author = state.people[state.posts[post].post.author.id]
    number = numbers.number(post)
    if look.tone == "folded":
        return f"post {number}. {look.name}: {look.text}"
    handle = f" {look.handle}" if whole and look.handle else ""
    shared = "".join(f", {badge.words}" for badge in look.badges if badge.role == "shares") if whole else ""
    star = ", starred" if PaneFilter("starred").admits(state, post) else ""
    text = clean_line(" ".join(filter(None, (look.warning.replace("Enter shows it", f"read {number} shows it"),
                                             look.text))))  # fmt: skip
    if not whole and len(text) > LONGEST:
        text = f"{text[:LONGEST].rsplit(' ', 1)[0]} … (read {number})"
    does_ = does(state, post, numbers)
    return f"post {number}. {look.name}{handle}{standing(state, author)}, {does_}{star}{shared}: {text}"


def summed_up(state: SessionState, posts: Sequence[str]) -> str:
    """What was not read: `12 more posts, 9 answer Q2, 2 by newcomers. Type answers 2`."""
    known = [post for post in posts if post in state.posts]
    parts = [count(len(known), "more post")]
    filed = [one.question for post in known if (one := state.filed(post)) is not None]
    most = max(filed, key=filed.count) if filed else None
    if most is not None:
        several = filed.count(most)
        parts.append(f"{several} {'answers' if several == 1 else 'answer'} {named(state, most)}")
    new = sum(PaneFilter("newcomers").admits(state, post) for post in known)
    if new:
        parts.append(f"{new} by newcomers")
    hint = f"answers {state.questions[most].label}" if most is not None else f"latest {len(known)}"
    return f"{', '.join(parts)}. Type {hint}"


def greeting_state(state: SessionState) -> str:
    """`14 to greet.`"""
    waiting = len(state.to_greet())
    return f"{waiting} to greet." if waiting else "Nobody to greet."


def time_words(milliseconds: int) -> str:
    """A length for listening: `1 minute`, `2 minutes 41 seconds`."""
    minutes, seconds = divmod(abs(milliseconds) // 1000, 60)
    parts = [count(minutes, "minute")] if minutes else []
    parts += [count(seconds, "second")] if seconds or not parts else []
    return " ".join(parts)


def hour(state: SessionState, now: int) -> str:
    """How the hour stands: `0:43 behind, ends 8:01`, in words."""
    counted = clock.countdown(state, now)
    zone = zone_of(state.plan)
    if state.channel and state.closed_at is None:
        posts = f"{count(len(state.posts), 'post')} from {count(len(state.present()), 'person', 'people')}"
        return f"Between the chats: {posts}. This month goes until {day_name(clock.planned_end(state) - 1, zone)}."
    if counted is None:
        return "The chat is closed." if state.closed_at is not None else "The chat has not begun."
    if clock.is_slow(state):
        return _slow(state, now, counted)
    if state.timer is None or state.open is None:
        first = clock.anchor(state) + counted.total
        return f"Introductions. The first question is planned for {clock_time(first, zone)}."
    left = f"{time_words(counted.left)} left" if counted.left >= 0 else f"over by {time_words(counted.left)}"
    off = clock.over_under(state, now)
    stands = "on time" if abs(off) < 30_000 else f"{time_words(off)} {'behind' if off > 0 else 'ahead'}"
    held = ", held" if counted.held else ""
    ends = clock_time(clock.expected_end(state, now), zone)
    return f"{named(state, state.open)} of {len(state.order)}, {left}{held}. {stands}, ends {ends}."


def _slow(state: SessionState, now: int, counted: clock.Countdown) -> str:
    """How a slow chat stands: `Q2 of 5, 1 day 4 h left. Q3 opens Wednesday 7:00. The chat ends Friday 7:00.`"""
    zone, upcoming = zone_of(state.plan), state.next_question()
    left = f"{days_long(counted.left)} left" if counted.left >= 0 else f"over by {days_long(counted.left)}"
    held = ", held" if counted.held else ""
    stands = "" if state.open is None else f"{named(state, state.open)} of {len(state.order)}, {left}{held}. "
    opens, due = clock.openings(state).get(upcoming or ""), clock.due_since(state, now)
    following, ends = "", day_time(clock.planned_end(state), zone, now)
    if upcoming is not None and opens is not None:
        verb = "was due" if due is not None else "opens"
        following = f"{named(state, upcoming)} {verb} {day_time(opens, zone, now)}. "
    return f"{stands}{following}The chat ends {ends}."
