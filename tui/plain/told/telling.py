"""What happens, in one line each. Pure; names and texts go through the one door."""

from collections.abc import Sequence

from sessions.core import clock
from sessions.core.state import Person, SessionState
from sessions.words import _, ngettext
from tui.plain.targets import PostNumbers
from tui.text.days import day_name, day_time, days_long
from tui.text.outside import clean_line
from tui.text.wording import clock_time, counted, zone_of
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
        return _(", host")
    if person.from_channel and not person.newcomer:
        return _(", from the channel")
    return _(", new") if person.newcomer and (person.says_new or not state.first) else ""


def does(state: SessionState, post: str, numbers: PostNumbers) -> str:
    """What the author does by the post: `answers Q2`, `maybe answers Q2`, `shares post 12`."""
    filed, kind = state.filed(post), state.kind(post)
    repeats = state.posts[post].post.repost_of
    if repeats is not None and repeats in state.posts:
        return _("shares post {number}").format(number=numbers.number(repeats))
    if kind == "question":
        return _("posts {question}").format(question=named(state, filed.question)) if filed is not None else _("asks")
    if filed is not None:
        questions = [filed.question, *(one for one in filed.also if one in state.questions)]
        answers = _("maybe answers {questions}") if filed.why == "guess" else _("answers {questions}")
        return answers.format(questions=_(" and ").join(named(state, one) for one in questions))
    words = {"answer": _("answers, no question yet"), "introduction": _("introduction"), "announcement": _("announces"),
             "repost": _("shares"), "spam": _("perhaps spam")}  # fmt: skip
    return words.get(kind, _("says"))


def post_line(state: SessionState, post: str, numbers: PostNumbers, *, whole: bool = False) -> str:
    """`post 42. Merle Tansyfield, new, answers Q2: the clash of ideas …`, cut unless the `whole` is wanted."""
    look = look_of(state, post, PaneFilter(), zone_of(state.plan), unfolded=whole)
    author = state.people[state.posts[post].post.author.id]
    number = numbers.number(post)
    if look.tone == "folded":
        return _("post {number}. {name}: {text}").format(number=number, name=look.name, text=look.text)
    handle = f" {look.handle}" if whole and look.handle else ""
    shared = "".join(f", {badge.words}" for badge in look.badges if badge.role == "shares") if whole else ""
    star = _(", starred") if PaneFilter("starred").admits(state, post) else ""
    key, word = _("Enter shows it"), _("read {number} shows it").format(number=number)
    text = clean_line(" ".join(filter(None, (look.warning.replace(key, word), look.text))))
    if not whole and len(text) > LONGEST:
        text = _("{text} … (read {number})").format(text=text[:LONGEST].rsplit(" ", 1)[0], number=number)
    about = f"{handle}{standing(state, author)}, {does(state, post, numbers)}{star}{shared}"
    return _("post {number}. {name}{about}: {text}").format(number=number, name=look.name, about=about, text=text)


def summed_up(state: SessionState, posts: Sequence[str]) -> str:
    """What was not read: `12 more posts, 9 answer Q2, 2 by newcomers. Type answers 2`."""
    known = [post for post in posts if post in state.posts]
    parts = [counted(len(known), "{n} more post", "{n} more posts")]
    filed = [one.question for post in known if (one := state.filed(post)) is not None]
    most = max(filed, key=filed.count) if filed else None
    if most is not None:
        answers = ngettext("{n} answers {question}", "{n} answer {question}", filed.count(most))
        parts.append(answers.format(n=filed.count(most), question=named(state, most)))
    new = sum(PaneFilter("newcomers").admits(state, post) for post in known)
    if new:
        parts.append(_("{number} by newcomers").format(number=new))
    typed = ("latest", len(known)) if most is None else ("answers", state.questions[most].label)
    return _("{told}. Type {typed}").format(told=", ".join(parts), typed="{} {}".format(*typed))


def greeting_state(state: SessionState) -> str:
    """`14 to greet.`"""
    waiting = len(state.to_greet())
    return _("{waiting} to greet.").format(waiting=waiting) if waiting else _("Nobody to greet.")


def time_words(milliseconds: int) -> str:
    """A length for listening: `1 minute`, `2 minutes 41 seconds`."""
    minutes, seconds = divmod(abs(milliseconds) // 1000, 60)
    parts = [counted(minutes, "{n} minute", "{n} minutes")] if minutes else []
    parts += [counted(seconds, "{n} second", "{n} seconds")] if seconds or not parts else []
    return " ".join(parts)


def hour(state: SessionState, now: int) -> str:
    """How the hour stands: `0:43 behind, ends 8:01`, in words."""
    countdown = clock.countdown(state, now)
    zone = zone_of(state.plan)
    if state.channel and state.closed_at is None:
        return _("Between the chats: {posts} from {people}. This month goes until {day}.").format(
            posts=counted(len(state.posts), "{n} post", "{n} posts"),
            people=counted(len(state.present()), "{n} person", "{n} people"),
            day=day_name(clock.planned_end(state) - 1, zone),
        )
    if countdown is None:
        return _("The chat is closed.") if state.closed_at is not None else _("The chat has not begun.")
    if clock.is_slow(state):
        return _slow(state, now, countdown)
    if state.timer is None or state.open is None:
        first = clock.anchor(state) + countdown.total
        return _("Introductions. The first question is planned for {time}.").format(time=clock_time(first, zone))
    left = _left(countdown, time_words(countdown.left))
    off = clock.over_under(state, now)
    if abs(off) < 30_000:
        stands = _("on time")
    else:
        stands = (_("{amount} behind") if off > 0 else _("{amount} ahead")).format(amount=time_words(off))
    held = _(", held") if countdown.held else ""
    ends = clock_time(clock.expected_end(state, now), zone)
    place = _("{question} of {number}, {left}{held}.").format(
        question=named(state, state.open), number=len(state.order), left=left, held=held
    )
    return _("{place} {stands}, ends {ends}.").format(place=place, stands=stands, ends=ends)


def _left(countdown: clock.Countdown, time: str) -> str:
    return (_("{time} left") if countdown.left >= 0 else _("over by {time}")).format(time=time)


def _slow(state: SessionState, now: int, countdown: clock.Countdown) -> str:
    """How a slow chat stands: `Q2 of 5, 1 day 4 h left. Q3 opens Wednesday 7:00. The chat ends Friday 7:00.`"""
    zone, upcoming = zone_of(state.plan), state.next_question()
    left = _left(countdown, days_long(countdown.left))
    held = _(", held") if countdown.held else ""
    parts = []
    if state.open is not None:
        place = _("{question} of {number}, {left}{held}.")
        number = len(state.order)
        parts.append(place.format(question=named(state, state.open), number=number, left=left, held=held))
    opens, due = clock.openings(state).get(upcoming or ""), clock.due_since(state, now)
    if upcoming is not None and opens is not None:
        following = _("{following} was due {day_time}.") if due is not None else _("{following} opens {day_time}.")
        parts.append(following.format(following=named(state, upcoming), day_time=day_time(opens, zone, now)))
    parts.append(_("The chat ends {day_time}.").format(day_time=day_time(clock.planned_end(state), zone, now)))
    return " ".join(parts)
