"""Names in a recap: as they are, without those who want to be left out, or replaced consistently.

A name stands in more places than under a post: in mentions, in what others write, in links. Wherever a participant's
handle or name is known, all of these are replaced by the same words.
"""

import functools
import re
from collections import Counter
from collections.abc import Container, Iterable

import msgspec

from sessions.core.filing.labels import lexicon
from sessions.core.identity import bare_handle
from sessions.core.posts import Author
from sessions.core.state import SessionState
from sessions.reports.recap.links import LINK, leads_to_person, trimmed
from sessions.reports.recap.persons import Persons
from sessions.reports.recap.texts import one_line

SOMEBODY = "somebody"
_SOME_PAGE = "(link to somebody's page)"

_MENTION = re.compile(r"(?<![\w@/])@(?P<handle>\w[\w.\-]*(?:@[\w.\-]+)?)")
_MAIL = re.compile(r"(?<![\w.+@\-])[\w.+\-]+@[\w\-]+\.[\w.\-]+")
_BARE_LINK = re.compile(r"(?i)\b(?:pic\.twitter\.com|t\.co|(?:www\.)?(?:twitter|x|facebook|instagram)\.com)/\S*")
_SOME_WORD = re.compile(r"\w+")
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_ORDINARY = lexicon(
    "the and for with from our your this that they them will may can all any who what why how new old good great first"
    " last best more most next here now just not but has have are was were one two art arts math maths science reading"
    " writing music english history teacher teachers teaching teach school schools class classroom student students"
    " learning learn education edu chat tweetchat district grade principal coach library librarian mr mrs ms miss dr"
)
_ORDINARY_FROM = 3
"""A word that so many people write in lower case is no name, whoever is called so."""


class _Term(msgspec.Struct, frozen=True):
    """Words that stand for somebody; only in this very spelling where they are `exact` (Joy, but not joy)."""

    spelled: str
    owner: str
    exact: bool = False


class Names:
    """How people are named in the recap of `state`, each with whichever account (see `persons`).

    `texts` are its posts as (author, text), to tell names from words.

    With `anonymous` people are called `Host 1`, `Teacher 1` in the order in which they are asked for, others who are
    mentioned `Person 1`. People for whom `left_out` is true become `somebody` in other people's words. Pages
    of `sites` are somebody's.
    """

    def __init__(
        self,
        state: SessionState,
        texts: Iterable[tuple[str, str]],
        *,
        persons: Persons,
        left_out: Container[str] = (),
        anonymous: bool = False,
        sites: Container[str] = (),
    ) -> None:
        self.anonymous = anonymous
        self._sites = sites
        self._state = state
        self._labels: dict[str, str] = {}
        self._counts: Counter[str] = Counter()
        self._persons = persons
        self._keys: dict[str, str] = {}
        self._faces = _faces(state, persons)
        authors = [*(one.author for one in state.people.values()), *(one.post.author for one in state.posts.values())]
        authors += [one.found.author for one in state.shares.values()]
        concerned = [author for author in dict.fromkeys(authors) if anonymous or author.id in left_out]
        for author in concerned:
            for name in _handles(author):
                self._keys.setdefault(name, author.id)
        if anonymous and state.plan is not None:
            for number, host in enumerate(state.plan.hosts):
                self._label(f"host:{number}")
                for handle in host.handles:
                    self._keys.setdefault(bare_handle(handle).casefold(), f"host:{number}")
        tags = state.plan.hashtags if state.plan is not None else ()
        self._ordinary = _ordinary_words(texts, tags) if concerned or anonymous else frozenset()
        self._terms = self._known_terms(concerned)
        self._by_first_word: dict[str, list[_Term]] = {}
        for term in self._terms.values():
            self._by_first_word.setdefault(_first_word(term.spelled), []).append(term)
        self._in_links = [
            (key.replace(" ", ""), term.owner) for key, term in self._terms.items() if not term.exact and len(key) >= 5
        ]

    # People

    def shown(self, author: Author) -> str:
        """The name to show for a participant: one, whichever account it was."""
        if self.anonymous:
            return self._label(author.id)
        return one_line(self._faces.get(self._persons.of(author.id), author).shown)

    def handle(self, author: Author) -> str:
        """Their handle without `@`; none where names are replaced."""
        return "" if self.anonymous else one_line(self._known(author).handle).lstrip("@")

    def person_id(self, author: Author) -> str:
        """Their id, whichever account it was; `teacher-3` where names are replaced."""
        if self.anonymous:
            return self._label(author.id).lower().replace(" ", "-")
        return self._persons.of(author.id)

    def host_name(self, number: int, name: str) -> str:
        """The name of the plan's host with this number (from 0)."""
        return self._label(f"host:{number}") if self.anonymous else one_line(name)

    def _known(self, author: Author) -> Author:
        """The account by all that is known of it, which a post may not tell."""
        known = self._state.people.get(author.id)
        return author if known is None else known.author

    def _label(self, key: str) -> str:
        """What somebody is called instead: always the same, whatever account they use."""
        key = self._owner_key(key)
        if not self.anonymous:
            return SOMEBODY
        if key not in self._labels:
            hosts = key.startswith("host:") or self._persons.hosts(key)
            role = "Host" if hosts else "Teacher" if key in self._state.people else "Person"
            self._counts[role] += 1
            self._labels[key] = f"{role} {self._counts[role]}"
        return self._labels[key]

    def _owner_key(self, key: str) -> str:
        """What the accounts of one person have in common, and those of one of the plan's hosts."""
        host = self._persons.host(key)
        return self._persons.of(key) if host is None else f"host:{host}"

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
        return (
            None if self._owner(link) is not None or (self.anonymous and leads_to_person(link, self._sites)) else link
        )

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
        found = {_first_word(word) for word in _SOME_WORD.findall(text)}
        terms = [term for word in found for term in self._by_first_word.get(word, ())]
        for exact in (False, True):
            pattern = _alternatives(frozenset(term.spelled for term in terms if term.exact is exact), exact)
            if pattern is not None:
                text = pattern.sub(self._term, text)
        return re.sub(r"\b((?:Teacher|Host|Person) [0-9]+|somebody)(?:\s+\1)+\b", r"\1", text)

    def _term(self, match: re.Match[str]) -> str:
        term = self._terms.get(_key(match[0]))
        return match[0] if term is None else self._label(term.owner)

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

    def _known_terms(self, authors: Iterable[Author]) -> dict[str, _Term]:
        """What stands for whom, by its folded form."""
        terms: dict[str, _Term] = {}
        parts: dict[str, set[str]] = {}
        for author in authors:
            name = one_line(author.name)
            words = _WORD.findall(name)
            for term in (name, " ".join(words), "".join(words) if len(words) > 1 else ""):
                if _first_word(term):
                    ordinary = _key(term) in self._ordinary
                    if not ordinary or term[:1].isupper():
                        terms.setdefault(_key(term), _Term(term, author.id, exact=ordinary))
            for handle in _handles(author):
                if len(handle) >= 4 and handle not in self._ordinary:
                    terms.setdefault(handle, _Term(handle, author.id))
            for word in words if self.anonymous and 2 <= len(words) <= 4 else ():
                shouted = word.isupper() and not name.isupper()
                if len(word) >= 3 and word[:1].isupper() and not shouted and word.casefold() not in self._ordinary:
                    parts.setdefault(word, set()).add(author.id)
        for number, host in enumerate(self._state.plan.hosts if self.anonymous and self._state.plan else ()):
            if _first_word(host.name):
                terms.setdefault(_key(host.name), _Term(host.name, f"host:{number}"))
        for word, owners in parts.items():
            shared = len({self._owner_key(one) for one in owners}) > 1
            terms.setdefault(_key(word), _Term(word, f"mention:{_key(word)}" if shared else min(owners)))
        return terms


