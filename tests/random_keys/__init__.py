"""A desk on which somebody presses, clicks, pastes and resizes at random, by a seed, while a chat goes on.

`python -m tests.random_keys --steps 10000 --seed 1` has one desk ask and greet in a chat in which the cast, hostile
posts and a second moderator never rest, and looks again and again whether all is as it must be.
`tests/tui/desk/test_random_keys.py` is the short form.

* `hand`: the moves, made of a seed; `words`: what it types, pastes and has posted
* `chat`: the hub, what arrives there, and the time, which moves only by the hand
* `judging`: what must hold whenever the hand rests
* `painted`: a terminal that keeps what it was sent, so that a cell which was not drawn again is seen
* `fence`: nothing is written outside of a folder, and no program is started
* `walk`: so many moves with all of these
"""
