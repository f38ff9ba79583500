"""The label that a text carries: `A3`, `Q2:`, `a6)`, `Answer 2`, `A1️⃣`, after hashtags and mentions, or at the very end.

Labels that are words (`AWrap`) are looked for only where a question of the chat has them.

The forms are those counted over 59 recorded chats (`tests/chats/label-forms.tsv`), with the letters and words of the
chat's language beside the English ones. Every pattern here is linear in the length of the text.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

import msgspec

from sessions.core.filing.label_forms import LabelForms, Letter, label_forms
from sessions.core.hashtags import IN_TAG
from sessions.core.languages import ENGLISH, Language
from sessions.core.plan import label_number

Where = Literal["start", "hashtag", "mention", "greeting", "inside", "end"]
"""What stands before the label: nothing, hashtags, mentions, a greeting, a whole sentence, or the whole text."""


class Label(msgspec.Struct, frozen=True):
    """A label: `letter` is Q or A, whatever stands for them in its language, `number` as typed (`2`, `3a`, `2.1`) or
    the `label_key` of a word (`wrap`), `part` what it says of parts (`1/2`), `also` the numbers of others that are
    answered as well: `A1/A2`, `A1 Yes. A2: No`."""

    letter: Letter
    number: str
    part: str | None
    where: Where
    also: tuple[str, ...] = ()

    @property
    def base(self) -> str:
        """The whole number in front, without leading zeros: `3` of `3a`, `2` of `2.1`."""
        return str(label_number(self.number))


_HEAD, _TAIL = 3000, 1000

_ODD = str.maketrans(
    {"\U0001f170": "A", "\U0001f150": "A", "\U0001f160": "Q", "\U0001f51f": "10"}
    | {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'}
    | dict.fromkeys("\u200b\u200c\u200d\u2060\ufe0e\ufe0f\u20e3", "")
)
"""Enclosed letters and digits that Unicode's compatibility forms leave alone, curled quotes, and the invisible."""


_CLOSING, _OPENING = '?!.…”"’»)', '“"‘«(¿¡'
"""What may belong to words of which it was taken off."""


@lru_cache(maxsize=16)  # one post is asked about some thirty times in a row; few, so that blanked words are soon gone
def plain(text: str) -> str:
    """The text with keycaps, full-width letters and curled quotes made ASCII; of a long one head and tail."""
    if len(text) > _HEAD + _TAIL:
        text = f"{text[:_HEAD]} {text[-_TAIL:]}"
    return text if text.isascii() else unicodedata.normalize("NFKC", text.translate(_ODD))


def as_written(text: str, words: str) -> str:
    """The part of `text` that is `words` when it is `plain`, with the marks at both ends: what stands beside a label,
    as its author wrote it (`x²?`, not `x2`). The words themselves where there is none."""
    if not words or len(text) > _HEAD:
        return words
    begins = (place for place in range(len(text) - 1, -1, -1) if plain(text[place:]).startswith(words))
    start = next(begins, len(text))
    ends = (end for end in range(start + 1, len(text) + 1) if plain(text[start:end]) == words)
    end = next(ends, start)
    if end == start:
        return words
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    while start and text[start - 1] in _OPENING:
        start -= 1
    return text[start:end]


def lexicon(listed: str) -> frozenset[str]:
    """The words of a list written as one line."""
    return frozenset(listed.split())


_LEAD_TOKENS = re.compile(
    r"(?P<tag>\#" + IN_TAG + r"+)|(?P<mention>@\w[\w.\-]*(?:@[\w.\-]+)?)|(?P<link>https?://\S*)"
    r"|(?P<copy>(?:RT|MT|QT|rt|mt)\b(?=[\s:]*@))|(?P<other>[\W_])"
)
_PUNCTUATION = (":", ".", ")", "-", "–", "—")
_PART = re.compile(
    r"\s*[(\[\-,]?\s?(?:/(?P<of>[0-9]{1,2})|(?P<both>[0-9]{1,2}\s?/\s?[0-9]{1,2})(?![0-9/])|(?:part|pt\.?|[Pp])\s?(?P<part>[0-9]{1,2})|"
    r"(?P<word>cont(?:inue[ds]?|inuing|'?d)?|follow(?:[- ]?up)?|again)\b)",
    re.IGNORECASE,
)
_LAST_PART = re.compile(r"[(\[]?(?P<both>[0-9]{1,2}/[0-9]{1,2})[)\]]?")
_AROUND = " \t\r\n:.)(-–—,;!?\"'…>|+"
_FURNITURE = ("#", "@", "http://", "https://", "pic.twitter.com/")


def parse_label(text: str) -> Label | None:
    """The label that a text of a chat in English carries, or None. Never raises."""
    return _ENGLISH.parse(text)


