"""__NAME__: an MCP server, watched by Skillward and usable by any MCP client.

Try it without Skillward:  python3 -m unittest        With it:  skillward validate .
"""
from skillward_skill import SkillError, Tool, serve_mcp


def count_words(arguments):
    """What a tool returns goes to the caller as text. Raise SkillError to say that it did not work."""
    text = arguments.get("text")
    if not isinstance(text, str):
        raise SkillError('"text" must be a text')
    return {"words": len(text.split())}


TOOLS = {
    "count_words": Tool(
        count_words,
        "Counts the words of a text.",
        {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]},
    ),
}

if __name__ == "__main__":
    serve_mcp("__ID__", "0.1.0", TOOLS)
