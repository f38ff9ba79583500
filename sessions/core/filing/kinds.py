"""What the words of a post alone tell of its kind; the judge weighs it against the state.

The patterns look at `plain` text, which is bounded, and their repetitions are bounded too.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from sessions.core.filing.labels import lexicon, plain
from sessions.core.filing.words import FURNITURE, bare, words, words_said
from sessions.core.hashtags import IN_TAG


def _phrases(*phrases: str, before: str = r"\b", behind: str = r"\b") -> re.Pattern[str]:
    """Any of the phrases, as whole words and in whatever case."""
    return re.compile(f"{before}(?:{'|'.join(phrases)}){behind}", re.IGNORECASE)


# Announcements

_COMING = _phrases(
    r"comin(?:g|'|\b)|comes|up (?:next|in|soon)|next(?= ?[.!]| ?$)|soon|shortly|around the corner",
    r"(?:be )?(?:posted|asked|out|up|here|live|yours) (?:in|soon|shortly|next)|for you (?:in|soon|shortly)|drops",
    r"an? (?:minute|moment|second|sec) away|upon us|in t ?- ?minus|are you ready",
    r"(?:our |the )?(?:last|final) one,? (?:is )?(?:coming|up)",
    r"on (?:its|it's|the) way|get ready|on deck|on the horizon|(?:almost|nearly|just about) here|around the bend",
    r"(?:loading|incoming|dropping|launching|landing)(?= ?[.!#]| ?$| (?:soon|now|shortly))|(?:heading|headed) your way",
    r"at [0-9]{1,2}[:.][0-9]{2}",
    r"to come|to follow|follows|due|in [0-9]{1,2}(?= ?[.!]| ?$)",
    r"in (?:about |just |under |less than )?(?:an?|one|two|three|four|five|[0-9]{1,2}) ?(?:couple|few|bit|moment)",
    r"in (?:about |just |under |less than )?(?:an?|one|two|three|four|five|[0-9]{1,2}) ?(?:min|sec)",
    before=r"\W{0,12}(?:(?:is|are|'s|will|be|now|just|right|nearly|almost|about) ?){0,3}",
    behind="",
)
_ANNOUNCED = _phrases(
    r"here (?:it )?comes|ready for|comin(?:g|')(?: right| straight)? up|(?:up )?on deck|up next|next up|time for",
    r"mov(?:e|ing) on to|onto",
    r"until|before|wait for|next is|(?:stand(?:ing)?|stay|hold) (?:by|tuned|tight)|brace yoursel(?:f|ves)",
    r"(?:about to (?:post|ask|drop|share)|(?:post|ask|dropp|shar)ing)(?= Q[0-9u])",
    r"(?:we'll|we will|you'll|i'll) (?:have|post|get|ask|share)",
    r"minutes?,? (?:to|until|till|for|left|then)|heads[ -]up",
    behind=r"\b[^.!?\n]{0,30}\bQ(?:uestion)? ?[0-9]",
)
_ASIDE_OF_HEADS_UP = 4
"""Words at most of what is asked beside a heads-up: `Q3 in a minute, are you ready?`."""
_NAMED = re.compile(r"\bQ(?:uestion)? ?[0-9]{1,2}[a-h]?\b", re.IGNORECASE)
_HOUSEKEEPING = _phrases(
    r"welcome|minutes?|mins?|hashtag|remember to|please (?:use|add|include|answer|introduce|tag)|introduce yourself",
    r"introduce yourselves|format|we(?:'ll| will) (?:use|be|start|begin|move|precede)|begins?|beginning",
    r"let's (?:get|make a|start|begin|move)|next (?:week|month|time|chat|question)|(?:final|last|first|new) question",
    r"join us|joining us|thank(?:s| you) (?:all|everyone|for (?:joining|coming|taking part|participating))",
    r"storif(?:y|ied)|wakelet|transcript|archived?|recap|survey|register|sign up|moderat(?:e|ing|or|ors)|your hosts?",
    r"(?:tonight|today|this evening)'?s|get ready|be prepared|stay tuned|reminder|hosting|closing|wrap(?:ping)? up",
    r"time's up|that's all|our (?:chat|topic|guest|time)|the chat|hour|[QA][1-9]\b.{0,20}\b[QA][1-9]",
)


def heads_up(text: str, names: Iterable[str] = ()) -> bool:
    """Whether this says that a question is about to come: `Q2 coming up in 2 minutes`, `Here comes Q1`; `names` are
    those of questions that are called by words (`QWrap`)."""
    text = plain(text)
    for name in names:
        text = re.sub(rf"(?i)\b{re.escape(name)}\b", "Q0", text)
    announced = _ANNOUNCED.search(text)
    found = [named for named in _NAMED.finditer(text) if _COMING.match(text, named.end()) is not None]
    ends = [announced.end()] if announced is not None else []
    return any(not _asks(text[end:]) for end in [*ends, *(one.end() for one in found)])


def _asks(rest: str) -> bool:
    """Whether what stands behind is a question already, and no `are you ready?`."""
    asked, mark, _ = rest.rpartition("?")
    return mark == "?" and len(words(re.split(r"[.!?]\s", asked)[-1])) > _ASIDE_OF_HEADS_UP


def housekeeping(text: str) -> bool:
    """Whether a host's words are about the chat itself: welcome, format, time, thanks to all, what comes next."""
    return _HOUSEKEEPING.search(plain(text)) is not None


