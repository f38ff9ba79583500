"""The dialogs of the desk. Each is opened with what it shows and ends with what the moderator chose.

They may use the shared dialogs, the widgets and the desk's model, and send nothing themselves: a post that is open
has the screen below do what is wanted.

* `question_form`: a question, new or changed
* `post_dialog`: what is posted, and to which networks; `rehearsed_post`: the same in a rehearsal
* `previews`: what else goes out, and taking no Enter before it was seen
* `hello_dialog`: a hello to one person
* `add_answers`: answers that no network brought
* `opened_post`: one post, and what is around it; `person_card`: one person; `join_accounts`: who only seems new
* `log`: who did what, and taking it back
* `look_up`: looking up elsewhere, and one found post
* `show_sources`: where the posts come from
* `claiming`: what is written in them, for the others to see
* `write_note`: a line to the other moderator
* `invite_away`: somebody in another home, and the invite for them; `show_seats`: who sits where
* `exchange_chats`: whether saved chats are exchanged
"""
