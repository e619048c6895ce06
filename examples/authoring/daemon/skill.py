"""__NAME__: a Skillward skill that keeps running.

Try it without Skillward:  python3 -m unittest        With it:  skillward validate .
"""
from skillward_skill import INVALID_PARAMS, SkillError, log, serve

ignored = set()


def start(settings, credentials):
    """Called once. What you need to work with comes from here."""
    ignored.update(word for word in settings.get("ignore", "").split(",") if word)
    log(f"ignoring {len(ignored)} words")


def health():
    """None when all is well, else one sentence that says what is not. Answer from what you know: do not wait here."""
    return None


def invoke(params):
    """The work. What params and the result are is yours to say."""
    text = params.get("text")
    if not isinstance(text, str):
        raise SkillError('"text" must be a text', INVALID_PARAMS)
    words = [word for word in text.lower().split() if word not in ignored]
    return {"words": len(words)}


if __name__ == "__main__":
    serve("__ID__", "0.1.0", start=start, health=health, invoke=invoke)
