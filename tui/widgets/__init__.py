"""The panes and lines that screens are put together from.

They are given the session's state, keep none of its truth, and post messages named for what is wanted. They may use the
text and what is pure in `sessions`; no dialog, no screen.

* `answers`: the answer pane
* `questions`: the queue of questions
* `hour`: the clock
* `header`: which chat this is
* `roster`, `roster_rows`, `roster_sections`: the people, as rows under headings; `arrivals`: in which order they came
* `lines`: lines as data, a list of them, and the frame that draws only what changed
* `status_line`, `remarks`, `notice`: what just happened, for how long, and what waits for an answer
* `filter_bar`, `find_bar`: what is typed to filter and to find
* `paragraphs`, `key_line`: something to read that leads somewhere, and keys that can be clicked
* `hanging`: words beside a time or a name
* `footers`: the line of keys at the foot
* `first_words`: what a screen is, for whoever sees it the first time
* `too_small`, `marked`: a terminal that is too small, and boxes to tick
* `pace`: time, so that tests can move it by hand
"""
