"""The pure core: what a session is, on whatever network it is held and on whatever screen it is shown.

Given the same events it gives the same state, on the hub, on both desks and in a replay, so it does no I/O, waits for
nothing and reads no clock and no dice. It may use pure modules of the standard library, msgspec, tomlkit for the text
of plans, and Babel's tables of dates and numbers; nothing of the other rooms.

* `credit`: who asked for credit hours
* `plan`: what is written before the chat, and its text
* `posts`, `events`, `state`: a post, what can happen, and what a session is at a moment
* `evolve`: folds an event into the state, and undoes one
* `commands`: what a moderator may ask for, and what comes of it
* `tasks`: who did the tasks of the plan, and how that is known
* `terms`: which of several hubs runs a session that was taken over, and how far their histories are one
* `channel`: a month of what is posted between chats
* `clock`: how the hour stands, and how a moment is told
* `languages`: what is said and read in each language in which chats are held
* `filing`: the judge, who tells what a post is and where it belongs
* `identity`, `people`: by what a person can be told, and the register of all who ever took part
* `redaction`: takes words or a person out of events
* `reunion`: one chat in two files that went on apart
* `derived`, `session_id`: tables for scripts, and what a session's id looks like
* `known_now`: a saved chat by what is known since
* `later`: marks words that are English here and that a desk says in its own language
* `cleaning`: text from outside, cleaned once
* `decoding`: the one door for JSON and TOML, with one kind of error
* `hashtags`, `zones`: the hashtags in a text, and time zones by their names
* `errors`: the root of what is raised, and its tree
* `memory`: keeps the garbage collector of a process from what a long chat holds
"""
