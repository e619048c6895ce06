"""Signs links for outgoing mail, so that a click on "unsubscribe" can be trusted.

It needs a signing token of at least 16 characters as `signing_token` under [settings] in manifest.toml. Without one
it gives up at once, which is the point of this example: five attempts, then quarantine. To repair it, set the token,
reload the skills and release it.
invoke {"action": "sign", "link": …} answers with a signature, {"action": "verify", "link": …, "signature": …} checks one.
"""
import hashlib
import hmac

from skill_loop import SkillError, serve

token = b""


def start(settings, credentials):
    global token
    token = settings.get("signing_token", "").encode()
    if len(token) < 16:
        raise ValueError(
            f"settings.signing_token has {len(token)} characters, at least 16 are needed: "
            "set it under [settings] in manifest.toml"
        )


def signature_of(link):
    return hmac.new(token, link.encode(), hashlib.sha256).hexdigest()


def health():
    return None


def invoke(params):
    action, link = params.get("action"), params.get("link")
    if not isinstance(link, str):
        raise SkillError(-32602, '"link" is missing: the text to sign or verify')
    if action == "sign":
        return {"link": link, "signature": signature_of(link)}
    if action == "verify":
        return {"genuine": hmac.compare_digest(signature_of(link), str(params.get("signature")))}
    raise SkillError(-32602, 'known actions: "sign", "verify"')


serve("mail-token", "1.0.0", start=start, health=health, invoke=invoke)
