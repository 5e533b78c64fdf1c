"""Names by which columns of exports are known, the likeliest first; a column's name may end with them."""

from __future__ import annotations

USER = (
    *("user id", "userid", "user uuid", "user key", "visitor id", "visitorid", "distinct id", "person id", "personid"),
    *("member id", "employee id", "contact id", "profile id", "student id", "learner id", "actor id", "agent id"),
    *("assignee id", "participant id", "user login", "assignee login", "login", "username", "user name", "user email"),
    *("user", "visitor", "person", "member", "employee", "contact", "actor", "assignee", "benutzer", "nutzer"),
    *("benutzer id", "benutzerid", "nutzer id", "mitarbeiter id", "mitarbeiter", "personalnummer", "id utilisateur"),
    *("utilisateur", "usuario", "utente", "gebruiker", "matricule", "salarié", "collaborateur", "medewerker"),
    *("ユーザーid", "ユーザー id", "利用者id", "社員番号", "社員id", "ユーザー名"),
    *("ユーザー", "利用者", "用户id", "用户", "员工编号"),
    *("teacher", "student", "driver", "nurse", "staff id", "email", "e mail"),
)
ACCOUNT = (
    *("account id", "accountid", "account key", "company id", "organization id", "organisation id", "org id"),
    *("tenant id", "group id", "workspace id", "customer id", "client id", "institution id", "school id", "account"),
    *("company", "organization", "organisation", "org", "tenant", "customer", "client", "institution", "school"),
    *("account name", "company name", "domain", "kunde", "firma", "konto", "cliente", "azienda", "klant"),
    *("kunden id", "kundennummer", "mandant", "unternehmen", "entreprise", "société", "empresa"),
    *("会社id", "会社名", "会社", "企業名", "取引先", "顧客id", "顧客名", "公司", "客户"),
)
OWN_ID = ("id", "key", "uuid", "guid", "record id", "nr", "number")
TIME = (
    *("event timestamp", "event time", "occurred at", "happened at", "timestamp", "browser timestamp", "event date"),
    *("metric date", "usage month", "usage date", "usage week", "day", "date", "time", "datetime", "week", "month"),
    *("week starting", "start of week", "created at", "at", "created date", "datum", "zeit", "fecha", "data", "heure"),
    *("zeitpunkt", "zeitstempel", "uhrzeit", "horodatage", "fecha y hora", "data e ora", "tijdstip", "when"),
    *("日時", "発生日時", "利用日時", "日付", "タイムスタンプ", "时间", "日期"),
)
NOT_WHEN = (
    "received",
    "synced",
    "loaded",
    "updated",
    "uploaded",
    "modified",
    "inserted",
    "expires",
    "renewal",
    "birth",
)
EVENT = (
    *("event name", "event text", "event type", "event", "action", "activity", "activity type", "action type"),
    *("feature name", "feature", "feature id", "operation", "page id", "event key", "ereignis", "evento", "metric"),
    *("aktion", "aktivität", "événement", "évènement", "acción", "actividad", "azione", "attività", "actie", "what"),
    *("イベント名", "イベント", "操作内容", "操作", "アクション", "機能名", "機能", "事件", "行为"),
)
VALUE = (
    *("num events", "times used", "occurrences", "event count", "events count", "usage count", "count", "quantity"),
    *("uses", "usage", "times", "total events", "anzahl", "nombre", "cantidad"),
)
ROW_ID = ("event id", "insert id", "message id", "event uuid", "row id", "uuid")
TITLE = (
    *("job title", "jobtitle", "title", "job role", "job function", "function type", "job", "position", "function"),
    *("occupation", "profession", "designation", "role", "poste", "fonction", "cargo", "puesto", "titel", "beruf"),
    *("stelle", "funktion", "ruolo", "functie", "stanowisko", "должность", "職種", "役職", "职位", "职务"),
)
FIRST_NAME = ("first name", "firstname", "given name", "vorname", "prénom", "nombre", "nome", "voornaam")
LAST_NAME = ("last name", "lastname", "surname", "family name", "nachname", "nom", "apellidos", "cognome", "achternaam")
PERSON_NAME = (
    *("full name", "fullname", "display name", "person name", "contact name", "user name", "name"),
    *("nom complet", "氏名", "名前", "姓名"),
)
FROM = (
    "start date",
    "started at",
    "started on",
    "hire date",
    "hired at",
    "joined",
    "joined at",
    "member since",
    "since",
)
TO = ("end date", "left at", "left on", "leave date", "termination date", "ended at", "until")
ACCOUNT_NAME = (
    "account name",
    "company name",
    "organization name",
    "organisation name",
    "customer name",
    "name",
    "company",
    *("kundenname", "firmenname", "raison sociale", "会社名", "企業名", "顧客名"),
)
OWNER = (
    *("csm", "account owner", "customer success manager", "owner name", "owner", "account manager"),
    *("betreuer", "kundenbetreuer", "担当者"),
)
SEGMENT = ("segment", "tier", "company size", "size segment")
ARR = ("arr", "annual recurring revenue", "acv", "annual contract value", "arr gbp", "arr usd", "arr eur")
RENEWAL = (
    "renewal date",
    "renewal",
    "renews on",
    "renews at",
    "contract end",
    "contract end date",
    "contract renewal date",
    *("vertragsende", "verlängerung", "renouvellement", "fin de contrat", "契約更新日", "更新日"),
)
CURRENCY = ("currency", "currency code", "currency iso code")
UPDATED = (
    *("updated at", "last updated at", "updated on", "updated", "modified at", "last modified", "last modified date"),
    *("system modstamp", "snapshot date", "snapshot", "as of", "as of date", "export date", "exported at", "synced at"),
)