# Introductions

_HELLO = lexicon(
    "hi hello hey hiya howdy greetings evening morning afternoon welcome hola good gday y'all yall everyone"
    " everybody all folks"
    " friends there team and to the from again nice see you so great glad happy be here back tonight today chat"
)
_GREETING = _phrases(
    r"hi|hello|hey|hiya|howdy|greetings|hola|good (?:evening|morning|afternoon|day)",
    r"(?:evening|morning|afternoon),? (?:all|everyone|everybody|folks)",
)
_ARRIVAL = _phrases(
    r"(?:i'm|im|i am|we're|sorry|apologies|bit|little|running|so|very|v|again|made it) (?:to be |for being )?"
    r"(?:i'm |a |bit |so |very )?(?:late|on time|here now|finally here)",
    r"late to (?:the )?(?:party|chat)|bit late|on time (?:for|at last)|checking in|here from|finally (?:here|made it)",
    r"(?<!for )joining (?:\w{1,20} )?(?:now|in|late|from|you|the chat|tonight)",
    r"(?:should|must|forgot to|let me|me) introduce myself|(?:hi|hello|hey)?[ ,!]{0,2}i'm here(?= ?(?:[.!,;]|$))",
    r"just (?:joining|joined|arrived|arriving|got here|jumping in|hopping on|tuning in)",
    r"(?:jumping|hopping|popping|tuning|dipping) in (?:from|late|for)|lurking (?:tonight|today|from)",
    r"(?:gr8|great|good|glad|happy|excited|nice) to (?:be|b) (?:here|back)",
)
_OCCUPATION = (
    r"teachers?|principal|coach|librarian|lecturer|technologist|counsell?or|educator|paraprofessional|aide|specialist"
    r"|interventionist|superintendent|professor|tutor|director"
)
_SELF = _phrases(
    rf"my name is|my name's|(?:i'm|i am|im) (?:an?|the) (?:[\w-]{{1,20}} ){{0,4}}(?:{_OCCUPATION})",
    r"(?:i )?teach(?:ing)? (?:[\w-]{1,20} ){0,3}(?:grade|graders|math|science|reading|ela|kindergarten|pre-?k|at)",
    r"this is \w{1,20} from",
)
_ROLE = _phrases(
    r"(?:[0-9]{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth)[- ](?:grade|graders?|year)",
    r"kinder(?:garten)?|pre-?k|grade [0-9k]|elementary|middle school|high school|junior high|isd",
    rf"primary school|{_OCCUPATION}",
)


def introduces(text: str, *, before_questions: bool) -> bool:
    """Whether the author arrives or tells who they are; before the first question a hello or a mere role is enough."""
    text = bare(text)
    if _ARRIVAL.search(text) is not None:
        return True
    greets = _GREETING.search(text) is not None
    if greets == before_questions:  # what else it tells decides nothing
        return greets and before_questions
    tells = _SELF.search(text) is not None or _ROLE.search(text) is not None
    if before_questions:
        return tells and "?" not in text and len(words(text)) <= 30
    return tells or _only_greets(text)


_OF_A_NAME = re.compile(r"\s*(?:[,|/:(]|-{1,3}|[–—]|\b(?:from|in|here|w/|with|at|checking in)\b)", re.IGNORECASE)
_WELCOME = re.compile(
    r"(?:(?:hi|hello|hey|oh|yay|fantastic|great|lovely|and|a (?:big|warm)|hooray)\b[\s,!.:–-]*){0,2}"
    r"(?:[^\W\d_]+[\s,!.:–-]+)?welcome\b(?! (?:change|addition|relief|idea))",
    re.IGNORECASE,
)
_MET = _phrases(
    r"(?:glad|great|good|nice|lovely|happy|thrilled|pleased|delighted|fab|wonderful) (?:that )?"
    r"(?:you (?:could|can|made|are|joined|found)|you're (?:here|joining)|u (?:could|made)"
    r"|to (?:see|have|meet) (?:you|u)(?! (?:use|say|do)))",
    r"thanks for (?:dropping|popping|jumping|hopping|stopping|coming) (?:in|by)",
)
_SHORT_WELCOME = 14


