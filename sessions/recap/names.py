"""Names in a recap: as they are, without those who want to be left out, or replaced consistently.

A name stands in more places than under a post: in mentions, in what others write, in links. Wherever a participant's
handle or name is known, all of these are replaced by the same words.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable

from msgspec.structs import replace

from sessions.filing.labels import lexicon
from sessions.plan import Plan
from sessions.posts import Author
from sessions.recap.links import LINK, leads_to_person, trimmed
from sessions.recap.texts import clean_name
from sessions.state import SessionState

SOMEBODY = "somebody"
_SOME_PAGE = "(link to somebody's page)"

_MENTION = re.compile(r"(?<![\w@./])@(?P<handle>\w[\w.\-]*(?:@[\w.\-]+)?)")
_MAIL = re.compile(r"(?<![\w.+@\-])[\w.+\-]+@[\w\-]+\.[\w.\-]+")
_BARE_LINK = re.compile(r"(?i)\b(?:pic\.twitter\.com|t\.co|(?:www\.)?(?:twitter|x|facebook|instagram)\.com)/\S*")
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_ORDINARY = lexicon(
    "the and for with from our your this that they them will may can all any who what why how new old good great first"
    " last best more most next here now just not but has have are was were one two art arts math maths science reading"
    " writing music english history teacher teachers teaching teach school schools class classroom student students"
    " learning learn education edu chat tweetchat district grade principal coach library librarian mr mrs ms miss dr"
)
_ORDINARY_FROM = 3
"""A word that so many people write in lower case is no name, whoever is called so."""


class Names:
    """How people are named in the recap of `state`; `texts` are its posts as (author, text), to tell names from words.

    With `anonymous` people are called `Host 1`, `Teacher 1` in the order in which they are asked for, others who are
    mentioned `Person 1`. People for whom `left_out` is true become `somebody` in other people's words.
    """

    def __init__(
        self,
        state: SessionState,
        texts: Iterable[tuple[str, str]],
        *,
        left_out: Container[str] = (),
        anonymous: bool = False,
    ) -> None:
        self.anonymous = anonymous
        self._state = state
        self._labels: dict[str, str] = {}
        self._counts: Counter[str] = Counter()
        self._hosts = _hosts_by_account(state)
        self._keys: dict[str, str] = {}
        self._left_out = left_out
        concerned = [person.author for person in state.people.values() if anonymous or person.author.id in left_out]
        for author in concerned:
            for name in _handles(author):
                self._keys.setdefault(name, author.id)
        if anonymous and state.plan is not None:
            for number, host in enumerate(state.plan.hosts):
                self._label(f"host:{number}")
                for handle in host.handles:
                    self._keys.setdefault(handle.rpartition(":")[2].casefold(), f"host:{number}")
        tags = state.plan.hashtags if state.plan is not None else ()
        self._ordinary = _ordinary_words(texts, tags) if concerned or anonymous else frozenset()
        self._terms = self._known_terms(concerned)
        self._anycase = _alternatives(term for term, (_, exact) in self._terms.items() if exact is None)
        self._exact = {exact: key for key, exact in self._terms.values() if exact is not None}
        self._cased = _alternatives(self._exact, ignore_case=False)
        self._in_links = [
            (term.replace(" ", ""), key)
            for term, (key, exact) in self._terms.items()
            if exact is None and len(term) >= 5
        ]

    # People

    def shown(self, author: Author) -> str:
        """The name to show for a participant."""
        return self._label(author.id) if self.anonymous else clean_name(author.shown)

    def handle(self, author: Author) -> str:
        """Their handle without `@`; none where names are replaced."""
        return "" if self.anonymous else clean_name(author.handle).lstrip("@")

    def person_id(self, author: Author) -> str:
        """Their id, `teacher-3` where names are replaced."""
        return self._label(author.id).lower().replace(" ", "-") if self.anonymous else author.id

    def host_name(self, number: int, name: str) -> str:
        """The name of the plan's host with this number (from 0)."""
        return self._label(f"host:{number}") if self.anonymous else clean_name(name)

    def _label(self, key: str) -> str:
        """What somebody is called instead: always the same, for a host whatever account they use."""
        host = self._hosts.get(key)
        key = key if host is None else f"host:{host}"
        if not self.anonymous:
            return SOMEBODY
        if key not in self._labels:
            person = self._state.people.get(key)
            role = "Host" if key.startswith("host:") or (person and person.host) else "Teacher" if person else "Person"
            self._counts[role] += 1
            self._labels[key] = f"{role} {self._counts[role]}"
        return self._labels[key]

    # Words

    def text(self, text: str) -> str:
        """The text with the names in it replaced that are not to be shown."""
        if not (self.anonymous or self._keys):
            return text
        pieces: list[str] = []
        place = 0
        for found in LINK.finditer(text):
            link = trimmed(found[0])
            pieces += [self._words(text[place : found.start()]), self.link(link) or self._instead_of(link)]
            place = found.start() + len(link)
        return "".join([*pieces, self._words(text[place:])])

    def link(self, link: str) -> str | None:
        """The link, or None where it leads to somebody who is not to be named."""
        if not (self.anonymous or self._keys):
            return link
        return None if self._owner(link) is not None or (self.anonymous and leads_to_person(link)) else link

    def _instead_of(self, link: str) -> str:
        owner = self._owner(link)
        return f"(link to {self._label(owner)})" if owner is not None else _SOME_PAGE

    def _owner(self, link: str) -> str | None:
        folded = link.casefold()
        for part in re.split(r"[/@?&=#]", folded):
            if part in self._keys:
                return self._keys[part]
        return next((key for term, key in self._in_links if term in folded), None)

    def _words(self, text: str) -> str:
        if self.anonymous:
            text = _MAIL.sub("(e-mail address)", text)
            text = _BARE_LINK.sub(_SOME_PAGE, text)
        text = _MENTION.sub(self._mention, text)
        if self._anycase is not None:
            text = self._anycase.sub(lambda match: self._label(self._terms[_key(match[0])][0]), text)
        if self._cased is not None:
            text = self._cased.sub(lambda match: self._label(self._exact[match[0]]), text)
        return re.sub(r"\b((?:Teacher|Host|Person) [0-9]+|somebody)(?:\s+\1)+\b", r"\1", text)

    def _mention(self, match: re.Match[str]) -> str:
        written = match["handle"]
        handle = written.rstrip(".-")
        folded = handle.casefold()
        key = self._keys.get(folded) or self._keys.get(folded.partition("@")[0])
        if key is None:
            if not self.anonymous:
                return match[0]
            key = f"mention:{folded.partition('@')[0]}"
        return f"@{self._label(key)}{written[len(handle) :]}"

    # What names are made of

    def _known_terms(self, authors: Iterable[Author]) -> dict[str, tuple[str, str | None]]:
        """What stands for whom: the folded term, whose it is, and its exact spelling where only that is a name."""
        terms: dict[str, tuple[str, str | None]] = {}
        parts: dict[str, set[str]] = {}
        for author in authors:
            name = clean_name(author.name)
            words = _WORD.findall(name)
            for term in (name, " ".join(words), "".join(words) if len(words) > 1 else ""):
                if term and any(char.isalnum() for char in term):
                    ordinary = _key(term) in self._ordinary
                    if not ordinary or term[:1].isupper():
                        terms.setdefault(_key(term), (author.id, term if ordinary else None))
            for handle in _handles(author):
                if len(handle) >= 4 and handle not in self._ordinary:
                    terms.setdefault(handle, (author.id, None))
            for word in words if self.anonymous and 2 <= len(words) <= 4 else ():
                shouted = word.isupper() and not name.isupper()
                if len(word) >= 3 and word[:1].isupper() and not shouted and word.casefold() not in self._ordinary:
                    parts.setdefault(word.casefold(), set()).add(author.id)
        for number, host in enumerate(self._state.plan.hosts if self.anonymous and self._state.plan else ()):
            terms.setdefault(_key(host.name), (f"host:{number}", None))
        for word, owners in parts.items():
            shared = owners if len({self._hosts.get(one, one) for one in owners}) > 1 else ()
            terms.setdefault(word, (f"mention:{word}" if shared else min(owners), None))
        return terms


