"""When the built-in cast says what: lines with their delays in chat time, the same for the same plan and seed.

The numbers are those of recorded education chats (docs/use/sources.md): answers come 5 minutes after their question at
the median and 11 at the 90th percentile, a third of the originals are labelled, reposts are 29 % of the stream.
"""

import random
from collections.abc import Sequence
from math import e
from statistics import NormalDist

from sessions.core.plan import HOUR, Plan, Question, ScriptKey, default_script, fill_script
from sessions.core.posts import Author, Post
from sessions.rehearsal.cast_scene import MINUTE, SECOND, Line, Scene, author_named, author_of
from sessions.rehearsal.cast_text import Deck, Teacher, answer_text, material

_TYPICAL_MINUTES = 8.0
_MEDIAN, _SPREAD = 5.4 * MINUTE, 0.6
_ANSWERS_A_MINUTE = 1.6
_LABELLED, _LABELLED_LATE = 0.5, 0.7
_TO_THE_QUESTION = 0.4
_IN_TWO_PARTS = 0.07
_SHARES = 0.49

# Label spellings and how often they are seen in tests/chats/label-forms.tsv; {l} is the label, {tag} the hashtag.
_LABELS = {
    "A{l}: ": 1472, "A{l} ": 1191, "A{l}. ": 271, "A{l}) ": 223, "#{tag} A{l} ": 136, "A{l} - ": 69, "A{l}- ": 40,
    "#{tag} A{l}: ": 38, "A{l}-": 31, "#{tag} A{l}. ": 23, "a{l}) ": 9, "A.{l} ": 7, "A{l}-- ": 6, "A{l}; ": 3,
}  # fmt: skip


