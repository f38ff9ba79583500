"""What is done with the post under the cursor, and adding posts by hand."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from sessions.core.commands import Act, AddPost, File, Hide, Highlight, Redact, Show, Unhighlight
from sessions.core.plan.labels import label_key
from sessions.words import _
from tui.desk.actions.blanking import sure_to_blank
from tui.desk.actions.chosen.several import posts_meant, send_as_one
from tui.desk.actions.pointed import post_pointed
from tui.desk.keys import FILING
from tui.desk.model.filing_words import guess_words
from tui.desk.port import DeskPort
from tui.desk.sending.commands import command_id
from tui.dialogs.choose import Choice, ChooseDialog
from tui.shell.actions import Handler
from tui.text.outside import clean_line, outside_line
from tui.widgets.hanging import Hanging

if TYPE_CHECKING:
    from tui.desk.model.answers import Answer

MOST_CELLS = 300
"""Of a question in a list, on as many lines as it takes."""


class PostActions:
    """The actions under the heading "Answers" that change something. `star_person` does it where the people are."""

    def __init__(self, port: DeskPort, star_person: Handler) -> None:
        self._port = port
        self._star_person = star_person

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        by_digit: dict[str, Handler] = {name: partial(self.file_under_digit, digit) for name, digit in FILING.items()}
        return by_digit | {
            "star": self.star,
            "hide": self.hide,
            "redact": self.blank,
            "right_guess": self.accept_guess,
            "why_guess": self.tell_why,
            "unfile": self.unfile,
            "file_under": self.choose_question,
            "add_answers": self.add_answers,
        }

    def star(self) -> None:
        """Star the post, or take its star away."""
        if self._port.aim.people:
            self._star_person()
            return
        posts, state = posts_meant(self._port), self._port.model.state
        starred = {post for post in posts if post in state.layers and state.layers[post].starred is not None}
        kind = Unhighlight if len(starred) == len(posts) else Highlight
        self._send([kind(id=command_id(), post=post) for post in posts if kind is Unhighlight or post not in starred])

    def hide(self) -> None:
        """Fold the post away, or show it again."""
        posts, state = posts_meant(self._port), self._port.model.state
        by_hand = {post for post in posts if post in state.layers and state.layers[post].hidden is not None}
        hidden = by_hand | {post for post in posts if state.muted_word(post) is not None}
        kind = Show if len(hidden) == len(posts) else Hide
        self._send([kind(id=command_id(), post=post) for post in posts if kind is Show or post not in hidden])

    def _send(self, acts: Sequence[Act]) -> None:
        send_as_one(self._port, acts)

    def blank(self) -> None:
        """Blank the post out for good, once confirmed; never several."""
        if self._port.aim.marked:
            drops = self._port.key_of("dismiss")
            self._port.say(_("Posts are blanked out one by one. {drops} takes the marks away.").format(drops=drops))
            return
        post = post_pointed(self._port)
        if post is not None:
            self._port.start(partial(self._blank, post))

    async def _blank(self, post: str) -> None:
        if await sure_to_blank(self._port, post):
            await self._port.sent(Redact(id=command_id(), post=post))

    # Filing

    def accept_guess(self) -> None:
        """The post answers the question that was guessed."""
        posts, state = posts_meant(self._port), self._port.model.state
        filings = [(post, state.filed(post)) for post in posts]
        guesses = [(post, filed.question) for post, filed in filings if filed is not None and filed.why == "guess"]
        if posts and not guesses:
            self._port.say(_("Nothing is guessed about this post: a digit says which question it answers."))
        self._send([File(id=command_id(), post=post, question=question) for post, question in guesses])

    def tell_why(self) -> None:
        """On what the guess at the post rests, in the status line."""
        post = post_pointed(self._port)
        if post is not None:
            words = guess_words(self._port.model.state, post)
            self._port.say(clean_line(words or _("Nothing is guessed about this post.")))

    def unfile(self) -> None:
        """The post answers no question."""
        self._file(posts_meant(self._port), None)

    def _file(self, posts: Sequence[str], question: str | None) -> None:
        self._send([File(id=command_id(), post=post, question=question) for post in posts])

    def file_under_digit(self, digit: str) -> None:
        """File under the question with that label; ask which one where several labels begin so."""
        posts = posts_meant(self._port)
        if not posts:
            return
        state = self._port.model.state
        beginning = [q for q in state.order if state.questions[q].label.startswith(digit)]
        if not beginning:
            self._port.say(_("There is no Q{digit} in this chat.").format(digit=digit))
        elif len(beginning) == 1:
            self._file(posts, beginning[0])
        else:
            self._port.start(lambda: self._choose_question(posts, beginning, digit))

    def choose_question(self) -> None:
        """Choose the question to file the post under."""
        posts = posts_meant(self._port)
        if posts:
            self._port.start(lambda: self._choose_question(posts, self._port.model.state.order, ""))

    async def _choose_question(self, posts: Sequence[str], questions: Sequence[str], typed: str) -> None:
        known = self._port.model.state.questions
        room = max([5, *(1 + len(known[q].name) for q in questions)])
        choices = [
            Choice(
                q,
                Hanging(Content.styled(known[q].name, "bold"), outside_line(known[q].text, MOST_CELLS), room),
                label_key(known[q].label),
            )
            for q in questions
        ]
        exact = next((q for q in questions if label_key(known[q].label) == typed), "")
        chosen = await self._port.ask(ChooseDialog(_("File under which question?"), choices, typed=typed, chosen=exact))
        if chosen is not None:
            self._file(posts, chosen)

    # By hand

    def add_answers(self) -> None:
        """Add what no network brought."""
        self._port.start(self._add_answers)

    async def _add_answers(self) -> None:
        from tui.desk.dialogs.add_answers import AddAnswersDialog

        answers = await self._port.ask(AddAnswersDialog(self._port.model.drafts))
        if answers:
            await self._send_answers(answers)

    async def _send_answers(self, answers: "Sequence[Answer]") -> None:
        for place, answer in enumerate(answers, start=1):
            if not await self._port.sent(AddPost(id=answer.command, author=answer.author, text=answer.text)):
                key = self._port.key_of("add_answers")
                words = _("{place} of {answers} added; what is left is kept under {key}.").format(
                    place=place - 1, answers=len(answers), key=key
                )
                self._port.report("answers", words, warn=True)
                return
            if len(answers) > 1:
                self._port.report(
                    "answers", _("{place} of {answers} answers added.").format(place=place, answers=len(answers))
                )
        self._port.model.drafts.answers_sent()
