"""The judge: kind, filing and addressee of each post as it arrives, against the state before it.

The order of evidence is a moderator's decision (it lies in the state), the label in the text, the thread, and else a
guess by all that speaks for and against (`sessions.core.filing.guessing`).
"""

from collections.abc import Callable

import msgspec

from sessions.core.events import PostSeen
from sessions.core.filing import kinds
from sessions.core.filing.corrections import corrected_answer, corrected_label
from sessions.core.filing.guessing import WEIGHTS, Evidence, Weights, Witness, because, weigh
from sessions.core.filing.labels import Label, reader_of
from sessions.core.filing.own_posts import own_post_judged, posting_of
from sessions.core.filing.own_words import OwnWords, own_words
from sessions.core.filing.post_index import PostIndex
from sessions.core.filing.words import copied, cut_off, likeness, mentioned_first, part_of, words
from sessions.core.languages import ENGLISH
from sessions.core.plan import Plan, label_number
from sessions.core.plan.labels import is_numbered, label_key
from sessions.core.posts import Author, Filed, Judgement, Kind, Post
from sessions.core.state import SessionState

_ALIKE = 0.7
"""The likeness from which a host's words are the words of a question of the plan."""

_REPEATED = 0.8
"""The likeness from which anybody else's are: they repeat the question."""

_LIKE_AN_ANSWER = 3
"""Words of its own that a post needs to look like an answer where there is nothing to weigh."""


def _part_in_letters(number: str) -> str:
    """`2a` for `2.1` and the other way round; `2` for `2`."""
    base, dot, part = number.partition(".")
    if dot:
        return f"{base}{chr(ord('a') + int(part) - 1)}" if 1 <= int(part) <= 26 else base
    letter = number[-1:].casefold()
    return f"{number[:-1]}.{ord(letter) - ord('a') + 1}" if "a" <= letter <= "h" else number


def _nobody(_author: Author) -> bool:
    return False


