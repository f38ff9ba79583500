"""The pure core: what a session is. No I/O, no asyncio, nothing of the other packages."""
