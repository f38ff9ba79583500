"""The forms that archives come in, each read into a sheet of cells, and the sheet into posts.

Bytes and text only: neither the library nor what a chat is are known here.

* `sheets`: the sheet, and CSV and TSV
* `json_lines`, `storify`: JSONL, and pages of Storify
* `columns`: which column holds what
* `texts`, `times`: encodings and the dirt of old exports; times in their usual forms
* `archive_posts`: the sheet's rows as posts
* `errors`: what can go wrong, in a line that says what to do next
"""
