"""What every screen shares: actions and their keys, the palette, the config, themes, the clipboard."""
