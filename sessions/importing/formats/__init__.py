"""The forms that archives come in, each read into a sheet of cells, and the sheet into posts.

Bytes and text only: neither the library nor what a chat is are known here.

* `sheets`: the sheet, and CSV and TSV
* `json_values`, `json_posts`: the objects of JSON, and whose they are: a network's own, a chat program's, a table's
* `json_lines`, `chat_exports`: objects as a sheet; messages of Discord, Slack and Telegram as one
* `slack`: exports of Slack, and what stands in its messages
* `storify`: pages of Storify
* `columns`, `inner_names`, `handles`: which column holds what, also deep in objects; handles in cells that say more
* `containers`: zips, gzip and tar
* `texts`, `encodings`: bytes to text, and the dirt of old exports
* `dates`: times in their usual forms
* `accounts`: names of accounts that go by a number
* `archive_posts`: the sheet's rows as posts
* `errors`: what can go wrong, in a line that says what to do next
"""
