"""What every file of ours rests on: writing durably, locking, small files, errors."""
