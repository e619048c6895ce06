"""Does everything right."""
import loop

loop.serve("polite")