def presents(text: str, name: str) -> bool:
    """Whether the author, who goes by `name`, begins with it and tells who they are: `Ravi, 8th grade English`,
    `Howdy! Esme in Orlando`, `Esme Sedgehurst, global onboarding`."""
    text, known = bare(text), words(name)[:2]
    if not known:
        return False
    said = words(text)
    if said[:1] == known[:1] and (_SELF.search(text) is not None or _ROLE.search(text) is not None):
        return True
    place = _place_of_name(text, known)
    return place is not None and _OF_A_NAME.match(text, place) is not None


def _place_of_name(text: str, name: list[str]) -> int | None:
    """Where the author's name ends, if the text begins with the whole of it, or with a hello and the first of it."""
    begin = re.match(r"\W*", text)
    start = 0 if begin is None else begin.end()
    if len(name) == 2 and words(text)[:2] == name:
        return _end_of(name[1], text, start)
    greeted = _GREETING.match(text, start)
    if greeted is None or name[0] not in words(text[greeted.end() :])[:3]:
        return None
    return _end_of(name[0], text, greeted.end())


def _end_of(name: str, text: str, start: int) -> int | None:
    found = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE).search(text, start)
    return None if found is None else found.end()


def welcomes(text: str) -> bool:
    """Whether the post bids somebody welcome, in few words: `Welcome, Esme! Glad you could make it`."""
    text = bare(text)
    if len(words(text)) > _SHORT_WELCOME or "?" in text:
        return False
    return _WELCOME.match(text) is not None or _MET.search(text) is not None


def _only_greets(text: str) -> bool:
    """A hello at the start and at most three words that are no greeting: a name, a place."""
    said = words(text)
    return any(word in _HELLO for word in said[:2]) and sum(word not in _HELLO for word in said) <= 3


# Asides

_IDLE = lexicon(
    "yes yep yeah yup no nope ok okay agree agreed agrees absolutely exactly true so totally definitely"
    " indeed same here this"
    " that it is i a the you your are my me to too and with all for of love loved like liked great good point"
    " points idea ideas"
    " nice thanks thank thx ty much very really well said amen preach ditto haha hahaha lol ha wow cool awesome amazing"
    " brilliant excellent fantastic perfect right couldn't more could be sure course hi hello bye goodnight"
    " night everyone"
    " everybody folks just did what one think we an such interesting lovely wonderful congratulations"
    " congrats welcome us also"
    " was tweet chat"
)
_FAREWELL = _phrases(
    r"good ?night|goodbye|(?:got|have|need) to (?:go|leave|dash|run|dip)|gotta (?:go|run)|must (?:dash|go|run)|off to",
    r"(?:great|lovely|super|fantastic) (?:chat|conversation|discussion)|that's it for|see (?:you|y'all)",
    r"next time|pleasure",
    r"thanks (?:all|everyone|for|to|from|so)|thank you|big thank|thx|catch up|looking forward|signal on",
    r"blog post|new post",
    r"storif(?:y|ied)|(?:re)?tweets?|trending|(?:this|tonight's|today's) (?:chat|debate|tweetchat)",
)


def own_words(text: str) -> int:
    """How many words are left when agreement, thanks and politeness are taken away."""
    return sum(word not in _IDLE for word in words_said(text))


def idle(text: str) -> bool:
    """Whether nothing is left when agreement, thanks and politeness are taken away."""
    return not own_words(text)


def asks_back(text: str) -> bool:
    """Whether the post is mostly a question: it ends in a question mark and says little before its last sentence."""
    said = FURNITURE.sub(" ", plain(text)).rstrip(" .:;)(-\n")
    if not said.endswith("?"):
        return False
    return len(words(" ".join(re.split(r"[.!?]\s", said)[:-1]))) < 8


def farewell(text: str) -> bool:
    """Whether the post takes leave, thanks all or speaks of the chat as over."""
    return _FAREWELL.search(plain(text)) is not None


def substantial(text: str, *, at_least: int) -> bool:
    """Whether the post says something of its own: that many words beside agreement, and no farewell or question."""
    if farewell(text) and len(words(text)) < 20:
        return False
    return own_words(text) >= at_least and not asks_back(text)


