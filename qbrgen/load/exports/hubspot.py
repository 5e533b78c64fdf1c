"""HubSpot: contacts and companies as its own export writes them, with headers in the language of who exported.

Of each header all wordings known are listed, by language: English, German, French, Spanish, Portuguese, Dutch and
Japanese. HubSpot changes its translations now and then: several stand side by side.
"""

from __future__ import annotations

from qbrgen.load.exports.model import Export

_RECORD = (
    *("Record ID", "Contact ID", "Record-ID", "Datensatz-ID", "ID de fiche d'informations", "ID de l'enregistrement"),
    *("ID de la fiche d'informations", "ID de registro", "ID del registro", "ID do registro", "ID de objeto"),
    *("ID van record", "Record-ID's", "レコードID", "コンタクトID"),
)
_COMPANY_RECORD = ("Company ID", "Unternehmens-ID", "ID de l'entreprise", "ID de empresa", "ID da empresa", "会社ID")
_FIRST = ("First Name", "Vorname", "Prénom", "Nombre", "Nome", "Voornaam")
_LAST = ("Last Name", "Nachname", "Nom", "Nom de famille", "Apellidos", "Apellido", "Sobrenome", "Achternaam")
_EMAIL = ("Email", "E-Mail", "E-Mail-Adresse", "E-mail", "Adresse e-mail", "Correo", "Correo electrónico", "Eメール")
_TITLE = (
    *("Job Title", "Jobtitel", "Positionsbezeichnung", "Position", "Berufsbezeichnung", "Intitulé du poste"),
    *("Intitulé de poste", "Fonction", "Poste", "Cargo", "Puesto de trabajo", "Puesto", "Título del puesto"),
    *("Functie", "Functietitel", "役職", "役職名"),
)
_COMPANY_OF = (
    *("Associated Company IDs (Primary)", "Primary Associated Company ID", "Associated Company IDs"),
    *("Associated Company ID", "IDs der zugeordneten Unternehmen", "Zugeordnete Unternehmens-IDs"),
    *("ID d'entreprise associée", "IDs des entreprises associées", "ID de la empresa asociada"),
    *("IDs de empresas asociadas", "ID da empresa associada", "IDs das empresas associadas"),
    *("ID van gekoppeld bedrijf", "Gekoppelde bedrijfs-ID's", "関連付けられた会社ID", "関連する会社ID"),
)
_COMPANY_NAME = (
    *("Company name", "Company", "Associated Company", "Name des Unternehmens", "Unternehmensname"),
    *("Zugeordnetes Unternehmen", "Nom de l'entreprise", "Entreprise associée", "Nombre de la empresa"),
    *("Nombre de empresa", "Empresa asociada", "Nome da empresa", "Empresa associada", "Bedrijfsnaam"),
    *("Naam bedrijf", "Naam van bedrijf", "Gekoppeld bedrijf", "会社名", "関連付けられた会社", "関連する会社"),
)
_DOMAIN = (
    *("Company Domain Name", "Domain-Name des Unternehmens", "Name der Unternehmensdomain", "Unternehmens-Domain-Name"),
    *("Nom de domaine de l'entreprise", "Nombre de dominio de la empresa", "Nome do domínio da empresa"),
    *(
        "Nome de domínio da empresa",
        "Domeinnaam van bedrijf",
        "Bedrijfsdomeinnaam",
        "会社のドメイン名",
        "会社ドメイン名",
    ),
)
_OWNER = (
    *("Company owner", "HubSpot Owner", "Für Unternehmen zuständiger Mitarbeiter", "Zuständiger Mitarbeiter"),
    *("Zuständiger Mitarbeiter für Unternehmen", "Propriétaire de l'entreprise", "Propietario de la empresa"),
    *("Propietario de empresa", "Proprietário da empresa", "Bedrijfseigenaar", "Eigenaar van bedrijf", "会社の担当者"),
    *("会社担当者",),
)
_LANGUAGE = "Headers follow the language of the person who exported; seven languages are known."

EXPORTS = (
    Export(
        name="hubspot-contacts",
        called="HubSpot: contacts",
        get="CRM > Contacts > Export, as CSV or Excel.",
        needs=(_RECORD, (*_LAST, "姓"), (*_EMAIL, *_TITLE), (*_TITLE, *_COMPANY_OF, *_COMPANY_NAME)),
        knows=("Contact owner", "Create Date", "Lead Status", "Lifecycle Stage", "Phone Number", *_FIRST, "名"),
        lacks=(*_DOMAIN, "Account ID", "user_id", "event"),
        columns={
            "people": {
                "user": _RECORD,
                "account": (*_COMPANY_OF, *_COMPANY_NAME),
                "name": ("姓", *_FIRST, *_LAST),  # as the language writes it: the family name first in Japanese
                "last_name": ("名", *_LAST),
                "title": _TITLE,
            }
        },
        joins="Where it has the company's name only: `names:` with `account: {file: companies.csv, export: "
        "hubspot-companies}` finds its id.",
        traps=(
            _LANGUAGE,
            "Record ID is HubSpot's own: map `user: Email` where your product knows people by their e-mail address.",
            "A contact of several companies has their ids in one cell, with semicolons: export the primary company.",
        ),
    ),
    Export(
        name="hubspot-companies",
        called="HubSpot: companies",
        get="CRM > Companies > Export, as CSV or Excel.",
        needs=(
            (*_RECORD, *_COMPANY_RECORD),
            (*_COMPANY_NAME, "Name", "Nombre", "Nome", "Naam", "名前"),
            (*_DOMAIN, *_OWNER),
        ),
        knows=("Industry", "Annual Revenue", "City", "Country/Region", "Create Date", "Last Activity Date", "Type"),
        lacks=("First Name", "Vorname", "Prénom", "Voornaam", "Sobrenome", "Apellidos", "姓", "Account ID"),
        columns={
            "accounts": {
                "account": (*_RECORD, *_COMPANY_RECORD),
                "name": (*_COMPANY_NAME, "Name", "Nombre", "Nome", "Naam", "名前"),
                "owner": _OWNER,
                "segment": ("Segment", "Customer Segment", "Tier", "Target Account", "Type", "Typ", "Tipo"),
                "arr": ("ARR", "Annual recurring revenue", "Contract value"),
                "currency": ("Currency", "Währung", "Devise", "Moneda", "Moeda", "Valuta", "通貨"),
                "renewal": ("Renewal Date", "Contract end date", "Vertragsende", "Renewal"),
            },
            "names": {
                "id": (*_COMPANY_NAME, "Name", "Nombre", "Nome", "Naam", "名前"),
                "name": (*_RECORD, *_COMPANY_RECORD),
            },
        },
        traps=(
            _LANGUAGE,
            "Annual Revenue is what the customer earns, not what they pay: map `arr:` to your own property.",
        ),
    ),
)
