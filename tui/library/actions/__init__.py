"""What can be done at the list of saved chats, by topic: with one chat, with the list, and a recap.

Each group is a plain object that knows the screen by its `LibraryPort` alone, so that it runs without an app.
"""
