"""What can be done at the list of saved chats, by topic.

Each group is a plain object that knows the screen by its `LibraryPort` alone, so that it runs without an app.

* `chats`: what is done with one chat: opening, rescuing, renaming, deleting
* `listing`: sorting and filtering the list
* `recap`: what goes to the blog of one of them
"""
