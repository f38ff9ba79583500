"""What a person sees on the screen of an app under test."""

from textual.app import App
from textual.widget import Widget


def screen_lines(app: App[None]) -> list[str]:
    """The lines of the screen as plain text, top to bottom, without what is blank at their ends."""
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips(app.size)]


def widget_lines(widget: Widget) -> list[str]:
    """The lines of one widget without its border, top to bottom."""
    region = widget.content_region
    strips = widget.app.screen._compositor.render_strips(widget.app.size)
    return [strip.crop(region.x, region.right).text.rstrip() for strip in strips[region.y : region.bottom]]
