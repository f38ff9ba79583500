"""A post that somebody found elsewhere, as a post of ours: its words, a link to it, and whose it is. Pure."""

from sessions.core.languages import ENGLISH, Language
from sessions.core.plan import clean_line
from sessions.core.posts import Post
from sessions.publishing.greetings import harmless
from sessions.publishing.texts import Draft

EXCERPT = 140
"""Letters of the found post that are told; with link, credit and hashtag it stays a short post anywhere."""


def share_draft(found: Post, language: Language = ENGLISH) -> Draft:
    """A found post as it is offered: the beginning of its words, whose they are, and where it stands."""
    return Draft("share", found.id, share_text(found, language))


def share_text(found: Post, language: Language = ENGLISH) -> str:
    """`“Exit tickets on paper …” via @ana@school.example https://...`; nobody else is mentioned in it."""
    words = excerpt(found.text) if not found.warning else ""
    via = language.say("posting.via", who=credit(found, found.author.network))
    return " ".join(filter(None, (f"“{words}”" if words else "", via, found.url or "")))


def quote_draft(found: Post, language: Language = ENGLISH) -> Draft:
    """What stands above a found post that is quoted: the network shows the post itself."""
    return Draft("share", found.id, language.say("posting.quoted", who=credit(found, found.author.network)))


def excerpt(text: str, letters: int = EXCERPT) -> str:
    """The beginning of a text on one line, without addresses, and with every mention made a word."""
    import regex  # slow to import; nobody waits for it before something is shared

    from sessions.networks.addresses import addresses

    text = clean_line(text)
    for start, end in reversed(addresses(text)):
        text = f"{text[:start]}{text[end:]}"
    words = " ".join(regex.sub(r"[@＠]+", "", text).split()).strip("“”")
    clusters = regex.findall(r"\X", words)
    if len(clusters) <= letters:
        return words
    cut = "".join(clusters[: letters - 1])
    return f"{cut.rpartition(' ')[0] or cut} …"


def credit(found: Post, network: str, title: str = "") -> str:
    """Whose it is, as it stands in a post to `network`: mentioned on their own network only.

    Elsewhere the same handle may be another person's; `title` is what their network is called.
    """
    author = found.author
    if network == author.network and author.handle:
        return f"@{author.handle}"
    name = harmless(author.name) or author.handle or author.id.partition(":")[2]
    return f"{name} on {title}" if title and network != author.network else name
