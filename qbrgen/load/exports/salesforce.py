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

_OBJECT = ("OwnerId", "SystemModstamp", "IsDeleted", "MasterRecordId", "CreatedById")
_NOT_USER = (
    "A contact's id is rarely the user id of your product: map `user:` to the column that holds it (an e-mail address, "
    "an external id)."
)
_BY_NAME = (
    "Where it has the Account Name only: `names:` with `account: {file: accounts.csv, export: salesforce-accounts}` "
    "finds its id."
)

EXPORTS = (
    Export(
        name="salesforce-contacts",
        called="Salesforce: report of contacts",
        get="A report of the type Contacts & Accounts, exported with details only, as CSV or Excel.",
        needs=(("Contact ID",), ("Account ID", "Account Name"), ("Last Name", "Full Name")),
        knows=("First Name", "Title", "Email", "Mailing City", "Department", "Contact Owner"),
        lacks=("user_id", "event"),
        columns={
            "people": {
                "user": ("Contact ID",),
                "account": ("Account ID", "Account Name"),
                "name": ("Full Name", "First Name", "Last Name"),
                "last_name": ("Last Name",),
                "title": ("Title", "Job Title"),
            }
        },
        goes_before=("salesforce-accounts",),
        salesforce_ids=True,
        joins=_BY_NAME,
        traps=(_IDS, _FOOTER, _NOT_USER),
    ),
    Export(
        name="salesforce-contact",
        called="Salesforce: the object Contact",
        get="Data Loader, the weekly data export, or a connector: the API names of the fields.",
        needs=(("Id",), ("AccountId",), ("LastName", "Name"), _OBJECT),
        knows=("FirstName", "Title", "Email", "MailingCity", "Department", "ReportsToId"),
        lacks=("Contact ID", "user_id", "event"),
        columns={
            "people": {
                "user": ("Id",),
                "account": ("AccountId",),
                "name": ("Name", "FirstName", "LastName"),
                "last_name": ("LastName",),
                "title": ("Title",),
            }
        },
        salesforce_ids=True,
        traps=(_IDS, _NOT_USER),
    ),
    Export(
        name="salesforce-accounts",
        called="Salesforce: report of accounts",
        get="A report of the type Accounts, exported with details only, as CSV or Excel.",
        needs=(("Account ID",), ("Account Name",), ("Account Owner", "Account Site", "Billing City", "Type")),
        knows=("Industry", "Rating", "Annual Revenue", "Last Activity", "Parent Account"),
        lacks=("Contact ID", "Last Name", "user_id", "event"),
        columns={
            "accounts": {
                "account": ("Account ID",),
                "name": ("Account Name",),
                "owner": ("Account Owner", "CSM", "Customer Success Manager"),
                "segment": ("Segment", "Customer Segment", "Tier", "Type"),
                "arr": ("ARR", "Contract Value"),
                "currency": ("ARR Currency", "Currency", "Account Currency"),
                "renewal": ("Renewal Date", "Contract End Date"),
            },
            "names": {"id": ("Account Name",), "name": ("Account ID",)},
        },
        salesforce_ids=True,
        traps=(_IDS, _FOOTER, _REVENUE),
    ),
    Export(
        name="salesforce-account",
        called="Salesforce: the object Account",
        get="Data Loader, the weekly data export, or a connector: the API names of the fields.",
        needs=(("Id",), ("Name",), _OBJECT),
        knows=("Industry", "Rating", "AnnualRevenue", "BillingCity", "ParentId", "NumberOfEmployees", "Type"),
        lacks=("AccountId", "LastName", "Account Name", "user_id", "event", "StageName"),
        columns={
            "accounts": {
                "account": ("Id",),
                "name": ("Name",),
                "owner": ("CSM__c", "Customer_Success_Manager__c"),
                "segment": ("Segment__c", "Tier__c", "Type"),
                "arr": ("ARR__c", "Annual_Recurring_Revenue__c"),
                "currency": ("CurrencyIsoCode",),
                "renewal": ("Renewal_Date__c", "Contract_End_Date__c"),
            },
            "names": {"id": ("Name",), "name": ("Id",)},
        },
        salesforce_ids=True,
        traps=(
            _IDS,
            _REVENUE,
            "`OwnerId` is an id, no name, and is not mapped: map `owner:` to a field that holds the name.",
        ),
    ),
)
