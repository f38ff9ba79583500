"""The library: a folder of saved chats, and what is known of all of them together.

What is written here must outlive a kill and a full disk, and what somebody asked to be forgotten must not come back.
It may use `core`, `files`, and of `networks` the table; it knows neither the hub nor what is done with saved chats.

* `library`: which chats there are, finding one, and who was in earlier ones
* `location`: where that folder is
* `index`: what a listing shows, kept so that a thousand chats list at once
* `people`, `people_rebuild`: people.json, and taking chats into it
* `said_before`: what somebody wrote in earlier chats
* `directory`: a list of teachers for people.json
* `plans`: plan files, languages of a moderator's own, and reading texts that moderators wrote
* `rejudging`: who was new in saved chats, when earlier ones come in
* `same_chat`, `marks`: whether two chats are one under two ids, by their posts and by what a listing tells of them
* `merging`: what only another file of a saved chat has
* `trash`: deleting so that it can be undone
* `forgotten`: who asked to be forgotten
* `removals`: notes of that something was removed, for who keeps records
* `erasure`, `file_rewriting`: taking a person or a post out of everything, and out of one file
* `storage`: the session file
* `channel`: the months of a series' channel
* `copies`: a desk's own copy of a chat of another hub
* `incoming`: sessions from elsewhere on their way in
"""