def _faces(state: SessionState, persons: Persons) -> dict[str, Author]:
    """The account by whose name each person goes: their own if it has one, else the first that has."""
    faces: dict[str, Author] = {}
    for one, person in state.people.items():
        face = faces.setdefault(persons.of(one), person.author)
        if person.author.name and (one == persons.of(one) or not face.name):
            faces[persons.of(one)] = person.author
    return faces


def _handles(author: Author) -> list[str]:
    handle = one_line(author.handle).lstrip("@").casefold()
    return list(dict.fromkeys(name for name in (handle, handle.partition("@")[0]) if name))


def _ordinary_words(texts: Iterable[tuple[str, str]], tags: Iterable[str]) -> frozenset[str]:
    """Words that are no names: everyday ones, those that several people write in lower case, the chat's hashtags."""
    writers: dict[str, set[str]] = {}
    for author, text in texts:
        for word in set(_WORD.findall(_MENTION.sub(" ", LINK.sub(" ", text)))):  # where a name is in lower case too
            if word.islower():
                writers.setdefault(word, set()).add(author)
    common = (word for word, people in writers.items() if len(people) >= _ORDINARY_FROM)
    return _ORDINARY | frozenset(common) | frozenset(tag.casefold() for tag in tags)


@functools.lru_cache
def _alternatives(terms: frozenset[str], exact: bool) -> re.Pattern[str] | None:
    """Any of the terms as whole words, the longest first; white space between their words as it comes."""
    longest = sorted(terms, key=len, reverse=True)
    if not longest:
        return None
    joined = "|".join(r"\s+".join(map(re.escape, term.split())) for term in longest)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.NOFLAG if exact else re.IGNORECASE)


def _first_word(term: str) -> str:
    """The first letters and digits in a row, folded; only where a text has them the term can be in it."""
    found = _SOME_WORD.search(term)
    return found[0].casefold() if found is not None else ""


def _key(term: str) -> str:
    return " ".join(term.casefold().split())
