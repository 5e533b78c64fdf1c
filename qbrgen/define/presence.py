"""Words for mere presence (logins, sessions, page views, active users, seats): never a workflow or an impact.

English, and the other languages in which `init` reads exports. A word that can be the work itself elsewhere ("Anmeldung
zum Kurs") shows presence only where it stands alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

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

# In other languages, written without accents: what shows presence wherever it stands, and what does where it is all.
_ELSEWHERE: Mapping[str, str] = {
    "German": r"(?:ein|aus)geloggt|(?:ein|aus)loggen|(?:user|(?:be)?nutzer) (?:an|ab)gemeldet|"
    r"(?:be)?nutzeranmeldung(?:en)?|letzte anmeldung|anmeldung erfolgreich|erfolgreiche anmeldung|"
    r"aktive (?:be)?nutzer|seiten?(?:aufrufe?|ansichten?)|seiten? (?:angesehen|aufgerufen|geoe?ffnet|besucht)",
    "French": r"pages? (?:vues?|consultees?|visitees?)|vues? de page|ouvertures? de session|session ouverte|"
    r"(?:nouvelle|derniere|premiere) connexion|connexions? (?:reussies?|utilisateurs?)|s['’]est (?:de)?connectee?|"
    r"utilisateurs? (?:actifs?|connectes?)",
    "Spanish": r"(?:inicios?|cierres?) de sesion|sesion (?:iniciada|cerrada)|(?:inicio|cerro) sesion|"
    r"paginas? (?:vistas?|visitadas?)|vistas? de pagina|usuarios? activos?",
    "Italian": r"pagin[ae] (?:visualizzat[ae]|vist[ae]|visitat[ae])|visualizzazion[ei] di pagina|"
    r"(?:ultimo accesso|access[oi] effettuat[oi])|utent[ei] attiv[oi]",
    "Dutch": r"(?:in|uit)gelogd|(?:in|uit)loggen|pagina['’]?s? (?:bekeken|bezocht)|paginaweergaven?|"
    r"actieve gebruikers?",
    "Japanese": r"(?:ユーザー)?(?:ログイン|ログアウト|ログオン|サインイン)(?:成功)?|(?:ページ|画面)(?:表示|閲覧)",
    "Chinese": r"(?:用户)?(?:登录|登陆|登出)(?:成功)?|页面浏览",
}
_ALONE: Mapping[str, str] = {
    "German": "anmeldung anmeldungen abmeldung abmeldungen angemeldet abgemeldet",
    "French": "connexion connexions deconnexion deconnexions connecte deconnecte visite visites",
    "Spanish": "sesion sesiones acceso accesos conexion conexiones visita visitas",
    "Italian": "accesso accessi sessione sessioni connessione connessioni",
    "Dutch": "aanmelding aanmeldingen afmelding afmeldingen aangemeld afgemeld sessie sessies",
}
_FOREIGN = re.compile(rf"\b({'|'.join(_ELSEWHERE.values())})\b")
_WHOLE = frozenset(word for words in _ALONE.values() for word in words.split())


def presence_in(text: str) -> str | None:
    """The presence word in a name, an event name or a sentence ("user_logged_in" → "logged in"); None without one."""
    spaced = _spaced(text)
    if match := _PRESENCE.search(spaced):
        return match[1]
    match = _FOREIGN.search(_unaccented(composed := unicodedata.normalize("NFC", spaced)))
    return composed[match.start() : match.end()] if match else None


def presence_alone(name: str) -> str | None:
    """The word that a name is all of, where that is likely presence in another language than English ("Connexion")."""
    spaced = unicodedata.normalize("NFC", _spaced(name).strip())
    return spaced if _unaccented(spaced) in _WHOLE else None


def _spaced(text: str) -> str:
    return _SEPARATORS.sub(" ", _CAMEL.sub(" ", text)).lower()


def _unaccented(text: str) -> str:
    """A text without its accents, as long as it was; other scripts stay as they are."""
    if text.isascii():
        return text
    plain = (unicodedata.normalize("NFKD", char)[0] for char in text)
    return "".join(base if base.isascii() else char for base, char in zip(plain, text, strict=True))
