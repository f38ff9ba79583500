"""Taking words out of the events of a session, for good: of a post that is blanked, of a person who is forgotten.

Seqs, times and counts stay, so that the rest of the chat is what it was. It may use the events, the state and the fold.

* `blanking`: which events hold words of a post that nobody may read any more
* `forgetting`: one person out of a whole session
* `mentions`: how a person is named in what others wrote
* `handles`: the handles that texts mention, and who is only mentioned
* `unfolding`: what a text says whose signs are written otherwise, as in links
* `spellings`, `own_words`: a name spelled without blanks, as in links; somebody's own words in posts of others
"""
