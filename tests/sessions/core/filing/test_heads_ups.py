"""What says that a question is about to come is none, however it is said; what asks is a question."""

import pytest

from sessions.core.filing.kinds import heads_up
from tests.sessions.core.filing.judging import JudgedChat

HEADS_UPS = """\
Q2. . . coming up in a moment!
Q2 on deck
On deck: Q2
Q3 is on deck #chat
Q3 comin' right up
Comin' right up: Q3
Comin’ up, Q4!
Q4 loading...
Q5 in 3..2..1
Q5 in 3...2...1
Next up - Q4
Get ready for Q2
1 minute until Q3
Q3 will be posted in a minute
Stand by for Q2
Question 3 in 60 seconds
Q6, our last one, is coming up
About to post Q3
Posting Q3 in a moment
Q3 drops in 2
Q3 in a sec
Q3 in a moment
Q3 ... are you ready?
Ready? Q3 is next
Q2 ⬇️ coming
Q2 🎉 coming up!
Q2- coming up in 1 min
Q2 in T-minus 60 seconds
Q2 is just about here
Q2 up next!
Brace yourselves for Q4
Who's ready for Q3?
Heads up: Q3 soon
Q3 is a minute away
Q3 is almost upon us
We'll have Q3 for you shortly
Two more minutes, then Q3
Hold tight, Q3 is on its way
Let's get ready for question 2
Q2 to follow in a couple of minutes
Wrapping up Q1, Q2 in 1
Finish up Q1 - Q2 is coming
Final thoughts on Q1? Q2 coming soon
Ready for Q3? It's a good one, isn't it
""".splitlines()

QUESTIONS = """\
Q2: What is coming up in your class next week?
Q2 How do you get ready for a new term?
Q3: What is on deck for your students?
Q3 Before the bell rings, what do you do?
A2 coming up with ideas is hard
Q4: In a moment of doubt, what helps you?
Q5: In 3 words, describe your school
Q1 Where do you start? Share a picture
Q2. In one minute, what can students learn?
Q6: Who is next in line to lead at your school?
Q2 Soon after the pandemic what changed?
Q2 What follows a lesson?
Q7: Ready or not, AI is here. How do you respond?
Q2 coming up: How do you plan your stations?
Time for Q3: what makes a good station?
Here comes Q1! What are your hopes for this year?
""".splitlines()


@pytest.mark.parametrize("text", HEADS_UPS)
def test_what_is_to_come(text: str) -> None:
    assert heads_up(text)


@pytest.mark.parametrize("text", QUESTIONS)
def test_what_asks_already(text: str) -> None:
    assert not heads_up(text)


@pytest.mark.parametrize(
    "text", ["QWrap coming up in a minute", "On deck: QWrap", "Warm-up is next!", "Get ready for the warm-up"]
)
def test_of_a_question_called_by_a_word(text: str) -> None:
    chat = JudgedChat("1", "QWrap", "Warm-up")
    chat.ask("q1")
    judgement = chat.says("ben", text)
    assert (judgement.kind, judgement.filed) == ("announcement", None)
