"""`python -m tui`: the `lunchroom` command where its script is not on the path."""

from tui.cli import main

if __name__ == "__main__":
    main()
