"""The answer pane: posts anchored at the row under the cursor, wrapped where they are in sight.

It costs what is in sight, however many posts there are. What it knows of posts is the session's state.

* `answer_pane`: the stream of posts, its keys and its messages
* `found_pane`: the same for what was found elsewhere
* `answer_frame`: how it is drawn
* `anchored_view`: which row stands on which line. Pure
* `post_rows`, `post_layout`, `post_look`: which posts are rows, their lines, and what a post looks like
* `pane_filter`: which posts are shown; `chosen_posts`: which are marked
* `last_read`: how far somebody had read when they looked away
* `standing`: who has answered a question, and who of those present has not; `attendance`: keeping count of them
* `unfiled`: how many answers wait for one
* `searching`, `finding`: what is searched, and going through posts a little at a time
* `query`: what may be typed to find some
"""
