"""JSON Schemas of a workspace's files, for editors that complete and check while one writes."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from qbrgen.define.review_schema import ReviewFile
from qbrgen.define.schema import KINDS, AccountFile, PlaybookFile
from qbrgen.define.settings_schema import SettingsFile

_FILES: dict[str, type[BaseModel]] = {
    "settings": SettingsFile,
    "playbook": PlaybookFile,
    "account": AccountFile,
    "review": ReviewFile,
}

# Asked for by the rules (checks) rather than by the shape, so that the message can say why.
_ASKED = {
    "PlaybookPersona": ["name", "target", "workflows"],
    "PlaybookWorkflow": ["name", "produces", "target"],
}


def json_schemas() -> dict[str, dict[str, Any]]:
    """ "settings", "playbook", "account" and "review" → JSON Schema (draft 2020-12) of that file."""
    schemas: dict[str, dict[str, Any]] = {}
    for name, model in _FILES.items():
        schema = model.model_json_schema(by_alias=True)
        for definition, keys in _ASKED.items():
            found = schema.get("$defs", {}).get(definition)
            if found is not None:
                found["required"] = [*found.get("required", []), *keys]
        workflow = schema.get("$defs", {}).get("PlaybookWorkflow")
        if workflow is not None:
            workflow["oneOf"] = [{"required": [kind]} for kind in KINDS]
        schemas[name] = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return schemas