class Judge:
    """Judges posts as they arrive, against the state before them. Pure: no clock, no I/O; the same state and posts give
    the same answers.

    `newcomer` says whether an author is in no earlier saved chat of the series, `from_channel` whether they are
    known from its channel alone; neither is asked of hosts. `weights` are
    what the evidence for a guess counts for.
    """

    def __init__(
        self,
        state: SessionState,
        *,
        newcomer: Callable[[Author], bool] = _nobody,
        from_channel: Callable[[Author], bool] = _nobody,
        weights: Weights = WEIGHTS,
    ) -> None:
        self._state = state
        self._newcomer = newcomer
        self._from_channel = from_channel
        self._index = PostIndex(state)
        self._witness = Witness(state, self._index)
        self._weights = weights
        self._plan: Plan | None = None
        self._reader = reader_of(ENGLISH)
        self._own_words: OwnWords | None = None

    def judge(self, post: Post) -> Judgement:
        """What the post is and where it belongs; never raises, whatever its text."""
        own = posting_of(self._state, post)
        if own is not None:
            return own_post_judged(self._state, own, self._addressed(post))
        self._learn_language()
        host = self._state.is_host(post.author)
        kind, filed, original = self._kind_and_filing(post, host)
        return Judgement(
            kind=kind,
            filed=filed,
            repost_of=original,
            newcomer=not host and self._newcomer(post.author),
            says_new=not host and kind != "repost" and self._says_new(post.text),
            addressed=self._addressed(post),
            corrects=self._corrects(post, filed) if kind == "aside" else None,
            from_channel=not host and self._from_channel(post.author),
        )

    def rejudge(self, post: PostSeen, text: str) -> Judgement:
        """The same for a post that its author edited; who is new was settled when it arrived."""
        edited = msgspec.structs.replace(post.post, text=text)
        own = self._state.postings.get(post.posting or "")
        if own is not None:
            return own_post_judged(self._state, own, self._addressed(edited))
        again = self.judge(edited)
        return msgspec.structs.replace(again, newcomer=post.newcomer, corrects=None, from_channel=post.from_channel)

    def _corrects(self, post: Post, filed: Filed | None) -> str | None:
        """The author's earlier answer whose label this post takes back."""
        if filed is None or filed.why != "label" or corrected_label(post.text, self._reader.forms) is None:
            return None
        earlier = self._taken_back(post)
        known = None if earlier is None else self._state.filed(earlier)
        return earlier if known is not None and known.question != filed.question else None

    def _taken_back(self, post: Post) -> str | None:
        return corrected_answer(self._state, self._index, post, names=self._mentioned(post))

    # Whom it addresses

    def _addressed(self, post: Post) -> str | None:
        """The id of the person the post replies to, never its own author."""
        parent = self._state.posts.get(post.reply_to or "")
        person = parent.post.author.id if parent is not None else self._mentioned(post)
        return person if person != post.author.id else None

    def _mentioned(self, post: Post) -> str | None:
        handle = mentioned_first(post.text)
        return None if handle is None else self._index.person(post.author.network, handle)

    # Kind and filing

    def _kind_and_filing(self, post: Post, host: bool) -> tuple[Kind, Filed | None, str | None]:
        repost = self._as_repost(post, host)
        if repost is not None:
            return "repost", *repost
        meant = corrected_label(post.text, self._reader.forms)
        filed = None if meant is None else self._by_label(Label("A", meant, None, "inside"), post.posted_at)
        if filed is not None and filed.why == "label" and self._taken_back(post) is not None:
            return "aside", filed, None
        found = self._split_label(post.text)
        kind, filed = (self._of_host if host else self._of_participant)(post, found)
        return kind, filed, None

    def _as_repost(self, post: Post, host: bool) -> tuple[Filed | None, str | None] | None:
        """The filing and the original of a repost, or None where the post is none; replies may use others' words."""
        copy = copied(post.text)
        replies = post.reply_to in self._state.posts
        original = post.repost_of
        if original is None and (copy is not None or not replies):
            original = self._index.original(post, host=host)
        if original is None and copy is None:
            return None
        if original in self._state.posts:
            filed = self._state.filed(original)
            if filed is not None and filed.why == "moderator":
                filed = Filed(filed.question, "thread")
        else:
            body = post.text if copy is None else copy[1]
            found = self._split_label(body)
            filed = self._by_words(body, _REPEATED) if found is None else self._by_label(found[0], post.posted_at)
        filed = filed or (self._by_thread(post) if replies else None)
        return (None if filed is not None and filed.why == "guess" else filed), original

    def _of_host(self, post: Post, found: tuple[Label, str] | None) -> tuple[Kind, Filed | None]:
        """A host asks, announces, answers or chats; only what a host posts is a question."""
        text = post.text
        answers = found is not None and found[0].letter == "A"
        if found is not None and answers and (found[0].where != "inside" or not self._housekeeping(text)):
            return self._labelled_answer(post, found[0])
        to_one = self._addresses_somebody(post)
        worded = self._by_words(text, _ALIKE)
        about_to_come = worded is None and self._heads_up(text)
        if about_to_come and not to_one:
            return "announcement", None
        if found is not None and not answers and not about_to_come:
            return self._labelled_question(post, *found, worded)
        if worded is not None:
            return "question", worded
        if not to_one and (self._before_questions(post) or self._housekeeping(text)):
            return "announcement", None
        return self._unlabelled(post, host=True)

    def _labelled_question(
        self, post: Post, label: Label, rest: str, worded: Filed | None
    ) -> tuple[Kind, Filed | None]:
        """A question by its label, or by its words where the label is another's; a slip may begin an answer with Q4."""
        filed = self._by_label(label, post.posted_at)
        if worded is not None and (filed is None or not self._worded_like(filed.question, post.text)):
            filed = worded
        if worded is None and self._was_asked(filed) and "?" not in rest and len(words(rest)) > 3:
            return "answer", filed
        return "question", filed

    def _of_participant(self, post: Post, found: tuple[Label, str] | None) -> tuple[Kind, Filed | None]:
        """A participant answers, arrives, chats or sells; a label with Q is an answer by a slip of the finger."""
        if found is None:
            return self._unlabelled(post, host=False)
        label, rest = found
        repeated = self._by_words(post.text, _REPEATED) if label.letter == "Q" else None
        if repeated is not None:
            return "repost", repeated
        if kinds.asks_back(post.text) and len(words(rest)) <= 3:
            return "aside", self._by_thread(post)
        return self._labelled_answer(post, label)

    def _labelled_answer(self, post: Post, label: Label) -> tuple[Kind, Filed | None]:
        """An answer; one whose label names no question of the queue is not guessed at, for it is not the open one."""
        return "answer", self._by_label(label, post.posted_at) or self._by_thread(post)

    def _unlabelled(self, post: Post, *, host: bool) -> tuple[Kind, Filed | None]:
        """By the thread, else by what the words plainly say, else by all that speaks for and against each question."""
        thread = self._by_thread(post)
        if thread is not None:
            return self._kind_in_thread(post, host=host), thread
        kind = self._plain_kind(post, host=host)
        if kind is not None:
            return kind, None
        if post.author.network == "hand":
            return ("answer", self._open(post)) if kinds.substantial(post.text, at_least=1) else ("aside", None)
        return self._weighed(post) if self._index.labelled() else self._by_the_clock(post)

    def evidence(self, post: Post) -> Evidence | None:
        """The evidence on which a guess at this post rests; None where nobody has to guess. The training reads it."""
        self._learn_language()
        host = self._state.is_host(post.author)
        known = posting_of(self._state, post) is not None or self._as_repost(post, host) is not None
        if known or self._split_label(post.text) is not None or self._by_thread(post) is not None:
            return None
        return None if self._plain_kind(post, host=host) is not None else self._witness.evidence(post)

    def _by_the_clock(self, post: Post) -> tuple[Kind, Filed | None]:
        """Where nobody labels, which the weights never saw: what looks like an answer is one to the open question."""
        talk = self._addresses_somebody(post) or post.quote_of in self._state.posts
        if talk or not kinds.substantial(post.text, at_least=_LIKE_AN_ANSWER):
            return self._weighed(post)
        filed = self._open(post)
        return "answer", None if filed is None else Filed(filed.question, "guess", because="time")

    def _weighed(self, post: Post) -> tuple[Kind, Filed | None]:
        evidence = self._witness.evidence(post)
        weighed = weigh(evidence, self._weights)
        question = weighed.likeliest
        if question is None:
            return ("answer" if kinds.substantial(post.text, at_least=_LIKE_AN_ANSWER) else "aside"), None
        sure = weighed.of_questions[question]
        if sure >= self._weights.guess_at:
            why = because(evidence, question, self._weights)
            return "answer", Filed(question, "guess", confidence=round(sure, 2), because=why)
        return ("answer" if weighed.answer >= self._weights.answer_at else "aside"), None

    def _kind_in_thread(self, post: Post, *, host: bool) -> Kind:
        text = post.text
        if self._sold(post, host):
            return "spam"
        if self._answers_question_directly(post):
            return "aside" if kinds.idle(text) or kinds.asks_back(text) else "answer"
        if self._arrives(post):
            return "introduction"
        return "answer" if kinds.substantial(text, at_least=3) else "aside"

    def _plain_kind(self, post: Post, *, host: bool) -> Kind | None:
        """What a post that hangs on no question is where its words or circumstances say so; None where not."""
        text = post.text
        if self._sold(post, host):
            return "spam"
        if self._arrives(post) or (not host and self._says_new(text)):
            return "introduction"
        if self._before_questions(post):
            arrives = not host and self._unknown_person(post) and not text.lstrip().startswith(("@", ".@"))
            return "introduction" if arrives and not kinds.idle(text) else "aside"
        return "aside" if post.reply_to is not None else None

    def _sold(self, post: Post, host: bool) -> bool:
        return not host and self._unknown_person(post) and kinds.sells(post.text)

    def _arrives(self, post: Post) -> bool:
        before = self._before_questions(post)
        if kinds.introduces(post.text, before_questions=before) or kinds.presents(post.text, post.author.name):
            return True
        if self._own_words is not None and self._own_words.greets(post.text):
            return True
        return self._addresses_somebody(post) and kinds.welcomes(post.text)

    # The chat's language, beside English

    def _learn_language(self) -> None:
        plan = self._state.plan
        if plan is not self._plan and plan is not None:
            self._plan = plan
            self._reader, self._own_words = reader_of(*plan.languages), own_words(*plan.languages)

    def _says_new(self, text: str) -> bool:
        return kinds.says_new(text) or (self._own_words is not None and self._own_words.says_new(text))

    def _housekeeping(self, text: str) -> bool:
        return kinds.housekeeping(text) or (self._own_words is not None and self._own_words.housekeeping(text))

    def _heads_up(self, text: str) -> bool:
        own = self._own_words
        return kinds.heads_up(text, self._words_for_questions()) or (own is not None and own.heads_up(text))

    # Evidence

    def _split_label(self, text: str) -> tuple[Label, str] | None:
        """The label that the text carries, a word of this chat's questions before a number that stands behind it."""
        worded, read = self._words_for_questions(), self._reader
        return (read.split_worded(text, map(label_key, worded)) if worded else None) or read.split(text)

    def _words_for_questions(self) -> list[str]:
        return [one.label for one in self._state.questions.values() if not is_numbered(one.label)]

    def _by_label(self, label: Label, moment: int) -> Filed | None:
        """The question that a label names; of 1a and 1b for `1` the last one asked, as a guess."""
        state = self._state
        question = self._named(label.number)
        if question is not None:
            others = dict.fromkeys(filter(None, map(self._named, label.also)))
            return Filed(question, "label", tuple(other for other in others if other != question))
        numbered = {q: state.questions[q].label for q in state.order if is_numbered(state.questions[q].label)}
        parts = [q for q, known in numbered.items() if label_number(known) == int(label.base)]
        asked = [o.question for o in state.openings if o.question in parts and o.at <= moment]
        return Filed(asked[-1], "guess") if asked else None

    def _named(self, number: str) -> str | None:
        """The question that a label's number names: `A2.1` that of 2.1, else 2a, else 2."""
        base = str(label_number(number))
        places = map(self._state.question_with_label, dict.fromkeys((number, _part_in_letters(number), base)))
        return next(filter(None, places), None)

    def _by_words(self, text: str, at_least: float) -> Filed | None:
        """The question of the plan whose words these are."""
        best = max(self._state.order, key=lambda question: self._likeness(text, question), default=None)
        if best is None or self._likeness(text, best) < at_least:
            return None
        return Filed(best, "label")

    def _likeness(self, text: str, question: str) -> float:
        """To the question in that of its languages in which they are most alike."""
        return max(likeness(text, words) for words in self._state.questions[question].texts)

    def _worded_like(self, question: str, text: str) -> bool:
        return self._likeness(text, question) >= _ALIKE

    def _by_thread(self, post: Post) -> Filed | None:
        """The question on which the conversation hangs: by reply, by quoting it, or as the author's own sequel."""
        if post.reply_to is not None and post.reply_to in self._state.posts:
            return self._hangs_on(post.reply_to)
        quoted = post.quote_of
        if quoted is not None and quoted in self._state.posts and self._state.kind(quoted) == "question":
            return self._hangs_on(quoted)
        own = self._continued(post)
        return None if own is None else self._hangs_on(own)

    def _hangs_on(self, post: str) -> Filed | None:
        """The question of this post, else of the post that it replies to or repeats, and so on up the thread."""
        state = self._state
        passed: set[str] = set()
        place: str | None = post
        while place in state.posts and place not in passed:
            passed.add(place)
            filed = state.filed(place)
            if filed is not None:
                if filed.why != "guess":
                    return Filed(filed.question, "thread")
                return Filed(filed.question, "guess", confidence=filed.confidence, because="conversation")
            layer = state.layers.get(place)
            if layer is not None and layer.decision is not None:
                return None
            above = state.posts[place].post
            place = above.reply_to or above.repost_of
        return None

    def _continued(self, post: Post) -> str | None:
        """The author's own last post, where this one goes on with it: it names its own author first, takes up an
        ellipsis or is the next of numbered parts."""
        last = self._index.latest_of(post.author.id, post.id)
        if last is None:
            return None
        if self._mentioned(post) == post.author.id:
            return last
        before = self._state.posts[last].post.text
        taken_up = post.text.lstrip().startswith(("...", "…")) and cut_off(before)
        place, place_before = part_of(post.text), part_of(before)
        next_part = place is not None and place_before is not None and place == (place_before[0] + 1, place_before[1])
        return last if taken_up or next_part else None

    def _open(self, post: Post) -> Filed | None:
        """The question that was open, as a guess: what a moderator types in is mostly an answer to it."""
        question = self._state.open_at(post.posted_at)
        known = question is not None and question in self._state.questions
        return Filed(question, "guess", because="time") if question is not None and known else None

    # Circumstances

    def _before_questions(self, post: Post) -> bool:
        return self._state.open_at(post.posted_at) is None

    def _was_asked(self, filed: Filed | None) -> bool:
        return filed is not None and any(opening.question == filed.question for opening in self._state.openings)

    def _unknown_person(self, post: Post) -> bool:
        person = self._state.people.get(post.author.id)
        return person is None or person.answers == 0

    def _addresses_somebody(self, post: Post) -> bool:
        parent = self._state.posts.get(post.reply_to or "")
        if parent is not None:
            return parent.post.author.id != post.author.id
        return mentioned_first(post.text) is not None

    def _answers_question_directly(self, post: Post) -> bool:
        above = post.reply_to or post.quote_of
        return above is not None and above in self._state.posts and self._state.kind(above) == "question"


def asked_question(state: SessionState, post: Post, judgement: Judgement) -> str | None:
    """The id of the plan's question that a host's question post asks for the first time, else None.

    A question that has been asked already is only being repeated.
    """
    if judgement.kind != "question" or judgement.filed is None or not state.is_host(post.author):
        return None
    question = judgement.filed.question
    return None if any(opening.question == question for opening in state.openings) else question
