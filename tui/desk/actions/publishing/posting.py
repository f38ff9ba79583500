"""Posting to the networks from the desk: what goes out, when it is offered, and what became of it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.content import Content

from sessions.core.commands import BeginPosting, Share
from sessions.core.plan.words import PRACTICE
from sessions.files.errors import StorageError
from sessions.hub.client.client import Refusal
from sessions.networks.account import Account
from sessions.networks.registry import posted_to
from sessions.publishing.offers import Offer, asking_waits, offers
from sessions.publishing.sender import Absent, PostingOutcome, PostSender, Sent, Unknown, new_key
from sessions.words import _
from tui.desk.accounts import DeskAccounts
from tui.desk.actions.publishing.hub_commands import HubCommands
from tui.desk.actions.publishing.unfinished import UnfinishedPostings
from tui.desk.actions.welcoming.hello import HelloActions
from tui.desk.model.posting import (
    REHEARSAL,
    Postable,
    Target,
    abandoned,
    as_shown,
    not_posted_yet,
    outcome_words,
    postables,
    repost,
    targets,
    why_not,
)
from tui.desk.model.whereabouts import claim_of
from tui.desk.port import DeskPort
from tui.desk.sending.command_queue import Link
from tui.desk.sending.commands import command_id
from tui.dialogs.choose import Choice, ChooseDialog
from tui.dialogs.confirm import ConfirmDialog
from tui.shell.actions import Handler
from tui.text.outside import clean_line, outside
from tui.widgets.hanging import Hanging

if TYPE_CHECKING:
    from tui.desk.dialogs.hello_dialog import Fate
    from tui.desk.dialogs.post_dialog import PostDialog, ToPost

NAME_CELLS = 21
"""The cells of a name in the list of what can be posted, and of the gap behind it."""


def line_of(postable: Postable) -> Hanging:
    """Something to post behind its name, wrapped so that the names stand alone at the left."""
    name = outside(clean_line(postable.name), "bold")
    return Hanging(name, outside(clean_line(postable.draft.text)), NAME_CELLS, between=": ")


def _shares(postable: Postable) -> dict[str, Any]:
    """What is said of a posting that shares a found post, beside all that is said of any."""
    return {} if postable.found is None else {"found": postable.found, "how": postable.how}


OFFERED_BY = {"again": "repost", "ask": "next", "take_over": "take_driver", "announce": "announce"}
"""The action of an offer; of all others it is that which posts something."""


class PublishingActions:
    """The actions "Post the question or a line" and "Post the open question again", and when to offer them.

    `accounts` are those of this desk. Postings reach the hub over `link`; `refusal_words` puts its refusals into words.
    `also` gives what else is offered, behind all that is to be posted.
    """

    def __init__(
        self,
        port: DeskPort,
        accounts: DeskAccounts,
        link: Link,
        refusal_words: Callable[[Refusal], str],
        also: Callable[[], tuple[Offer, ...]] = tuple,
    ) -> None:
        self._port = port
        self._accounts = accounts
        model = port.model
        hub = HubCommands(link, refusal_words, port.knows_event)
        self._sender = PostSender(hub, lambda: model.state.postings, now=model.now)
        self._also = also
        self._looked = self._mended = False
        self._unfinished = UnfinishedPostings(port, accounts, self._sender)
        self.hello = HelloActions(port, self.publish)

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"script": self.post_something, "repost": self.post_question_again, **self.hello.handlers()}

    async def learn_accounts(self) -> None:
        """Look which accounts there are, and what became of what they began to post."""
        await self._look()
        self._looked = True

    async def _look(self) -> None:
        try:
            await self._accounts.look()
        except (StorageError, OSError) as error:
            self._port.say(_("The accounts of this computer cannot be read: {error}").format(error=error), warn=True)

    # What to post

    def post_something(self) -> None:
        """Choose what to post: the open question, a line, a hello to who is under the cursor."""
        aim = self._port.aim
        self._port.start(partial(self._choose, aim.person, first=aim.people or aim.opened))

    async def _choose(self, person: str | None, *, first: bool) -> None:
        found = postables(self._port.model.state, person, first=first, now=self._port.model.now())
        if not found:
            self._port.say(_("No question is open, and the plan has no script lines."))
            return
        offered = [one.subject for one in self.offered()]
        chosen = next((place for place, one in enumerate(found) if one.draft.subject in offered), 0)
        looking = self._port.start(self._look, group="accounts", description=_("looking which accounts there are"))
        choices = [Choice(str(place), line_of(one), one.name) for place, one in enumerate(found)]
        title = _("Post what?") if self._to_post_with() or self.rehearses else _("Copy what?")
        title += f"  ({REHEARSAL})" if self.rehearses else ""
        picked = await self._port.ask(ChooseDialog(title, choices, chosen="0" if first else str(chosen)))
        if picked is None:
            return
        await looking.wait()
        chosen_one = found[int(picked)]
        if chosen_one.texts:
            await self.hello.write(chosen_one.draft.subject)
        else:
            await self._post_or_copy(chosen_one, self._to_post_with())

    async def post_line(self, key: str) -> None:
        """Post this line of the script, or the task with this subject, as if it was chosen."""
        found = next((one for one in postables(self._port.model.state) if one.draft.subject == key), None)
        if found is not None:
            await self._look()
            await self._post_or_copy(found, self._to_post_with())

    def post_question_again(self) -> None:
        """Post the open question once more, or for the first time."""
        if self._port.model.state.open is None:
            self._port.say(_("No question is open yet."))
        else:
            self._port.start(self._repost)

    async def _repost(self) -> None:
        await self._look()
        accounts = self._to_post_with()
        networks = [PRACTICE] if self.rehearses else [account.network for account in accounts]
        found = repost(self._port.model.state, networks)
        if found is not None:
            await self._post_or_copy(found, accounts)

    @property
    def rehearses(self) -> bool:
        """Whether what is posted goes nowhere, and is only noted."""
        return self._port.model.state.rehearsal and not self._port.model.observes

    def _to_post_with(self) -> Sequence[Account]:
        """The accounts to post with now; none in a rehearsal, or for who only looks on."""
        if self._port.model.state.rehearsal or self._port.model.observes:
            return ()
        return self._accounts.posting(self._port.model.state.plan)

    def _targets(self, postable: Postable, accounts: Sequence[Account]) -> list[Target]:
        known = [(account, self._accounts.rules(account)) for account in accounts]
        return targets(self._port.model.state, postable, known, self._port.model.me)

    async def publish(self, postable: Postable) -> str:
        """As `Publish` has it."""
        await self._look()
        return await self._post_or_copy(postable, self._to_post_with())

    async def accounts_now(self) -> Sequence[Account]:
        """The accounts to post with, looked up anew."""
        await self._look()
        return self._to_post_with()

    async def publish_at(self, postable: Postable, account: Account) -> None:
        """Post what was seen elsewhere already, with this account."""
        to = [one for one in self._targets(postable, [account]) if one.may]
        if to:
            await self._post(postable, postable.draft.text, to)

    async def _post_or_copy(self, postable: Postable, accounts: Sequence[Account]) -> str:
        """Post it, or else what is done with a hello, in a sentence."""
        state = self._port.model.state
        to = self._targets(postable, accounts)
        networks = posted_to(state.plan) if postable.only is None else [postable.only]
        missing = [network for network in networks if network not in [one.network for one in accounts]]
        signed_in = [one for one in self._accounts.signed_in(state.plan) if one.network in missing]
        why = why_not(state, missing, signed_in)
        if not to and not postable.texts and not self.rehearses:
            await self._copy(postable, postable.draft.text, why)
            return ""
        if state.question_posted(postable.draft.subject) is not None and self._port.not_driver():
            return ""
        left = [
            one for one in abandoned(state, postable, [target.network for target in to]) if self._unfinished.stuck(one)
        ]
        if left:
            await self._unfinished.free(left[0])
            return ""
        asked = state.question_posted(postable.draft.subject)
        dialog = self._preview(postable, to, why)
        dialog.claim = claim_of(postable.draft)
        wanted = await self._port.ask(dialog)
        if wanted is None:
            return ""
        if not wanted.targets:
            self._port.model.drafts.posts.pop(postable.draft.key, None)
            return await self._instead(postable, wanted)
        await self._look()
        still = as_shown(wanted.targets, self._targets(postable, self._to_post_with()))
        if still is None or state.question_posted(postable.draft.subject) != asked:
            name = clean_line(postable.name)
            self._port.say(
                _("Nothing was posted: {name} has changed meanwhile. Look again.").format(name=name), warn=True
            )
            return ""
        posting = partial(self._post, postable, wanted.text, still)
        self._port.start(posting, group="posting", description=_("posting"))
        return ""

    def _preview(self, postable: Postable, to: Sequence[Target], why: str) -> "PostDialog":
        from tui.desk.dialogs.hello_dialog import HelloDialog
        from tui.desk.dialogs.post_dialog import PostDialog
        from tui.desk.dialogs.rehearsed_post import RehearsedPostDialog

        model = self._port.model
        text = model.drafts.posts.get(postable.draft.key, postable.draft.text)
        shown = postable.name, text, to, model.state.plan, self._port.pace
        learn, keep = self._accounts.learn_rules, partial(self._keep, postable)
        if not postable.texts and self.rehearses:
            return RehearsedPostDialog(*shown, learn=learn, keep=keep)
        if not postable.texts:
            return PostDialog(*shown, learn=learn, keep=keep, note=why)
        if model.state.rehearsal:
            return HelloDialog(*shown, learn=learn, keep=keep, fate="rehearse", texts=postable.texts)
        fate: Fate = "post" if any(target.may for target in to) else "copy"
        return HelloDialog(*shown, learn=learn, keep=keep, note=why, fate=fate, texts=postable.texts)

    async def _instead(self, postable: Postable, wanted: "ToPost") -> str:
        """What is done with words that go to no network; with a hello in a sentence, else it is said."""
        if wanted.rehearsed and not postable.texts:
            await self._rehearse(postable, wanted.text)
            return ""
        if wanted.rehearsed:
            return f"{REHEARSAL.capitalize()}."
        if postable.texts:
            return await self._port.copy(wanted.text, postable.words) or _("Copied {words}.").format(
                words=postable.words
            )
        await self._copy(postable, wanted.text, "")
        return ""

    async def _rehearse(self, postable: Postable, text: str) -> None:
        """Note that it would have gone out with these words."""
        model, draft = self._port.model, postable.draft
        before = any(one.begun.subject == draft.subject for one in model.state.postings.values())
        purpose = "again" if before and postable.found is None else draft.purpose
        noted = BeginPosting(
            id=command_id(), key=new_key(), source=PRACTICE, account=model.me, purpose=purpose,
            subject=draft.subject, text=text, reply_to=draft.reply_to, **_shares(postable),
        )  # fmt: skip
        if await self._port.sent(noted):
            name = clean_line(postable.name)
            self._port.report(name, _("{name}: rehearsed, nothing was sent.").format(name=name))

    def _keep(self, postable: Postable, words: str) -> None:
        """Keep words that were changed until they are out."""
        draft = postable.draft
        if words.strip() in ("", draft.text, *(one.text for one in postable.texts)):
            self._port.model.drafts.posts.pop(draft.key, None)
        else:
            self._port.model.drafts.posts[draft.key] = words

    async def _copy(self, postable: Postable, text: str, why: str) -> None:
        self._port.say(why)
        said = await self._port.copy(text, clean_line(postable.words))
        if postable.found is not None and not self._port.model.observes:
            await self._port.sent(Share(id=command_id(), found=postable.found))
        for offer in self.offered():
            if offer.subject == postable.draft.subject:
                self._port.panes.notice.refuse_prompt(offer.key)
        self._port.say(" ".join(filter(None, (said, why))))

    # Sending

    async def _post(self, postable: Postable, text: str, to: Sequence[Target]) -> None:
        """Post to all of them side by side, and tell at each step how far it is.

        What the moderator wrote is kept where it did not go out everywhere.
        """
        self._port.model.drafts.posts.pop(postable.draft.key, None)
        told = dict.fromkeys(to, "…")
        outcomes = await asyncio.gather(*(self._post_to(postable, text, target, told) for target in to))
        self._tell(postable, told, warn=not all(isinstance(outcome, Sent) for outcome in outcomes))
        if any(isinstance(outcome, Unknown | Absent) for outcome in outcomes):
            self._unfinished.look_later()
        if not all(isinstance(outcome, Sent) for outcome in outcomes):
            self._keep(postable, text)

    async def _post_to(self, postable: Postable, text: str, target: Target, told: dict[Target, str]) -> PostingOutcome:
        draft, account = postable.draft, target.account
        begin = BeginPosting(
            id=command_id(), key=new_key(), source=account.posts_to, account=account.handle,
            purpose=target.purpose, subject=draft.subject, text=target.said(text), reply_to=draft.reply_to,
            **_shares(postable),
        )  # fmt: skip
        with self._unfinished.working_on(begin.key):
            self._tell(postable, told)
            outcome = await self._sender.post(begin, self._accounts.poster(account))
        told[target] = outcome_words(outcome)
        if "…" in told.values():  # the last one is told with all of them
            self._tell(postable, told)
        return outcome

    def _tell(self, postable: Postable, told: Mapping[Target, str], *, warn: bool = False) -> None:
        name = clean_line(postable.name)
        words = " · ".join(f"{target.name} {how}" for target, how in told.items())
        self._port.report(name, f"{name}: {words}", warn=warn, stays=warn or "…" in told.values())

    async def may_leave(self) -> bool:
        """Whether nothing is on its way that leaving would cut off, or this moderator wants to leave all the same."""
        if not self._unfinished.working:
            return True
        words = Content(_("A post is on its way. If you leave now, what became of it is looked up when you are back."))
        return await self._port.ask(ConfirmDialog(_("Leave?"), words, _("Leave"), _("Wait"))) is True

    def words(self) -> str:
        """Which accounts this desk may post with."""
        if self._port.model.observes:
            return ""
        if self._port.model.state.rehearsal:
            return _("This is a rehearsal: nothing is posted.")
        accounts = self._to_post_with()
        if not accounts:
            return _("Nothing can be posted from this desk; {script_key} says why.").format(
                script_key=self._port.key_of("script")
            )
        return _("This desk posts as {names}.").format(
            names=_(" and ").join(clean_line(account.name) for account in accounts)
        )

    # Offers

    def offered(self) -> tuple[Offer, ...]:
        """What is offered to be posted now, to the one who asks the questions; to the others to ask in their place."""
        if self._port.model.observes or self._port.model.live_after is None:
            return ()
        return (*self._to_post(), *self._also())

    def _to_post(self) -> tuple[Offer, ...]:
        model = self._port.model
        refused = self._port.panes.notice.refused_prompts
        if not model.holds("driver"):
            waits = asking_waits(model.state, model.now(), model.absent)
            return () if waits is None or waits.key in refused else (waits,)
        found = offers(model.state, model.now(), refused)
        posts = self.rehearses or self._accounts.posting(model.state.plan)
        first = not_posted_yet(model.state) if posts else None
        return found if first is None or first.key in refused else (first, *found)

    def tick(self) -> None:
        """Show what is offered to be posted, which changes with time alone."""
        found = self.offered()
        if found:
            offer = found[0]
            key = self._port.key_of(OFFERED_BY.get(offer.purpose, "script"))
            dismiss = self._port.key_of("dismiss")
            mark = f" ({REHEARSAL})" if self.rehearses else ""
            self._port.panes.notice.show_prompt(
                offer.key,
                _("{words} Press {key}, {dismiss} if not.{mark}").format(
                    words=offer.words, key=key, dismiss=dismiss, mark=mark
                ),
            )
        elif self._port.model.state.closed_at is None:  # after that the line tells what comes next
            self._port.panes.notice.drop_prompt()
        caught_up = (
            self._port.model.live_after is not None and self._port.model.state.seq >= self._port.model.live_after
        )
        if caught_up and self._looked and not self._mended:
            self._mended = True
            self._unfinished.look()
