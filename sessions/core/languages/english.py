"""English: what Lunchroom says where a plan names no language, and where another table lacks a sentence.

How English posts are read stands in `sessions.core.filing`: it was learnt from chats and is more than lists of words.
"""

from sessions.core.languages.tables import Reading, Sentences, spaced

READING = Reading(
    joins=("and", "or"),
    before=spaced(
        "a an the my your our his her their this that in on of for with to at from by as is was be "
        "are were and or & not no use add type audi size paper road says said called"
    ),
    false_friends=(
        (
            "A3 A4 A5",
            spaced(
                "paper size sized sizes sheet sheets page pages poster posters landscape portrait folder "
                "folders notebook notebooks booklet booklets card cards envelope envelopes"
            ),
        ),
    ),
)

SENTENCES: Sentences = {
    "script.welcome": "Welcome! Today we talk about: {title}. New here? Say hello, we are glad that you came. {hashtag}",
    "script.format": "We post {Q}1, you answer with {A}1 in front, and so on. Late answers are welcome, so is reading."
    " {hashtag}",
    "script.introduce": "Please introduce yourself: your name, your school, what you teach. {hashtag}",
    "script.heads_up": "One more minute for this question, then comes the next one. {hashtag}",
    "script.thanks": "That was our chat. Thank you for coming, and for every answer! {hashtag}",
    "script.next_time": "We will be back soon. Which topic would you like to talk about next time? {hashtag}",
    "script.saved": "The hosts save this chat to write a summary. Please name no students; tell us to be left out."
    " {hashtag}",
    "script.slow_format": "A question a day: we post {Q}1, you answer with {A}1 in front, on any day and at any time."
    " {hashtag}",
    "script.slow_heads_up": "The next question opens soon. Still thinking about this one? Late answers are welcome."
    " {hashtag}",
    "script.hosts": "your hosts",
    "greeting.school": "Welcome, {name}! How good that somebody from {school} is here. Ask us anything, answer what you"
    " like.",
    "greeting.new": "Welcome to {hashtag}, {name}! We are glad that you came. Ask us anything, and answer whatever you"
    " like.",
    "greeting.returning": "Good to have you back, {name}! What have you tried since the last time?",
    "greeting.plain": "Welcome! We are glad that you came. Ask us anything, and answer whatever you like.",
    "new.title": "Our first chat",
    "new.question_1": "What is one thing that went well in your classroom this week?",
    "new.question_2": "Which routine or tool made the difference?",
    "new.question_3": "What did your students do or say that showed you it worked?",
    "new.question_4": "What got in the way, and what did you try then?",
    "new.question_5": "Who helped you with it, and how?",
    "new.question_6": "Which resource would you give to a colleague who is new to this?",
    "new.question_7": "How will you know next month that it still works?",
    "new.question_8": "What will you try next week?",
    "posting.via": "via {who}",
    "posting.quoted": "Found by our chat, from {who}:",
    "posting.again": "{name} again",
    "posting.once_more": "{name} once more",
    "posting.again_number": "{name} again ({n})",
    "words.and": "{list} and {last}",
    "share.invited": "You are invited: {title}",
    "share.when": "When: {when}",
    "share.from_to": "{day}, {start} to {end} ({timezone})",
    "share.days": "{first}, {start}, to {last}, {end} ({timezone})",
    "share.where": "Where: {tags}",
    "share.where_on": "Where: {tags} on {networks}",
    "share.hosts": "Hosts: {hosts}",
    "share.how": "How it works:",
    "share.slow": "This is a slow chat: a question stays open for days, so come whenever you have a minute.",
    "share.format": "We post {question}, you answer with {answer} in front, like this:",
    "share.format_tag": "We post {question}, you answer with {answer} in front and {tag}, like this:",
    "share.example": "We start with a five-minute warm-up.",
    "share.late": "Answer when you can. Late answers are welcome, and so is just reading along.",
    "share.first_time": "First time? Say hello and tell us so: we look out for you.",
    "share.questions": "The questions:",
    "share.opens": "{name} opens {day} {time}",
    "share.also": "{main} (also {optional})",
    "share.task": {"one": "Your task:", "other": "Your tasks:"},
    "share.saved": "The chat is saved by its hosts so that they can write a summary. Please name no students.",
    "share.left_out": "If you want to be left out of the summary, tell a host.",
    "recap.our_chat": "Our chat",
    "recap.date_time": "{day}, {time}",
    "recap.from_to": "{begun}, to {ended}",
    "recap.the_days": "The days",
    "recap.numbers_days": "The days in numbers",
    "recap.asked": "{questions} asked",
    "recap.asked_at": "asked {day}, {time}",
    "recap.persons": {"one": "{n} person", "other": "{n} people"},
    "recap.posts_from": "{posts} from {people}",
    "recap.first_of_them": ", {n} of them for the first time",
    "recap.people": {"one": "{n} person took part.", "other": "{n} people took part."},
    "recap.people_new": {
        "one": "{n} person took part, {new} of them for the first time.",
        "other": "{n} people took part, {new} of them for the first time.",
    },
    "recap.wrote": {
        "one": "They wrote {n} post, {answers} of them answers.",
        "other": "They wrote {n} posts, {answers} of them answers.",
    },
    "recap.guessed": {
        "one": "For {n} answer the question is a guess.",
        "other": "For {n} answers the question is a guess.",
    },
    "recap.no_answers": "no answers",
    "recap.answers": {"one": "{n} answer", "other": "{n} answers"},
    "recap.from_people": {"one": "{answers} from {n} person", "other": "{answers} from {n} people"},
    "recap.by_a_guess": ", {n} of them by a guess",
    "recap.shared": {"one": "shared {n} time", "other": "shared {n} times"},
    "recap.warning": "Content warning: {warning}",
    "recap.hosted_by": "hosted by {hosts}",
    "recap.hosted_by_line": "Hosted by {hosts}",
    "recap.rehearsal": "a rehearsal",
    "recap.questions": "Questions",
    "recap.questions_answers": "Questions and answers",
    "recap.what_was_said": "What was said",
    "recap.more_answers": "More answers",
    "recap.more_highlights": "More highlights",
    "recap.highlighted": "Highlighted: ",
    "recap.finds": "Found elsewhere",
    "recap.brought_by": "brought by {who}",
    "recap.links": "Links that were shared",
    "recap.link_from": "from {names}",
    "recap.new": "New in our chat: welcome!",
    "recap.welcome_to": "Welcome, {names}!",
    "recap.welcome": "Welcome!",
    "recap.first_chat": "This was our very first chat, so everybody was new.",
    "recap.thank_you": "Thank you",
    "recap.thanks": "Thank you for coming, {names}!",
    "recap.next_chat": "Next chat",
    "recap.numbers": "The hour in numbers",
    "recap.number_people": "people",
    "recap.number_first": "for the first time",
    "recap.number_posts": "posts",
    "recap.number_answers": "answers",
    "recap.footer": "Saved and put together by the hosts. Whoever wants to be left out may tell them.",
    "chart.per_minute": {"one": "Posts per minute", "other": "Posts per {n} minutes"},
    "chart.per_hour": {"one": "Posts per hour", "other": "Posts per {n} hours"},
    "chart.hours": {"one": "{n} hour", "other": "{n} hours"},
    "chart.posts": {"one": "{n} post", "other": "{n} posts"},
    "chart.minutes": {"one": "{n} minute", "other": "{n} minutes"},
    "chart.busy": "{posts} in {span}; most of them, {most}, at {time}. Lines mark when each question was asked.",
    "chart.answers": "Answers per question",
    "chart.answers_to": "{answers} to {question}",
    "chart.new_and_back": "First-time and returning people",
    "chart.first": "{n} for the first time",
    "chart.back": "{n} back again",
    "chart.hosts": {"one": "{n} host", "other": "{n} hosts"},
}
