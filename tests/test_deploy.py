"""The files in `deploy/`: what they name is there."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import Settings

DEPLOY = Path(__file__).parent.parent / "deploy"
FILES = ("compose.yaml", "cluster.yaml")


def read(name: str) -> dict[str, Any]:
    composed: dict[str, Any] = yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))
    return composed


@pytest.mark.parametrize("name", FILES)
def test_what_a_service_needs_is_named_in_the_same_file(name: str) -> None:
    composed = read(name)
    services, volumes, networks = (composed.get(part, {}) for part in ("services", "volumes", "networks"))
    for service in services.values():
        assert set(service.get("depends_on", [])) <= set(services)
        assert set(service.get("networks", [])) <= set(networks)
        for source in (volume.split(":")[0] for volume in service.get("volumes", [])):
            is_office = source == "./office"  # made by whoever follows the first lines of the file
            assert source in volumes or is_office or (DEPLOY / source).is_file()


@pytest.mark.parametrize("name", FILES)
def test_bot_knows_every_setting_that_it_is_given(name: str) -> None:
    known = {field.upper() for field in Settings.model_fields}
    for service in read(name)["services"].values():
        if service["image"] == "hoibao":
            assert set(service.get("environment", {})) <= known


def test_replicas_share_the_secret_and_the_address_of_the_webhook() -> None:
    composed = read("cluster.yaml")
    given = composed["services"]["replica"]["environment"]
    assert re.fullmatch(r"\$\{WEBHOOK_SECRET:.*\}", given["WEBHOOK_SECRET"])
    path = given["WEBHOOK_URL"].rpartition("/")[2]
    proxy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert f"handle /{path} " in proxy
    assert "dynamic a replica 8080" in proxy  # the PORT that is the default


def test_three_nodes_know_each_other() -> None:
    services = read("cluster.yaml")["services"]
    nodes = [name for name in services if name.startswith("search")]
    assert len(nodes) == 3
    for name in nodes:
        given = services[name]["environment"]
        assert given["node.name"] == name
        assert given["discovery.seed_hosts"].split(",") == nodes
