"""Words for mere presence (logins, sessions, page views, active users, seats): never a workflow or an impact."""

from __future__ import annotations

import re

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SEPARATORS = re.compile(r"[_\-./:$\s]+")

# What one works in: "coaching sessions held" and "customer visits logged" are work done, not presence.
_SESSION_OF = (
    "coaching training planning review working onboarding discovery mentoring workshop strategy design study therapy "
    "practice feedback qa pairing"
)
_VISIT_OF = "customer client site field store home patient farm school property doctor clinic pharmacy dealer partner"

_PRESENCE = re.compile(
    r"\b("
    r"log ?(?:in|ins|on|ons)|logged (?:in|on)|logging (?:in|on)|logs in|"
    r"sign ?(?:in|ins|on|ons)|signed in|signs in|signing in|"
    + "".join(f"(?<!{word} )" for word in _SESSION_OF.split())
    + r"sessions?(?! replay)|"
    r"page ?views?|views? page|viewed page|page viewed|pages? viewed|screen ?views?|screen viewed|"
    r"mau|dau|wau|maus|daus|waus|active users?|active accounts?|"
    r"seats? (?:used|usage|use|utili[sz]ation|filled|activated|active|assigned)|used seats?|active seats?|"
    r"licen[cs]es? (?:used|usage|utili[sz]ation|activated|assigned)|"
    + "".join(f"(?<!{word} )" for word in _VISIT_OF.split())
    + r"(?:visits?|visited|visitors?)|"
    r"time in (?:app|product)|time on (?:site|page)|app opens?|app opened|opened app|app launch(?:es|ed)?|heartbeats?|"
    r"(?:dashboards?|screens?) viewed|active days?|days active|(?:daily|weekly|monthly|unique|concurrent) users?|"
    r"authenticated"
    r")\b"
)


def presence_in(text: str) -> str | None:
    """The presence word in a name, an event name or a sentence ("user_logged_in" → "logged in"); None without one."""
    spaced = _SEPARATORS.sub(" ", _CAMEL.sub(" ", text)).lower()
    match = _PRESENCE.search(spaced)
    return match[1] if match else None
