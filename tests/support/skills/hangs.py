"""Reads everything and answers nothing but the handshake."""
import loop

loop.serve("hangs", health=lambda request: None, invoke=lambda request: None)
