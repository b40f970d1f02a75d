"""The JSON Schema of records, derived from the annotations of their fields."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

from perfeval.documents.inputs.schema import Schema


class RecordSchemas(NamedTuple):
    """The schemas of records that hold each other.

    Attributes:
        records: The records by their names in the schema, and what each is.
        descriptions: What a field holds, by its name; ``Record.field`` where records differ.
        named: What is defined elsewhere in the schema.
    """

    records: Mapping[type, tuple[str, str]]
    descriptions: Mapping[str, str]
    named: Mapping[Any, str]

    def definitions(self) -> dict[str, Schema]:
        """Return a definition for each record."""
        return {name: self._record(kind, told) for kind, (name, told) in self.records.items()}

    def _record(self, kind: type, told: str) -> Schema:
        properties = {
            name: {"description": self._description(kind, name), **self._value(hint)}
            for name, hint in get_type_hints(kind).items()
        }
        return {
            "description": told,
            "type": "object",
            "required": list(properties),
            "additionalProperties": False,
            "properties": properties,
        }

    def _description(self, kind: type, name: str) -> str:
        own = self.descriptions.get(f"{kind.__name__}.{name}")
        return own or self.descriptions[name]

    def _value(self, hint: Any) -> Schema:
        """Return the schema of what stands in JSON for a field of a record."""
        origin, inner = get_origin(hint), get_args(hint)
        if hint in self.named:
            return {"$ref": f"#/$defs/{self.named[hint]}"}
        if hint in self.records:
            return {"$ref": f"#/$defs/{self.records[hint][0]}"}
        if origin is tuple:
            count = (
                {} if inner[-1] is Ellipsis else {"minItems": len(inner), "maxItems": len(inner)}
            )
            return {"type": "array", "items": self._value(inner[0]), **count}
        if type(None) in inner:
            (kind,) = (item for item in inner if item is not type(None))
            return {"anyOf": [self._value(kind), {"type": "null"}]}
        if inner:
            return {"type": ["string", "integer"]}  # the steps of a path
        return _plain(hint)


def _plain(kind: Any) -> Schema:
    if kind is Any:
        return {}
    if kind is Decimal:
        return {"$ref": "#/$defs/number"}
    if issubclass(kind, Enum):
        return {"enum": [member.name.lower() for member in kind]}
    words = {str: ["string", "null"], bool: "boolean", int: "integer"}
    return {"type": words[kind]}
