"""A workspace in which each vendor's export tells of one account: what people did is planned, each writer writes the
plan in its vendor's schema, and what is to be counted follows from the plan alone."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from analytics_exports import amplitude, heap, mixpanel, mixpanel_csv, pendo, pendo_avro, posthog, segment
from exports_planned import WORK, weekly, write_csv
from other_exports import HUBSPOT, copilot, hubspot, plain, salesforce, viva

_HUBSPOT_PEOPLE = "\n".join(
    f"""    - file: data/hubspot/contacts-{language}.csv
      export: hubspot-contacts
      names:
        account: {{file: data/hubspot/companies-{language}.csv, export: hubspot-companies}}"""
    for language in HUBSPOT
)
SETTINGS = f"""\
vendor: Halyard
as_of: 2026-07-12
accounts: {{from_table: true, playbook: reps}}
data:
  events:
    - {{file: data/segment/tracks.csv, export: segment}}
    - {{file: data/segment/deck_sent.csv, export: segment}}
    - {{file: data/amplitude/export.zip, export: amplitude}}
    - {{file: data/mixpanel/raw.jsonl, export: mixpanel}}
    - {{file: data/mixpanel/raw.csv, export: mixpanel-csv}}
    - file: data/posthog/events.parquet
      export: posthog
      names: {{user: {{file: data/posthog/persons.csv, export: posthog-persons}}}}
    - file: data/pendo/feature_event.csv
      export: pendo-feature-events
      names: {{event: {{file: data/pendo/feature_history.csv, export: pendo-features}}}}
    - file: data/pendo/events.avro
      export: pendo-data-sync
      names: {{event: {{file: data/pendo/allfeatures.csv}}}}
    - file: data/heap/all_events.csv
      export: heap
      names: {{user: {{file: data/heap/users.csv, export: heap-users}}}}
    - {{file: data/salesforce/events.csv, export: events}}
    - {{file: data/hubspot/events.csv, export: events}}
    - {{file: data/copilot/users.json, export: copilot, account: copilot}}
    - {{file: data/viva/query.csv, export: viva-insights}}
    - {{file: data/plain/events.csv, export: events}}
  presence:
    - {{file: data/pendo/page_event.csv, export: pendo-page-events}}
    - {{file: data/segment/tracks.csv, export: segment, only: "Logged*"}}
  people:
    - {{file: data/segment/groups.csv, export: segment-groups}}
    - {{file: data/segment/identifies.csv, export: segment-identifies}}
    - file: data/posthog/persons.csv
      export: posthog-persons
      columns: {{user: person_id}}
    - {{file: data/pendo/visitor_account_history.csv, export: pendo-visitor-accounts}}
    - {{file: data/pendo/visitor_history.csv, export: pendo-visitors}}
    - {{file: data/heap/users.csv, export: heap-users}}
    - file: data/salesforce/contacts.csv
      export: salesforce-contacts
      names: {{account: {{file: data/salesforce/accounts.csv, export: salesforce-accounts}}}}
    - {{file: data/copilot/seats.json, export: copilot-seats, account: copilot}}
    - {{file: data/viva/query.csv, export: viva-insights}}
    - {{file: data/plain/people.csv, export: people}}
    - {{file: data/others.csv}}
{_HUBSPOT_PEOPLE}
  accounts:
    - {{file: data/pendo/account_history.csv, export: pendo-accounts}}
    - {{file: data/salesforce/accounts.csv, export: salesforce-accounts}}
    - {{file: "data/hubspot/companies-*.csv", export: hubspot-companies}}
    - {{file: data/plain/accounts.csv, export: accounts}}
    - {{file: data/crm.csv}}
  values:
    - {{file: data/plain/usage.csv, export: feature-usage}}
"""
PLAYBOOK = f"""\
playbook: reps
personas:
  - id: reps
    name: reps
    one: rep
    titles: [Rep]
    target: 70%
    workflows:
      - id: decks
        name: Decks
        produces: more meetings
        target: 70%
        frequency:
          events: {WORK}
        says: {{did: sent a deck}}
      - id: assistants
        name: Work with an assistant
        produces: more meetings
        target: 70%
        frequency:
          events: [user_initiated_interaction_count, code_acceptance_activity_count, Copilot actions taken in Word]
        says: {{did: asked the assistant}}
      - id: reports
        name: Reports
        produces: more meetings
        target: 70%
        value: {{metric: Reports, source: the usage table, combine: mean}}
        says: {{of: reports, do: are read}}
"""
WRITERS = {
    "segment": segment,
    "amplitude": amplitude,
    "mixpanel": mixpanel,
    "mixpanel-csv": mixpanel_csv,
    "posthog": posthog,
    "pendo": pendo,
    "pendo-avro": pendo_avro,
    "heap": heap,
    "salesforce": salesforce,
    "hubspot": hubspot,
    "copilot": copilot,
    "viva": viva,
    "plain": plain,
}
_OWN = ("segment", "amplitude", "mixpanel", "mixpanel-csv", "posthog", "pendo-avro", "heap", "copilot", "viva")


def write(root: Path) -> dict[str, Counter[tuple[str, str, date]]]:
    """Write the workspace; vendor → what is to be counted of it."""
    data = root / "data"
    data.mkdir(parents=True)
    acts = {name: writer(data) for name, writer in WRITERS.items()}
    others = [("amplitude", "amp-1"), ("amplitude", "amp-2"), ("mixpanel", "mix-1"), ("mixpanel", "mix-2")]
    others += [("mixpanel-csv", "mxc-1"), ("pendo-avro", "avr-1")]
    write_csv(data / "others.csv", [{"user": who, "account": of, "title": "Rep"} for of, who in others])
    write_csv(data / "crm.csv", [{"account": name, "name": f"{name} Ltd"} for name in _OWN])
    (root / "qbrgen.yml").write_text(SETTINGS, encoding="utf-8")
    (root / "playbooks").mkdir()
    (root / "playbooks/reps.yml").write_text(PLAYBOOK, encoding="utf-8")
    return {name: weekly(found) for name, found in acts.items()}