def split_label(text: str) -> tuple[Label, str] | None:
    """The label that such a text carries and what is said behind it (before it, where the label stands at the end)."""
    return _ENGLISH.split(text)


def split_worded(text: str, keys: Iterable[str]) -> tuple[Label, str] | None:
    """Likewise for labels that are words."""
    return _ENGLISH.split_worded(text, keys)


@functools.lru_cache(maxsize=32)
def reader_of(*languages: Language) -> "LabelReader":
    """What reads the labels of a chat in these languages."""
    return LabelReader(label_forms(*languages))


class LabelReader:
    """Finds the label that a text carries. It keeps nothing of the texts."""

    def __init__(self, forms: LabelForms) -> None:
        self.forms = forms

    def parse(self, text: str) -> Label | None:
        """The label that a text carries, or None. Never raises."""
        found = self.split(text)
        return None if found is None else found[0]

    def split(self, text: str) -> tuple[Label, str] | None:
        """The label that a text carries and what is said behind it (before it, where the label stands at the end)."""
        text = plain(text)
        found = self._at_start(text) or self._inside(text) or self._at_end(text)
        if found is None or found[0].letter != "A":
            return found
        label, rest = found
        others = dict.fromkeys(number for number in (*label.also, *self._later(rest)) if number != label.number)
        return msgspec.structs.replace(label, also=tuple(others)), rest

    def _later(self, text: str) -> Iterable[str]:
        """The numbers of the labels that begin later sentences of an answer, punctuation behind them."""
        for sentence in self.forms.sentence.finditer(text):
            match = self.forms.label.match(text, sentence.end())
            if match is not None and self.forms.kind(match) == "A":
                behind = re.match(r"\s?[:.)\-–—]\s*[^\W_]", text[match.end() :])
                if behind is not None:
                    yield match["number"]

    def split_worded(self, text: str, keys: Iterable[str]) -> tuple[Label, str] | None:
        """The same for labels that are words, given by their `label_key`s: `AWrap yes`, `#AWrap`, `Warm-up: ...`.

        A bare word counts as a label with Q, and like one behind a letter and a space only where punctuation follows.
        """
        text = plain(text)
        pattern = _worded(tuple(keys), "".join(sorted(self.forms.questions | self.forms.answers)))
        return self._worded_at_start(text, pattern) or self._worded_at_end(text, pattern)

    def _worded_at_start(self, text: str, pattern: re.Pattern[str]) -> tuple[Label, str] | None:
        place, where = 0, "start"
        while place < len(text):
            match = pattern.match(text, place)
            if match is not None and (match["glued"] or match["ends"]):
                return self._worded_label(match, where), text[match.end() :].strip(_AROUND)
            token = _LEAD_TOKENS.match(text, place)
            if token is None:
                return None
            tagged = pattern.fullmatch((token["tag"] or "")[1:])
            if tagged is not None and tagged["glued"]:
                return self._worded_label(tagged, "hashtag"), text[token.end() :].strip(_AROUND)
            where = {"tag": "hashtag", "mention": "mention"}.get(token.lastgroup or "", where)
            place = token.end()
        return None

    def _worded_at_end(self, text: str, pattern: re.Pattern[str]) -> tuple[Label, str] | None:
        tokens = text.split()
        while tokens:
            token = tokens.pop()
            match = pattern.fullmatch(token.lstrip("#").strip(".,:;!?()[]\"'“”…-–—*"))
            if match is not None and match["glued"] and self.forms.stands_for(match["glued"]) == "A":
                return self._worded_label(match, "end"), " ".join(tokens)
            if not token.startswith(_FURNITURE) and any(char.isalnum() for char in token):
                return None
        return None

    def _worded_label(self, match: re.Match[str], where: Where | str) -> Label:
        key = "".join(char for char in match["word"].casefold() if char.isalnum())
        letter = self.forms.stands_for(match["glued"] or match["apart"] or "Q")
        return msgspec.convert({"letter": letter, "number": key, "part": None, "where": where}, Label)

    def _at_start(self, text: str) -> tuple[Label, str] | None:
        place, where = 0, "start"
        greeted = False
        while place < len(text):
            found = self._made(self.forms.label.match(text, place), text, "greeting" if greeted else where)
            if found is not None:
                return found
            token = _LEAD_TOKENS.match(text, place)
            if token is not None:
                tagged = self.forms.tagged.match(token["tag"] or "")
                if tagged is not None:
                    return self._label(tagged, "hashtag", None), text[token.end() :].strip()
                where = {"tag": "hashtag", "mention": "mention"}.get(token.lastgroup or "", where)
                place = token.end()
                continue
            if greeted:
                return None
            again = self.forms.again.match(text, place)
            if again is not None:
                label = self.forms.label.match(text, again.end())
                if label is not None and text[label.end() : label.end() + 2].lstrip()[:1] in (
                    ":",
                    ".",
                    ")",
                    "-",
                    "–",
                    "—",
                ):
                    return self._made(label, text, where)
            greeting = self.forms.greeting.match(text, place)
            if greeting is None:
                return None
            place, greeted = greeting.end(), True
        return None

    def _made(self, match: re.Match[str] | None, text: str, where: str) -> tuple[Label, str] | None:
        """The label of a match, unless what follows shows that it is talk about labels or a size of paper."""
        if match is None:
            return None
        forms = self.forms
        letter, rest = forms.kind(match), text[match.end() :]
        listed = forms.listed.match(rest)
        if listed is not None:
            others = forms.listed.match(rest, _digits_end(rest, listed.end()))
            if others is not None or forms.stands_for(listed["letter"]) != letter:
                return None
        if match["letter"] and forms.is_false_friend(match["letter"] + match["number"], rest):
            return None
        beside = forms.beside.match(rest) if letter == "A" else None
        if beside is not None:
            rest = rest[beside.end() :]
        part = _PART.match(rest)
        said = None
        if part is not None:
            said = (part["of"] or part["both"] or part["part"] or part["word"]).replace(" ", "").lower()
            rest = rest[part.end() :]
        if said is None:
            tail = rest.split()[-4:]
            ending = next((t for t in reversed(tail) if not t.startswith(_FURNITURE)), "")
            last = _LAST_PART.fullmatch(ending)
            said = last["both"] if last is not None else None
        label = self._label(match, where, said)
        also = () if beside is None else (beside["number"] or beside["bare"],)
        return msgspec.structs.replace(label, also=also), rest.strip(_AROUND)

    def _label(self, match: re.Match[str], where: str, part: str | None) -> Label:
        letter = self.forms.kind(match)
        return msgspec.convert({"letter": letter, "number": match["number"], "part": part, "where": where}, Label)

    def _talks_of_labels(self, text: str) -> bool:
        return len({(other["letter"], other["number"]) for other in self.forms.other.finditer(text)}) > 1

    def _inside(self, text: str) -> tuple[Label, str] | None:
        """A label that begins a sentence behind another one: `Great question! A2 I use ...`."""
        for sentence in self.forms.sentence.finditer(text):
            match = self.forms.label.match(text, sentence.end())
            if match is None or self._talks_of_labels(text):
                continue
            follows = text[match.end() :].lstrip(" ")[:1]
            if match["letter"] in self.forms.questions and not (follows.isupper() or follows in _PUNCTUATION):
                continue
            if not re.search(r"[^\W\d_]{2}", text[match.end() :].split("#")[0]):
                continue
            return self._made(match, text, "inside")
        return None

    def _at_end(self, text: str) -> tuple[Label, str] | None:
        """A label behind everything but hashtags, mentions and links: `We rotate every 12 minutes A3 #chat`."""
        tokens = text.split()
        while tokens:
            token = tokens.pop()
            tagged = self.forms.tagged.match(token.rstrip(".,:;!?)"))
            if tagged is not None and self.forms.kind(tagged) == "A":
                return self._label(tagged, "end", None), " ".join(tokens)
            if token.startswith(_FURNITURE) or not any(char.isalnum() for char in token):
                continue
            match = self.forms.label.fullmatch(token.strip(".,:;!?()[]\"'“”…-–—*"))
            if match is None or match["letter"] not in self.forms.answers or self._talks_of_labels(text):
                return None
            before = tokens[-1].casefold() if tokens else ""
            if before.strip("\"'(“‘") in self.forms.before:
                return None
            return self._label(match, "end", None), " ".join(tokens)
        return None


