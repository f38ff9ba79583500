"""A widget whose size is given by what is round it, whatever it shows."""

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widget import Widget


class GivenSize(Widget):
    """Asks for no second layout when it has another size, as Textual does in case that what it contains scrolls.

    Beside another base it stands behind it: Textual takes its stylesheet from the first.
    """

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)
