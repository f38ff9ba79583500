"""Sessions from elsewhere on their way in: are they what they say, which copy is the longer, all of it or nothing."""
