"""The Bot API's schema, optional: checks every field, answers methods that are not implemented."""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

from .model import Json, bad
from .rules import JSON_LABELS, REQUIRED, REQUIRED_TEXTS, has_own_length

NAME = "bot-api-10.0.json"
PRIMITIVES: dict[str, Any] = {
    "Integer": int,
    "Float": (int, float),
    "String": str,
    "Boolean": bool,
    "InputFile": str,
}
EXAMPLES: Json = {"Integer": 0, "Float": 0.0, "String": "", "Boolean": False}
LENGTH = re.compile(r"(\d+)-(\d+) (characters|bytes)")


def find_schema() -> Path | None:
    """The schema to use by default: $FAKEGRAM_SCHEMA (empty: none), else the one beside the project."""
    if (named := os.environ.get("FAKEGRAM_SCHEMA")) is not None:
        return Path(named) if named else None
    project = Path(__file__).parents[3]
    path = project.parent / "shared" / "fakegram" / "schema" / NAME
    return path if path.exists() else None


@cache
def read_schema(path: Path) -> Schema:
    """Return the schema in the file at *path*; all servers of a process share it."""
    return Schema(path)


class Schema:
    """The Bot API's methods and types: api.json of github.com/PaulSonOfLars/telegram-bot-api-spec."""

    def __init__(self, path: Path) -> None:
        data = json.loads(path.read_text(encoding="utf-8"))
        self.version: str = data["version"]
        self.methods: dict[str, Json] = {name.lower(): spec for name, spec in data["methods"].items()}
        self.types: dict[str, Json] = data["types"]

    def decode(self, spec: Json, raw: Json) -> Json:
        """Turn a request's form strings into values; an empty string counts as absent, as on Telegram."""
        kinds = {f["name"]: set(f["types"]) for f in spec.get("fields", [])}
        params = {name: value for name, value in raw.items() if value != ""}
        for name, value in params.items():
            if isinstance(value, str) and kinds.get(name, {"String"}) - {"String", "InputFile"}:
                try:
                    params[name] = json.loads(value)
                except ValueError:
                    if "String" not in kinds[name]:
                        raise bad(f"Can't parse {JSON_LABELS.get(name, name)} JSON object") from None
        return params

    def check_call(self, spec: Json, params: Json) -> list[str]:
        """List what is wrong with a request's parameters, beyond what rules.refusals() says."""
        return self.check_fields(params, spec.get("fields", []), spec["name"] + ".")

    def check(self, value: Any, kinds: list[str], path: str) -> list[str]:
        """List what is wrong with a value that must be of one of these kinds."""
        arrays = [kind for kind in kinds if kind.startswith("Array of ")]
        if len(arrays) > 1 and isinstance(value, list):
            inner = [kind.removeprefix("Array of ") for kind in arrays]
            return [p for i, item in enumerate(value) for p in self.check(item, inner, f"{path}[{i}]")]
        return min((self.check_one(value, kind, path) for kind in kinds), key=len, default=[])

    def check_one(self, value: Any, kind: str, path: str) -> list[str]:
        """List what is wrong with a value that must be of this kind."""
        wrong = [f"fakegram: {path}: expected {kind}, got {json.dumps(value, default=str)[:60]}"]
        if kind.startswith("Array of "):
            inner = [kind.removeprefix("Array of ")]
            items = enumerate(value) if isinstance(value, list) else ()
            found = [p for i, item in items for p in self.check(item, inner, f"{path}[{i}]")]
            return found if isinstance(value, list) else wrong
        if kind in PRIMITIVES:
            right = isinstance(value, PRIMITIVES[kind]) and (kind == "Boolean" or not isinstance(value, bool))
            return [] if right else wrong
        if not isinstance(value, dict):
            return wrong
        if subtypes := self.types[kind].get("subtypes"):
            same = [
                sub for sub in subtypes if self.literal(sub) in ("", value.get("type", value.get("status")))
            ]
            return self.check(value, same, path) if same else wrong
        return self.check_fields(value, self.types[kind].get("fields", []), path + ".")

    def literal(self, kind: str) -> str:
        """The fixed value of a type's discriminating field ("article", "emoji", "creator"), if it has one."""
        for f in self.types[kind].get("fields", []) if kind in self.types else ():
            if f["name"] in ("type", "status") and (
                m := re.search(r'(?:must be|always) "?(\w+)', f["description"])
            ):
                return m[1]
        return ""

    def check_fields(self, value: Json, fields: list[Json], path: str) -> list[str]:
        """List unknown, missing, mistyped and too long fields."""
        known, method = {f["name"]: f for f in fields}, path.removesuffix(".")
        problems = [f"fakegram: {path}{name}: unknown" for name in value if name not in known]
        for name, f in known.items():
            where, item = path + name, value.get(name)
            if name not in value:
                missing = REQUIRED_TEXTS.get(name, f'Parameter "{name}" is required')
                text = missing if path.count(".") == 1 else f"fakegram: {where}: required"
                problems += [text] * (f["required"] and method not in REQUIRED)
                continue
            problems += self.check(item, f["types"], where)
            limit = LENGTH.search(f["description"])
            # See format_text.
            parsed = limit and (int(limit[2]) >= 1024 or "entities parsing" in f["description"])
            if (
                limit
                and isinstance(item, str)
                and not parsed
                and not has_own_length(where)
                and (item or f["required"])
            ):
                size = len(item.encode()) if limit[3] == "bytes" else len(item)
                if not int(limit[1]) <= size <= int(limit[2]):
                    problems.append(f"fakegram: {where}: {size} {limit[3]}, allowed {limit[0]}")
        return problems

    def example(self, kind: str) -> Any:
        """The smallest value of a type, for methods that are only acknowledged."""
        if kind.startswith("Array of ") or kind in EXAMPLES:
            return EXAMPLES.get(kind, [])
        if subtypes := self.types[kind].get("subtypes"):
            return self.example(subtypes[0])
        required = [f for f in self.types[kind].get("fields", []) if f["required"]]
        value = {f["name"]: self.example(f["types"][0]) for f in required}
        return value | {
            name: self.literal(kind) for name in ("type", "status") if name in value and self.literal(kind)
        }
