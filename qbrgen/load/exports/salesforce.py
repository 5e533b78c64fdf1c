"""Salesforce: reports saved as CSV or Excel, and the CSV of Data Loader or the weekly data export."""

from __future__ import annotations

from qbrgen.load.exports.model import Export

_IDS = (
    "Reports give ids of 15 characters, in which case matters; the API gives 18. They are made 18 everywhere, and "
    "`Acme` with the one finds its rows with the other."
)
_FOOTER = "A report ends with its name, date and copyright: rows whose id is none are left out, and told."
_REVENUE = (
    "Annual Revenue is what the customer earns, not what they pay: map `arr:` to your own field (ARR, Contract value)."
)

EXPORTS = (
    Export(
        name="salesforce-contacts",
        called="Salesforce: report of contacts, or Contact",
        get="A report of the type Contacts & Accounts, exported with details only; or Data Loader, object Contact.",
        needs=(
            ("Contact ID", "ContactId", "Id"),
            ("Account ID", "AccountId", "Account Name"),
            ("Last Name", "Full Name"),
        ),
        knows=("First Name", "Title", "Email", "Mailing City", "Department", "Contact Owner", "ReportsToId"),
        columns={
            "people": {
                "user": ("Contact ID", "ContactId", "Id"),
                "account": ("Account ID", "AccountId", "Account Name"),
                "name": ("Full Name", "First Name", "Last Name"),
                "last_name": ("Last Name",),
                "title": ("Title", "Job Title"),
            }
        },
        goes_before=("salesforce-accounts",),
        salesforce_ids=True,
        joins="Where the report has the Account Name only: `names:` with `account: {file: accounts.csv, export: "
        "salesforce-accounts}` finds its id.",
        traps=(
            _IDS,
            _FOOTER,
            "A contact's id is rarely the user id of your product: map `user:` to the column that holds it (an e-mail "
            "address, an external id).",
        ),
    ),
    Export(
        name="salesforce-accounts",
        called="Salesforce: report of accounts, or Account",
        get="A report of the type Accounts, exported with details only; or Data Loader, object Account.",
        needs=(
            ("Account ID", "AccountId", "Id"),
            ("Account Name", "Name"),
            ("Account Owner", "OwnerId", "Owner", "Type"),
        ),
        knows=("Industry", "Billing City", "BillingCity", "Rating", "Annual Revenue", "AnnualRevenue", "Account Site"),
        lacks=("Contact ID", "ContactId", "Last Name", "user_id", "event"),
        columns={
            "accounts": {
                "account": ("Account ID", "AccountId", "Id"),
                "name": ("Account Name", "Name"),
                "owner": ("Account Owner", "Owner", "Owner Name", "CSM", "Customer Success Manager"),
                "segment": ("Segment", "Customer Segment", "Tier", "Type"),
                "arr": ("ARR", "ARR__c", "Contract Value"),
                "currency": ("ARR Currency", "Currency", "CurrencyIsoCode", "Account Currency"),
                "renewal": ("Renewal Date", "Renewal_Date__c", "Contract End Date"),
            },
            "names": {"id": ("Account Name", "Name"), "name": ("Account ID", "AccountId", "Id")},
        },
        salesforce_ids=True,
        traps=(_IDS, _FOOTER, _REVENUE),
    ),
)
