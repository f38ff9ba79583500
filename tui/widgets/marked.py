"""Textual's check boxes and radio buttons, with marks that tell on from off by their shape, not by a colour alone."""

from textual.widgets import Checkbox, RadioButton


class MarkedCheckbox(Checkbox):
    """`[x]` when it is on, `[ ]` when it is not."""

    BUTTON_LEFT = BUTTON_RIGHT = ""
    BUTTON_INNER = "[ ]"

    def watch_value(self) -> None:
        """Show the other mark."""
        self.BUTTON_INNER = "[x]" if self.value else "[ ]"
        super().watch_value()


class MarkedRadioButton(RadioButton):
    """`(•)` when it is chosen, `( )` when it is not."""

    BUTTON_LEFT = BUTTON_RIGHT = ""
    BUTTON_INNER = "( )"

    def watch_value(self) -> None:
        """Show the other mark."""
        self.BUTTON_INNER = "(•)" if self.value else "( )"
        super().watch_value()
