"""The patterns by which labels are found, made of the letters and words of a language beside those of English.

English labels are read in every chat: bilingual ones mix both. Every pattern is linear in the length of the text.
"""

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sessions.core.languages import ENGLISH, Language
from sessions.core.languages.tables import spaced

Letter = Literal["Q", "A"]

NUMBER = r"(?P<number>[0-9]{1,2}(?:\.[0-9]{1,2}(?![0-9])|[a-hxA-HX](?![^\W_]))?)(?![0-9])"
_END_OF_LABEL = r"(?=[\W_]|[A-Z][a-z]|[A-Za-z]{3}|I\b|[Pp][0-9]|[^\x00-\x7f]|$)"
_GREETINGS = spaced(
    "hi hello hey hiya howdy greetings good evening morning afternoon night all everyone everybody folks friends"
    " there team yall y'all sorry late i'm im am to the party so very here"
)
_AGAIN = (
    r"follow[- ]?up(?: to)?|re|reminder(?: of)?|repeat(?:ing)?|late|back to|"
    r"answer(?:ing)?(?: to)?|catching up(?: on| with)?"
)
_MOST_BEHIND = 60
"""Letters behind a label that can show that it is none."""


@dataclass(frozen=True, eq=False)
class LabelForms:
    """How labels look in a language. `letters` has what every letter and word in them (casefolded) stands for;
    `questions` and `answers` are the letters in upper case; `slips` are None in English, whose words for taking a label
    back are known beside it."""

    letters: dict[str, Letter]
    questions: frozenset[str]
    answers: frozenset[str]
    label: re.Pattern[str]
    tagged: re.Pattern[str]
    greeting: re.Pattern[str]
    again: re.Pattern[str]
    sentence: re.Pattern[str]
    other: re.Pattern[str]
    labelled: re.Pattern[str]
    beside: re.Pattern[str]
    listed: re.Pattern[str]
    before: frozenset[str]
    false_friends: re.Pattern[str]
    starred: re.Pattern[str]
    slips: re.Pattern[str] | None

    def kind(self, match: re.Match[str]) -> Letter:
        """What the letter or word of a match of `label` or `tagged` stands for."""
        return self.letters[(match["letter"] or match["word"]).casefold()]

    def stands_for(self, letter: str) -> Letter:
        """What a letter of these stands for."""
        return self.letters[letter.casefold()]

    def is_false_friend(self, label: str, behind: str) -> bool:
        """Whether the words behind it show that this is no label: a size of paper, a motorway."""
        return self.false_friends.match(label + behind[:_MOST_BEHIND]) is not None


