"""What can be done with the numbers: choosing the series they are of, and saving them.

Each group is a plain object that knows the screen by its `GrowthPort` alone, so that it runs without an app.
"""
