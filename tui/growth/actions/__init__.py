"""What can be done with the numbers of a series of chats.

Each group is a plain object that knows the screen by its `GrowthPort` alone, so that it runs without an app.

* `series`: choosing the series they are of, and reading them again
* `saving`: writing or copying them
"""
