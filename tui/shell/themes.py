"""The desk's own themes, a dark and a light one; Textual's are in the palette beside them."""

from textual.theme import Theme

DARK = Theme(
    name="lunchroom",
    primary="#7FB5D5",
    secondary="#B6A3DC",
    accent="#F0B86E",
    warning="#E8B04B",
    error="#E5737D",
    success="#8FC28A",
    foreground="#DCE2E8",
    background="#12171D",
    surface="#171D25",
    panel="#202833",
    boost="#1C2430",
    dark=True,
    variables={
        "footer-key-foreground": "#F0B86E",
        "footer-background": "#171D25",
        "border": "#7FB5D5",
        "block-cursor-text-style": "none",
    },
)

LIGHT = Theme(
    name="lunchroom-light",
    primary="#1F6A96",
    secondary="#6A4FA3",
    accent="#A85A0C",
    warning="#8F6100",
    error="#B3303C",
    success="#2F7A36",
    foreground="#1E2730",
    background="#F7F5F0",
    surface="#EFEBE3",
    panel="#E3DED3",
    boost="#EAE5DB",
    dark=False,
    variables={"footer-key-foreground": "#A85A0C", "border": "#1F6A96", "block-cursor-text-style": "none"},
)

THEMES = (DARK, LIGHT)
