"""How a person is written in what others wrote: by handle, by name, by a link to them, in their own words. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from sessions.core.identity import Identity
from sessions.core.redaction.own_words import GONE, OwnWords
from sessions.core.redaction.spellings import LONG_SPELLING, Spellings
from sessions.core.redaction.unfolding import may_be_folded, unfolded

LONG_HANDLE: Final = 4
"""Characters from which on a handle is blanked without its `@` too; shorter ones are words of everyday."""

LONG_ID: Final = 6
"""Characters from which on the network's own id of an account or a post makes a link one to it."""

_LINK = re.compile(
    r"(?:(?<![\w@.-])|(?=https?://))(?:https?://)?(?:[\w-]+\.)+[^\W\d_]{2,}(?![\w@])(?::\d+)?(?:/[^\s\"'<>]*)?",
    re.IGNORECASE,
)
_MAIL = re.compile(r"(?<![\w@.+%-])[\w.+%-]*\w@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_TAG = re.compile(r"(?<=#)\w+")
_PARTS = re.compile(r"[/?#&=]+")
_PROFILES = frozenset({
    "profile", "users", "user", "u", "@", "screen_name", "username", "handle", "acct", "account", "author", "via",
    "from", "to",
})  # fmt: skip
"""What stands before a handle in links that do not begin with it."""

_DECORATION = re.compile(r"[,(\[{|/–—•·~]|\s[-:]\s")
"""What a name ends before: degrees, pronouns, schools."""

_HONORIFIC = re.compile(r"(?:dr|mr|mrs|ms|mx|miss|prof|professor|coach|sra?|srta)\b\.?\s+", re.IGNORECASE)


class Mentions:
    """Finds and blanks a person in texts of others. `texts` are words of their own, `posts` the ids of their posts."""

    def __init__(self, who: Identity, texts: Iterable[str] = (), posts: Iterable[str] = ()) -> None:
        handles = {handle.partition(":")[2].lstrip("@") for handle in who.handles} - {""}
        handles |= {handle.partition("@")[0] for handle in handles}
        self._handles = frozenset(handle.casefold() for handle in handles)
        own = (identifier.partition(":")[2].rpartition("/")[2].casefold() for identifier in (*who.ids, *posts))
        self._ids = frozenset(one for one in own if len(one) >= LONG_ID)
        ats = [_mention(handle, "@") for handle in _longest_first(handles)]
        self._at = _either(ats)
        self._repeats = _either(_repeats(handles))
        self._words = OwnWords(texts)
        forms = [*who.names, *(form for name in who.names for form in _without_decoration(name))]
        self._spellings = Spellings(forms, (handle.casefold() for handle in handles))
        self._pattern = _either([*_names(who.names), *(_mention(handle) for handle in _longest_first(handles))])

    def blanked(self, text: str) -> str:
        """The text without them, however their handle is written there."""
        said = unfolded(text) if may_be_folded(text) else None
        if said is None or not self._plainly_named(said[0]):
            return self._without(text)
        if text in self._words:
            left = self._without(text)
            return left if left in self._words else self.blanked(left)
        if said[0] in self._words:
            return self._without(said[0])
        written = [(said[1][start][0], said[1][end - 1][1]) for start, end in self._spans(said[0])]
        return self._without(_cut(text, [*written, *self._spans(text)]))  # a link whose blank is %20 goes whole

    def _without(self, text: str) -> str:
        if "." in text or "/" in text:
            text = _LINK.sub(lambda link: GONE if self._leads(link[0]) else link[0], text)
            if "@" in text:
                text = _MAIL.sub(lambda mail: GONE if self._spellings.addressed(mail[0]) else mail[0], text)
        if self._repeats is not None:
            text = self._repeats.sub(GONE, text)
        text = self._words.blanked(text)
        if "#" in text:
            text = _TAG.sub(lambda tag: GONE if self._spellings.inside(tag[0]) else tag[0], text)
        return self._pattern.sub(GONE, text) if self._pattern is not None else text

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the text tells of them; the places may overlap."""
        yield from (link.span() for link in _LINK.finditer(text) if self._leads(link[0]))
        yield from (mail.span() for mail in _MAIL.finditer(text) if self._spellings.addressed(mail[0]))
        yield from (tag.span() for tag in _TAG.finditer(text) if self._spellings.inside(tag[0]))
        for form in (self._repeats, self._pattern):
            if form is not None:
                yield from (found.span() for found in form.finditer(text))

    def named(self, text: str) -> bool:
        """Whether the text tells of them, however their handle is written there."""
        if self._plainly_named(text):
            return True
        said = unfolded(text) if may_be_folded(text) else None
        return said is not None and self._plainly_named(said[0])

    def _plainly_named(self, text: str) -> bool:
        if self._pattern is not None and self._pattern.search(text) is not None:
            return True
        return self.linked(text) or text in self._words or self._tagged(text)

    def linked(self, text: str) -> bool:
        """Whether the text has a link to them or to a post of theirs, or a mail address of theirs."""
        if "." not in text:
            return False
        if any(self._leads(link[0]) for link in _LINK.finditer(text)):
            return True
        return "@" in text and any(self._spellings.addressed(mail[0]) for mail in _MAIL.finditer(text))

    def _tagged(self, text: str) -> bool:
        return "#" in text and any(self._spellings.inside(tag) for tag in _TAG.findall(text))

    def blanked_name(self, name: str) -> str:
        """Somebody else's name without the person's `@handle` in it; a namesake keeps theirs."""
        if self._at is None:
            return name
        name = self._at.sub(GONE, name)
        said = unfolded(name) if may_be_folded(name) else None
        if said is None:
            return name
        return _cut(name, [(said[1][at.start()][0], said[1][at.end() - 1][1]) for at in self._at.finditer(said[0])])

    def _leads(self, link: str) -> bool:
        _, *path = _PARTS.split(link.casefold().partition("://")[2] or link.casefold())
        for before, part in zip(["@", *path], path, strict=False):
            bare = part.removeprefix("from:").removeprefix("to:").removeprefix("@")
            if bare in self._ids or ("@" in bare and bare in self._handles):
                return True
            if (before in _PROFILES or part != bare) and (
                bare in self._handles or bare.partition("@")[0] in self._handles
            ):
                return True
        return self._spellings.leads(link)


def _cut(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with what stands in these places gone."""
    kept: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if start >= done:
            kept += [text[done:start], GONE]
        done = max(done, end)
    return "".join([*kept, text[done:]])


def _repeats(handles: Iterable[str]) -> list[str]:
    """What repeats all that follows the handle: `RT @handle ...`, `"@handle: ..."`."""
    one = "|".join(rf"@{re.escape(handle)}" for handle in _longest_first(handles))
    return [rf"(?s:(?<!\w)(?:RT|MT)\s+(?:{one})(?!\w).*)", rf"(?s:[\"“”«](?:{one})(?!\w)\s*:.*)"] if one else []


def _mention(handle: str, at: str = "") -> str:
    at = at or ("@?" if len(handle) >= LONG_HANDLE else "@")
    return rf"(?<!\w){at}{re.escape(handle)}(?:@[\w-]+(?:\.[\w-]+)+)?(?!\w)"


def _names(names: Iterable[str]) -> list[str]:
    forms = {form for name in names for form in (name.strip(), *_without_decoration(name))}
    written = {one for form in forms for one in (form, *_normal(form)) if len(one) > 2}
    choices = [rf"(?<!\w){_spaced(name)}(?!\w)" for name in _longest_first(written)]
    joined = {"".join(name.split()) for name in written if len(name.split()) > 1}
    for tag in map(re.escape, _longest_first(one for one in joined if len(one) >= LONG_SPELLING)):
        choices += [rf"(?<![^\W_]){tag}(?![^\W_])"]
    return choices


def _without_decoration(name: str) -> list[str]:
    """The name as others write it, without title, emoji, degrees and pronouns; only where two words are left of it."""
    plain = "".join(letter for letter in _DECORATION.split(name)[0] if not _is_sign(letter))
    bare = _HONORIFIC.sub("", " ".join(plain.split()), count=1)
    return [one for one in (" ".join(plain.split()), bare) if len(one.split()) > 1]


def _is_sign(letter: str) -> bool:
    return unicodedata.category(letter) in ("So", "Sk", "Sm", "Cf", "Co", "Me") or letter in '\ufe0e\ufe0f*_"“”'


def _spaced(text: str) -> str:
    return r"\s+".join(re.escape(word) for word in text.split())


def _normal(name: str) -> tuple[str, str]:
    """Letters with their accents in one character, and in two."""
    return unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name)


def _either(choices: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(choices), re.IGNORECASE) if choices else None


def _longest_first(texts: Iterable[str]) -> list[str]:
    return sorted(filter(str.strip, texts), key=lambda text: (-len(text), text))
