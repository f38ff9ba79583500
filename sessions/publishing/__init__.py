"""What moderators post to the networks, and sending each post once, whatever breaks in between.

Texts and offers are pure; only the senders wait, and they reach networks through a `Poster` and the hub through a
`Commander` that are handed in. It rests on `sessions.core` and on what a poster is (`sessions.networks.poster`);
`announcing` goes out by itself and notes that in the library.

* `texts`: the open question, the same again, a line of the script; `greetings`: a hello to one person
* `shares`: a post that was found elsewhere, with a link to it and whose it is
* `offers`: when the desk offers to post something
* `announcing`: telling a team's channel or a mailing list of a chat, once; `announcer`: the same from a desk
* `sender`: notes that a post begins, sends it, notes what became of it, and looks up what was left unfinished
"""
