"""Keys that are about the post or the person under the cursor."""

import webbrowser
from urllib.parse import urlsplit

from textual.content import Content

from sessions.core.commands import File, Greet, Hide, Highlight, Mute, Redact, Show, Tag, Unhighlight, Unmute
from tui.desk.core import DeskCore
from tui.desk.dialogs.person_card import PersonCard
from tui.desk.sending import command_id
from tui.dialogs.choose import Choice, ChooseDialog
from tui.dialogs.confirm import ConfirmDialog
from tui.dialogs.show_text import ShowTextDialog
from tui.text.outside import clean_line, outside, outside_line

CARD_COMMANDS = {"greet": Greet, "star": Highlight, "unstar": Unhighlight, "mute": Mute, "unmute": Unmute}
"""What the buttons of a person's card ask for: as they said when they were pressed, whatever became of the person."""


class PostsAndPeople(DeskCore):
    """The actions under the headings "Answers" and "People"."""

    def post_pointed(self) -> str | None:
        """The post under the cursor, or None with a word about it."""
        if self.aim.post is None:
            self.say("No post is under the cursor. Go to one with up and down.")
        return self.aim.post

    def person_pointed(self) -> str | None:
        """The person under the cursor of the roster, else who wrote the post under the cursor; None with a word."""
        if self.aim.person is None:
            self.say("Nobody is under the cursor.")
        return self.aim.person

    def do_star(self) -> None:
        """Star the post, or take its star away."""
        if self.aim.people:
            self.do_star_person()
            return
        post = self.post_pointed()
        if post is not None:
            layer = self.model.state.layers.get(post)
            starred = layer is not None and layer.starred is not None
            kind = Unhighlight if starred else Highlight
            self.send(kind(id=command_id(), post=post))

    def do_star_person(self) -> None:
        """Star the person, or take their star away."""
        person = self.person_pointed()
        if person is not None:
            starred = self.model.state.people[person].starred is not None
            kind = Unhighlight if starred else Highlight
            self.send(kind(id=command_id(), person=person))

    def do_greet(self) -> None:
        """Say that the person has been greeted."""
        person = self.person_pointed()
        if person is None:
            return
        known = self.model.state.people[person]
        if known.greeted is not None:
            self.say(f"{known.author.shown} has been greeted by {known.greeted.by}.")
            return
        self.send(Greet(id=command_id(), person=person))

    def do_hide(self) -> None:
        """Fold the post away, or show it again."""
        post = self.post_pointed()
        if post is not None:
            layer = self.model.state.layers.get(post)
            hidden = layer is not None and layer.hidden is not None
            self.send(Show(id=command_id(), post=post) if hidden else Hide(id=command_id(), post=post))

    def do_redact(self) -> None:
        """Blank the post out for good, once confirmed."""
        post = self.post_pointed()
        if post is not None:
            self.run_dialog(lambda: self._redact(post))

    async def _redact(self, post: str) -> None:
        if await self.sure_to_blank(post):
            await self.sent(Redact(id=command_id(), post=post))

    async def sure_to_blank(self, post: str) -> bool:
        """Show the words that would be blanked out, and ask whether they shall."""
        state = self.model.state
        words = Content.assemble(
            outside(clean_line(state.posts[post].post.author.shown), "bold"), ": ", outside(state.text(post)),
            "\n\nIts text is removed from the saved chat and all copies. This cannot be undone. "
            "What is public on a network stays there.",
        )  # fmt: skip
        sure = await self.app.push_screen_wait(ConfirmDialog("Blank this post out?", words, "Blank it out"))
        return bool(sure)

    # Filing

    def do_unfile(self) -> None:
        """The post answers no question."""
        post = self.post_pointed()
        if post is not None:
            self.send(File(id=command_id(), post=post, question=None))

    def file_under_digit(self, digit: str) -> None:
        """File under the question with that label; ask which one where several labels begin so."""
        post = self.post_pointed()
        if post is None:
            return
        questions = self.model.state.questions
        found = [q for q in self.model.state.order if questions[q].label.startswith(digit)]
        if not found:
            self.say(f"There is no Q{digit} in this chat.")
        elif len(found) == 1:
            self.send(File(id=command_id(), post=post, question=found[0]))
        else:
            self.run_dialog(lambda: self._file_under(post, found, digit))

    def do_file_under(self) -> None:
        """Choose the question to file the post under."""
        post = self.post_pointed()
        if post is not None:
            self.run_dialog(lambda: self._file_under(post, self.model.state.order, ""))

    async def _file_under(self, post: str, questions: list[str], typed: str) -> None:
        known = self.model.state.questions
        choices = [
            Choice(
                q,
                Content.assemble((f"Q{known[q].label:<5}", "bold"), outside_line(known[q].text, 58)),
                known[q].label,
            )
            for q in questions
        ]
        exact = next((q for q in questions if known[q].label == typed), "")
        chosen = await self.app.push_screen_wait(
            ChooseDialog("File under which question?", choices, typed=typed, chosen=exact)
        )
        if chosen is not None:
            self.send(File(id=command_id(), post=post, question=chosen))

    # The post's text and address

    def do_copy(self) -> None:
        """Put the post's text on the clipboard."""
        post = self.post_pointed()
        if post is not None:
            text = self.model.state.text(post)
            self.run_dialog(lambda: self._copy_post(text))

    async def _copy_post(self, text: str) -> None:
        said = await self.copy(text, "the post")
        if said:
            self.say(said)

    def do_address(self) -> None:
        """Show the post's address, and open it if that is wanted."""
        post = self.post_pointed()
        if post is None:
            return
        url = self.model.state.posts[post].post.url
        if not url:
            self.say("This post has no address.")
            return
        self.run_dialog(lambda: self._address(url))

    async def _address(self, url: str) -> None:
        openable = urlsplit(url).scheme in ("http", "https")
        words = "Opens in the browser of this computer." if openable else "This is no web address; it is only shown."
        dialog = ShowTextDialog("Address of the post", clean_line(url), words, offer="Open it" if openable else "")
        if await self.app.push_screen_wait(dialog) and openable:
            self.run_worker(lambda: webbrowser.open(url), thread=True, description="opening the browser")

    # People

    def do_person(self) -> None:
        """Show the card of the person under the cursor."""
        person = self.person_pointed()
        if person is not None:
            self.open_person(person)

    def open_person(self, person: str) -> None:
        """Show a person's card; what is done there is sent from here."""
        self.run_dialog(lambda: self._person_card(person))

    async def _person_card(self, person: str) -> None:
        done = await self.app.push_screen_wait(PersonCard(self.model.state, person))
        if done is None:
            return
        if done.tags is not None:
            school, level, groups = done.tags
            self.send(Tag(id=command_id(), person=person, school=school, level=level, groups=groups))
        if done.act:
            self.send(CARD_COMMANDS[done.act](id=command_id(), person=person))

    def do_mute(self) -> None:
        """Fold all posts of the person, or show them again."""
        person = self.person_pointed()
        if person is not None:
            kind = Unmute if self.model.state.people[person].muted else Mute
            self.send(kind(id=command_id(), person=person))
