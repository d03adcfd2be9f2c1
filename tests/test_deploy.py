"""The files in `deploy/`: what they name is there."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from benchmarks.opensearch.nodes import VERSION
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


def test_a_replica_starts_when_the_nodes_answer_if_there_are_nodes() -> None:
    services = read("cluster.yaml")["services"]
    for name in ("search1", "search2", "search3"):
        assert services["replica"]["depends_on"][name] == {"condition": "service_healthy", "required": False}
        assert "healthcheck" in services[name]


@pytest.mark.parametrize("name", FILES)
def test_images_are_pinned_or_built_here(name: str) -> None:
    for service in read(name)["services"].values():
        assert "build" in service or re.search(r":\d[\d.]*$", service["image"]), service["image"]


def test_nodes_are_those_that_the_tests_start() -> None:
    services = read("cluster.yaml")["services"]
    nodes = [service for name, service in services.items() if name.startswith("search")]
    assert {node["image"].rpartition(":")[2] for node in nodes} == {VERSION}


def test_a_service_keeps_what_it_must_in_a_volume_of_its_own() -> None:
    composed = read("cluster.yaml")
    kept = [
        volume.split(":")[0]
        for name, service in composed["services"].items()
        if name != "replica"  # they share the office
        for volume in service["volumes"]
        if not volume.startswith("./")
    ]
    assert sorted(kept) == sorted(composed["volumes"])


def test_only_the_proxy_is_reached_from_outside() -> None:
    composed = read("cluster.yaml")
    services = composed["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    for name in {"postgresql", "search1", "search2", "search3"}:
        assert all(composed["networks"][network]["internal"] for network in services[name]["networks"])


def test_a_node_has_memory_for_its_heap_and_as_much_again() -> None:
    for name in ("search1", "search2", "search3"):
        service = read("cluster.yaml")["services"][name]
        least, most = re.findall(r"-Xm[sx](\d+)g", service["environment"]["OPENSEARCH_JAVA_OPTS"])
        assert least == most
        assert service["mem_limit"] == f"{2 * int(most)}g"


def test_a_replica_is_told_where_the_database_is() -> None:
    services = read("cluster.yaml")["services"]
    url = urlsplit(re.sub(r"\$\{[^}]*\}", "word", services["replica"]["environment"]["DATABASE_URL"]))
    given = services["postgresql"]["environment"]
    assert (url.username, url.path) == (given["POSTGRES_USER"], f"/{given['POSTGRES_DB']}")
    assert url.hostname in services["replica"]["depends_on"]
    assert "healthcheck" in services[url.hostname]