def _hosts_by_account(state: SessionState) -> dict[str, int]:
    """The number in the plan of the host to whom each account belongs."""
    found: dict[str, int] = {}
    plan = state.plan if state.plan is not None else Plan()
    for number, host in enumerate(plan.hosts):
        alone = SessionState()
        alone.set_plan(replace(plan, hosts=(host,)))
        for person in state.people.values():
            if person.host and alone.is_host(person.author):
                found.setdefault(person.author.id, number)
    return found


def _handles(author: Author) -> list[str]:
    handle = clean_name(author.handle).lstrip("@").casefold()
    return list(dict.fromkeys(name for name in (handle, handle.partition("@")[0]) if name))


def _ordinary_words(texts: Iterable[tuple[str, str]], tags: Iterable[str]) -> frozenset[str]:
    """Words that are no names: everyday ones, those that several people write in lower case, the chat's hashtags."""
    writers: dict[str, set[str]] = {}
    for author, text in texts:
        for word in set(_WORD.findall(text)):
            if word.islower():
                writers.setdefault(word, set()).add(author)
    common = (word for word, people in writers.items() if len(people) >= _ORDINARY_FROM)
    return _ORDINARY | frozenset(common) | frozenset(tag.casefold() for tag in tags)


def _alternatives(terms: Iterable[str], *, ignore_case: bool = True) -> re.Pattern[str] | None:
    """Any of the terms as whole words, the longest first; white space between their words as it comes."""
    longest = sorted(terms, key=len, reverse=True)
    if not longest:
        return None
    joined = "|".join(r"\s+".join(map(re.escape, term.split())) for term in longest)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE if ignore_case else re.NOFLAG)


def _key(term: str) -> str:
    return " ".join(term.casefold().split())