class Script:
    """The scenes of a rehearsal of `plan`: the opening, one for each question, the closing."""

    def __init__(self, plan: Plan, hosts: Sequence[Author], seed: int = 0) -> None:
        self._plan = plan
        self._hosts = hosts
        self._seed = f"{seed}:{plan.series}:{plan.title}"
        self._tag = plan.hashtags[0] if plan.hashtags else ""
        self._cast = material(plan.spoken.code)
        self._letter = plan.spoken.labels[1]
        self._deck = Deck(random.Random(self._seed), plan.title, self._cast)
        self._teachers = self._cast.teachers

    def opening(self) -> list[Line]:
        """The welcome and the introductions, which fill the plan's time for them."""
        scene = Scene("open", random.Random(f"{self._seed}:open"), self._tag)
        ana, ben = self._hosts
        length = max(self._plan.introductions, 0.5) * MINUTE
        welcome = scene.say(0, ana, self._line("welcome"))
        scene.say(min(30 * SECOND, 0.1 * length), ben, self._line("introduce"))
        scene.say(0.45 * length, ben, self._line("saved"))
        scene.say(0.8 * length, ana, self._line("format"))
        coming = [teacher for teacher in self._teachers if not teacher.late and (teacher.newcomer or scene.chance(0.8))]
        newcomers = [teacher for teacher in coming if teacher.newcomer]
        regulars = scene.shuffled([teacher for teacher in coming if not teacher.newcomer])
        order = regulars[:]
        for place, newcomer in enumerate(newcomers):
            order.insert(2 + place * max(1, len(regulars) // max(1, len(newcomers))), newcomer)
        times: list[float] = [4 * SECOND, 9 * SECOND, 15 * SECOND, 24 * SECOND]
        times += scene.spread(len(order) - len(times), 35 * SECOND, length * 0.97)
        said = [scene.say(time, author_of(who), who.intro) for time, who in zip(sorted(times), order, strict=True)]
        greeted = scene.rng.choice(range(len(newcomers)))
        for post, who in zip(said, order, strict=True):
            if who.newcomer and who == newcomers[greeted]:
                scene.reply(post, ben, who, self._cast.hosts_say["greet"], after=2 * MINUTE)
            elif not who.newcomer and scene.chance(0.15):
                friend = scene.rng.choice([other for other in regulars if other != who])
                scene.reply(post, author_of(friend), who, self._cast.side["hello"])
        scene.share(welcome, self._people(2, scene), within=40 * SECOND)
        for post in scene.rng.sample(said, min(6, len(said))):
            scene.share(post, self._people(1, scene), within=2 * MINUTE)
        return scene.lines

    def asked(self, question: Question, place: int, questions_left: int) -> list[Line]:
        """The question as a host posts it, its answers, and the talk beside them; `place` counts from 0."""
        scene = Scene(question.id, random.Random(f"{self._seed}:{question.id}"), self._tag)
        ana, ben = self._hosts
        posted = scene.say(0, ana, f"{question.name}: {question.text}", name="ask")
        count = round(min(max(_ANSWERS_A_MINUTE * question.minutes, 7), 20))
        present = [teacher for teacher in self._teachers if place > 0 or not teacher.late]
        speakers = scene.rng.sample(present, min(count, len(present)))
        bodies = self._deck.deal(question.text, len(speakers), questions_left)
        bodies[0] = scene.rng.choice(self._cast.quick["lines"])
        answers: list[tuple[Post, Teacher]] = []
        delays = self._delays(scene, question, len(speakers))
        for number, (teacher, delay) in enumerate(zip(speakers, delays, strict=True)):
            text = answer_text(scene.rng, bodies[number], question.text, teacher, number > 0, self._cast)
            if number == len(speakers) // 2 and place % 2 == 0:
                picture = scene.rng.choice(self._cast.pictures["lines"])
                text = picture.format(room=teacher.room, slug=f"{teacher.handle}-{question.id}")
            answers.append((self._answer(scene, posted, question, teacher, text, delay, number == 2), teacher))
        self._beside(scene, place, ben, answers)
        originals = len(scene.lines)
        scene.share(posted, self._people(4, scene), within=75 * SECOND)
        for post, _ in scene.rng.choices(answers, k=max(0, round(originals * _SHARES) - 4)):
            scene.share(post, self._people(1, scene), within=4 * MINUTE)
        return scene.lines

    def closing(self) -> list[Line]:
        """The hosts' thanks and everybody else's."""
        scene = Scene("close", random.Random(f"{self._seed}:close"), self._tag)
        length = max(self._plan.close, 0.5) * MINUTE
        thanks = scene.say(0, self._hosts[0], self._line("thanks"))
        lines = scene.shuffled(self._cast.thanks["lines"])
        regulars = scene.shuffled([teacher for teacher in self._teachers if not teacher.newcomer])
        times = scene.spread(len(lines), 8 * SECOND, length)
        for time, text, teacher in zip(times, lines, regulars, strict=False):
            scene.say(time, author_of(teacher), text)
        newcomers = scene.shuffled([teacher for teacher in self._teachers if teacher.newcomer])
        for text, teacher in zip(self._cast.thanks["newcomer"], newcomers, strict=False):
            scene.say(length * scene.rng.uniform(0.4, 0.9), author_of(teacher), text, reply_to=thanks)
        scene.share(thanks, self._people(4, scene), within=0.8 * length)
        scene.say(length, self._hosts[1], self._line("next_time"))
        return scene.lines

    def _line(self, key: ScriptKey) -> str:
        text = self._plan.script.get(key) or default_script(HOUR, self._plan.spoken)[key]
        plan = self._plan
        return fill_script(text, title=plan.title, hashtags=plan.main_hashtags, hosts=plan.hosts, language=plan.spoken)

    def _people(self, count: int, scene: Scene) -> list[Author]:
        return [author_of(teacher) for teacher in scene.rng.sample(self._teachers, count)]

    def _delays(self, scene: Scene, question: Question, count: int) -> list[float]:
        """Two quick answers, then a burst that thins out: a log-normal curve, so that about one in six is late."""
        scale = min(1.0, question.minutes / _TYPICAL_MINUTES)
        quick = [scene.rng.uniform(6, 12) * SECOND, scene.rng.uniform(18, 40) * SECOND]
        curve = NormalDist(0, _SPREAD)
        rest = count - len(quick)
        shares = [(number + scene.rng.uniform(0.2, 0.8)) / rest for number in range(rest)]
        return quick + [_MEDIAN * scale * e ** curve.inv_cdf(share) for share in shares]

    def _answer(
        self, scene: Scene, posted: Post, question: Question, teacher: Teacher, text: str, delay: float, parts: bool
    ) -> Post:
        """One answer, labelled or not, as a reply to the question or not, in one part or two."""
        author = author_of(teacher)
        late = delay > question.minutes * MINUTE
        labelled = scene.chance(_LABELLED_LATE if late else _LABELLED)
        first, dot, second = text.partition(". ")
        if (parts or scene.chance(_IN_TWO_PARTS)) and dot and len(second) > 20:
            one = scene.say(delay, author, f"{self._letter}{question.label} 1/2 {first}.")
            pause = scene.rng.uniform(25, 55) * SECOND
            scene.say(delay + pause, author, f"{self._letter}{question.label} 2/2 {second}", reply_to=one)
            return one
        if labelled:
            form = scene.rng.choices(list(_LABELS), weights=list(_LABELS.values()))[0]
            form = form.replace("A", self._letter).replace("a{", f"{self._letter.lower()}{{")
            if self._tag or "{tag}" not in form:
                return scene.say(delay, author, form.format(l=question.label, tag=self._tag) + text)
        replies = late or scene.chance(_TO_THE_QUESTION)
        return scene.say(delay, author, text, reply_to=posted if replies else None)

    def _beside(self, scene: Scene, place: int, host: Author, answers: Sequence[tuple[Post, Teacher]]) -> None:
        """Replies, questions back and what else is said; a late newcomer in the second question, spam in the third."""
        side = self._cast.side
        for post, teacher in scene.rng.sample(answers, 3):
            friend = scene.rng.choice([other for other in self._teachers if other != teacher and not other.late])
            scene.reply(post, author_of(friend), teacher, side["agree"])
        post, teacher = scene.rng.choice(answers)
        curious = scene.rng.choice([other for other in self._teachers if other != teacher and not other.late])
        number = scene.rng.randrange(len(side["ask"]))
        asked = scene.reply(post, author_of(curious), teacher, (side["ask"][number],))
        scene.reply(asked, author_of(teacher), curious, (side["reply"][number],))
        post, teacher = scene.rng.choice([answer for answer in answers if not answer[1].newcomer] or answers)
        if not teacher.newcomer:
            scene.reply(post, host, teacher, self._cast.hosts_say["praise"])
        if place % 2 == 1:
            chatter = scene.rng.choice(side["chatter"])
            scene.say(scene.rng.uniform(2, 6) * MINUTE, self._people(1, scene)[0], chatter)
            scene.say(4 * MINUTE, host, scene.rng.choice(self._cast.hosts_say["late"]))
        if place == 1:
            for late in (teacher for teacher in self._teachers if teacher.late):
                scene.say(20 * SECOND, author_of(late), late.intro)
        if place == 2:
            spam = self._cast.spam
            scene.say(100 * SECOND, author_named(spam.name, spam.handle), spam.text.format(tag=self._tag), plain=True)