@functools.lru_cache(maxsize=32)
def label_forms(*languages: Language) -> LabelForms:
    """The forms in a chat in these languages, the main one first; a letter that means the other thing in it is its."""
    own = [language for language in languages if language is not ENGLISH]
    questions, answers = _letters(own)
    upper = re.escape("".join([*questions, *answers]))
    each = upper + re.escape("".join([*questions, *answers]).lower())
    english = ENGLISH.reading
    question_words = dict.fromkeys([*ENGLISH.question, *(word for one in own for word in one.question)])
    answer_words = dict.fromkeys([*ENGLISH.answer, *(word for one in own for word in one.answer)])
    words = "|".join(filter(None, map(_spellings, [*question_words, *answer_words])))
    hello, again, own_joins, before, slips = (
        [words for one in own for words in getattr(one.reading, field)]
        for field in ("hello", "again", "joins", "before", "slips")
    )
    joins = "|".join(map(_phrase, dict.fromkeys([*english.joins, *own_joins])))
    both = "|".join(map(_phrase, dict.fromkeys(["and", *own_joins])))
    few = f"[{re.escape(''.join(answers) + ''.join(answers).lower())}](?:ns(?:wer)?)?"
    letters: dict[str, Letter] = {word.casefold(): "Q" for word in [*questions, *question_words]}
    letters |= {word.casefold(): "A" for word in [*answers, *answer_words, "answer", "ans"]}
    return LabelForms(
        letters=letters,
        questions=frozenset(questions),
        answers=frozenset(answers),
        label=re.compile(
            rf"(?:(?P<word>{words})\b[.:]?[ ]?\#?"
            rf"|(?P<letter>[{each}])(?:(?<=[{upper}qa])\.|[\^#]|-(?=[0-9]{{1,2}}[:)])|(?<=[Qq])\#?[ ]?"
            r"|[ ](?=[0-9]{1,2}(?:[ ]?[:)]|\.[ ]|[ ]-[ ])))?)" + NUMBER + _END_OF_LABEL
        ),
        tagged=re.compile(rf"#(?P<letter>[{each}]){NUMBER}$"),
        greeting=re.compile(
            rf"(?:(?:{_any(_GREETINGS, hello)})\b[\s,.!;:\-–—]*){{1,8}}",
            re.IGNORECASE,
        ),
        again=re.compile(
            rf"(?:{'|'.join([_AGAIN, *map(_phrase, again)])})\b[\s:]*",
            re.IGNORECASE,
        ),
        sentence=re.compile(rf"(?:[.!?:;)\]\"»\n]\s+|(?<=\.\.))(?=[{upper}]\.?[0-9])"),
        other=re.compile(rf"(?<![^\W_])(?P<letter>[{upper}])(?P<number>[0-9]{{1,2}})(?![0-9])"),
        labelled=re.compile(
            rf"(?<![^\W_])#?(?P<letter>[{upper}])[ ]?"
            r"(?P<number>[0-9]{1,2}(?:\.[0-9]{1,2}|[a-hx](?![^\W_]))?)(?![0-9])"
        ),
        beside=re.compile(
            rf"\s*(?:(?:[/&+,]|(?:{both})\b)\s*"
            rf"{few}[. ]?(?P<number>[0-9]{{1,2}}(?:\.[0-9]{{1,2}}|[a-h](?![^\W_]))?)(?![0-9])"
            rf"|(?:[&+]|(?:{both})\b)\s*(?P<bare>[0-9]{{1,2}})\s?(?=[:.)\-–—]))"
        ),
        listed=re.compile(rf"\s*(?:[/&+,-]|{joins})\s*(?P<letter>[{upper}])[0-9]"),
        before=frozenset([*english.before, *map(str.casefold, before)]),
        false_friends=re.compile(
            "|".join(
                [
                    *_false_friends(english.false_friends, r"\s+"),
                    *_false_friends((pair for one in own for pair in one.reading.false_friends), r"(?:\s+|-)"),
                ]
            ),
            re.IGNORECASE,
        ),
        starred=re.compile(rf"\s*(?:\*\s?#?[{upper}]?[0-9]|#?[{upper}][0-9]{{1,2}}[a-h]?\s?\*)"),
        slips=phrases(slips) if slips else None,
    )


def _letters(own: Iterable[Language]) -> tuple[list[str], list[str]]:
    """The letters of questions and of answers, English ones first."""
    questions, answers = ["Q"], ["A"]
    for asks, answering in (language.labels for language in own):
        questions += [asks] if asks not in [*questions, *answers] else []
        answers += [answering] if answering not in [*questions, *answers] else []
    return questions, answers


def phrases(listed: Iterable[str], behind: str = r"(?!\w)") -> re.Pattern[str]:
    """Any of the phrases of a table as whole words and in whatever case; `{n}` in them is a number."""
    ways = (_phrase(words).replace(r"\{n\}", r"[0-9]{1,2}") for words in sorted(listed, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)}){behind}", re.IGNORECASE)


def _any(english: Iterable[str], own: Iterable[str]) -> str:
    return "|".join(dict.fromkeys([*english, *map(_phrase, own)]))


def _phrase(words: str) -> str:
    """The words of a table as a pattern, with any white space between them."""
    return r"\s+".join(re.escape(word) for word in words.split())


def _spellings(word: str) -> str:
    """A word in three ways to write it: `[Aa]nswer|ANSWER`."""
    first, rest = word[:1], re.escape(word[1:])
    return f"[{re.escape(first.upper() + first.lower())}]{rest}|{re.escape(word.upper())}"


def _false_friends(listed: Iterable[tuple[str, tuple[str, ...]]], gap: str) -> Iterable[str]:
    """A label, or any with a letter, and behind the gap one of the words that show that it is none."""
    for labels, behind in listed:
        which = "|".join(re.escape(label) if label[1:] else rf"{label}[0-9]{{1,2}}" for label in labels.split())
        yield rf"(?:{which}){gap}(?:{'|'.join(map(_phrase, behind))})\b"