@functools.lru_cache(maxsize=16)
def _worded(keys: tuple[str, ...], letters: str) -> re.Pattern[str]:
    """One pattern for all words, so that a long post is gone through once; the longest is tried first, as `Warm-up`
    begins like `Warm`."""
    words = "|".join(map(_spelled, sorted(keys, key=len, reverse=True)))
    return re.compile(
        rf"(?:(?P<glued>[{letters}{letters.lower()}])-?"
        rf"|(?P<apart>[{letters}{letters.lower()}]|[Aa]ns(?:wer)?|[Qq]uestion)[ .]{{1,2}}|)"
        rf"(?P<word>(?i:{words}))(?![^\W_])"
        r"(?P<ends>[?!]?\s?[:.)\-–—|]|[?!]?\s?$)?"
    )


def _spelled(key: str) -> str:
    """The letters of a key, whatever single sign stands between two of them; ß is folded to ss in keys."""
    letters = re.findall("ss|.", key, re.DOTALL)
    return r"[\W_]?".join("(?:[ßẞ]|s[\\W_]?s)" if one == "ss" else re.escape(one) for one in letters)


def _digits_end(text: str, place: int) -> int:
    while place < len(text) and text[place].isdigit():
        place += 1
    return place


_ENGLISH = reader_of(ENGLISH)
