"""What kind of post it is, which question it answers, and why: judgements of words against a state.

Each post is judged once, as it arrives, and the judgement is stored with it. It may use the plan, the posts and the
state; it changes none of them.

* `judge`: weighs all the evidence, in the order of docs/develop/filing.md
* `labels`, `label_forms`: the label that a text carries, and the patterns of a language by which it is found
* `kinds`, `words`: what the words alone tell, and what is left without hashtags, mentions and links
* `own_words`: the same in the chat's own language, by lists of phrases
* `corrections`: posts that take back the label of an earlier one
* `guessing`: the guess at what nothing files for sure, with how sure it is and why
* `post_index`: who said what before, for reposts, mentions and threads
* `own_posts`: what a desk posted, known again when a network brings it back
"""

from sessions.core.filing.judge import Judge, asked_question
from sessions.core.filing.labels import Label, parse_label

__all__ = ["Judge", "Label", "asked_question", "parse_label"]
