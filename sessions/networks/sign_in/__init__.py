"""Sign-ins: which account of a network this computer's user reads and posts with."""