# Newcomers

_CHAT = (
    r"(?:(?:twitter|tweet|hashtag|edu|online|this|one of these|an?|the|your|our|my)[ -]){0,3}"
    r"(?:tweet|twitter)?-?(?:chats?|discussion)"
)
_TAG = rf"#{IN_TAG}{{1,50}}"
_NEW = _phrases(
    r"first[ -]timers?(?! teacher)|newb(?:ie|ies|y)?|noob",
    rf"new (?:here|to (?:all )?this(?! \w{{3,}})|to (?:twitter|tweeting|{_CHAT}|{_TAG}))",
    rf"first (?:ever |official )?(?:{_CHAT}|{_TAG})",
    r"first time (?:ever )?(?:here|joining|participating|lurking|tweeting|chatting|for me|i've joined)",
    r"first time (?:ever )?doing (?:this|one)",
    rf"first time (?:ever )?(?:in|on|at|to|with) (?:{_CHAT}|{_TAG}|twitter)|first time(?= ?(?:[!.]|$|#))",
    r"(?:my|our) (?:very )?first (?:time|one)(?= ?(?:[!.,:;)]|$|#|here|ever))",
    r"(?:long[ -]?time|usual|(?:usually|normally|often|been|just|mostly|i'm|am) an?|former) lurk(?:er|ing)",
    r"lurker (?:here|tonight|today|no more)|(?:just|only|mostly) lurking",
    rf"never (?:done|tried|joined|been (?:in|to|on)|participated in|taken part in) (?:this|one|{_CHAT}|{_TAG})",
    rf"haven't (?:done|joined|tried) (?:this|one|{_CHAT})|giving this (?:chat )?a (?:try|go)",
    rf"trying (?:this|{_CHAT}) out",
    before=r"(?<!\w)",
    behind=r"(?!\w)",
)
_OTHERS_NEW = re.compile(
    r"\b(?:not|no longer|hardly|since|remember|was|were|isn't|aren't|wasn't|don't|if|any|anyone|those|all|our|the|for|"
    r"who|who's|you|you're|your|he|she|they|their|his|her|welcome|when|students?|kids|child|children|colleagues?"
    r"|teachers|nothing|hi|hello)"
    r"\b[^.!?\n]{0,25}$",
    re.IGNORECASE,
)
_SELF_NEAR = re.compile(r"\b(?:i'm|im|i am|my|me|i've|i|we're)\b[^.!?\n]{0,25}$", re.IGNORECASE)


@lru_cache(maxsize=16)  # as `plain`
def says_new(text: str) -> bool:
    """Whether the author calls themselves new to such chats (`first time here`, `newbie`): not somebody else, and not
    new in another matter."""
    text = " ".join(plain(text).split())
    return any(_speaks_of_self(text[max(0, found.start() - 40) : found.start()]) for found in _NEW.finditer(text))


def _speaks_of_self(before: str) -> bool:
    before = re.split(r"[,;:]|\bbut\b", before)[-1]
    others = _OTHERS_NEW.search(before)
    if others is None:
        return True
    self = _SELF_NEAR.search(before)
    negated = re.search(r"\b(?:not|no longer|hardly|n't|remember|was|were|since|when)\b", before, re.IGNORECASE)
    return self is not None and self.start() > others.start() and negated is None


# Spam

_LINK = re.compile(r"https?://|\bwww\.|\bbit\.ly/", re.IGNORECASE)
_COMMERCE = re.compile(
    r"\b(?:buy|discounts?|[0-9]{1,2} ?% off|sale|promo|coupon|giveaway|free (?:trial|gift|money|followers|download)"
    r"|click here|order now|limited (?:time|offer)|cheap|(?:earn|make)(?: [a-z]{1,10})? (?:money|cash|income)|crypto"
    r"|bitcoin|forex|casino|betting|subscribe|(?:earn|work|income|job) from home|no experience"
    r"|only [0-9]{1,3} (?:places|spots|seats|left)"
    r"|followers|dm (?:me|us)|onlyfans|essay (?:help|writing)|assignment help|viagra|loans?|guaranteed|act now"
    r"|sign up (?:now|today|free)|best price|shop (?:now|here))\b|[$£€](?:[0-9]|[$£€])",
    re.IGNORECASE,
)


def sells(text: str) -> bool:
    """Whether this has a link and at least two different words of commerce."""
    text = plain(text)
    return _LINK.search(text) is not None and len({found.casefold() for found in _COMMERCE.findall(text)}) >= 2
