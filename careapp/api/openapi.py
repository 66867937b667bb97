"""The door described for other programs, generated from the registry (OpenAPI 3.1)."""

from functools import cache
from typing import Any

from pydantic.json_schema import models_json_schema

from careapp.operation import OPERATIONS, Registered

PLACE = "#/components/schemas/{model}"
REFUSALS = {
    "401": "Not signed in",
    "403": "Not allowed",
    "404": "Not there, or not shared with you",
    "409": "Someone was quicker, or op_id was used for something else",
    "413": "Too large",
    "422": "Invalid; fields say where",
    "429": "Too often; Retry-After says when",
}


@cache
def openapi() -> dict[str, Any]:
    """One path an operation. The same as long as the process lives, as the registry is."""
    at_door = [registered for registered in OPERATIONS.values() if registered.is_at_door]
    commands = {registered.asks for registered in at_door}
    names, schemas = models_json_schema([(command, "validation") for command in commands], ref_template=PLACE)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Careapp", "version": "1"},
        "paths": {f"/api/do/{each.name}": {"post": _path(each, names)} for each in at_door},
        "components": {"schemas": {**schemas.get("$defs", {}), "Problem": _problem()}},
    }


def _path(registered: Registered, names: Any) -> dict[str, Any]:
    return {
        "operationId": registered.name,
        "summary": registered.says,
        "description": registered.function.__doc__ or "",
        "requestBody": {"required": True, "content": _json(_envelope(names[registered.asks, "validation"]))},
        "responses": {
            "200": {"description": "Done", "content": _json({"type": "object", "properties": {"answer": {}}})},
            **{
                status: {"description": words, "content": _json({"$ref": PLACE.format(model="Problem")})}
                for status, words in REFUSALS.items()
            },
        },
    }


def _envelope(command: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["op_id", "command"],
        "properties": {
            "op_id": {"type": "string", "format": "uuid"},
            "site": {"type": ["string", "null"]},
            "command": command,
            "age": {"type": "integer", "minimum": 0, "description": "how many seconds ago it was said"},
        },
    }


def _problem() -> dict[str, Any]:
    words = {"type": "string"}
    return {
        "type": "object",
        "required": ["code", "words"],
        "properties": {
            "code": words,
            "words": words,
            "incident": words,
            "fields": {"type": "object", "additionalProperties": words},
        },
    }


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
