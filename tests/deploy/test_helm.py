"""The Helm chart, rendered by Helm and checked against the schemas of Kubernetes; there is none to run it."""

from collections.abc import Mapping
from typing import Any

import kubernetes_validate
import pytest
import yaml

from commandpost.settings import VARIABLES
from commandpost.workspace.model.config import variables
from tests.house.sources import ROOT

helm = pytest.importorskip("helm_python", reason="Helm comes as a library for Linux on x86-64 only")

CHART = str(ROOT / "deploy/helm/commandpost")
OLDEST, NEWEST = "1.27", "1.37"
SITE = {"siteUrl": "https://chat.example.com"}
EVERYTHING: dict[str, Any] = {
    **SITE,
    "imagePullSecrets": [{"name": "registry"}],
    "settings": {"COMMANDPOST_SMTP_PORT": "587", "COMMANDPOST_ENABLE_OPEN_SERVER": True},
    "ingress": {"enabled": True, "className": "nginx", "host": "chat.example.com", "tlsSecret": "chat-tls"},
    "files": {"storageClass": "nfs"},
    "nodeSelector": {"disk": "fast"},
    "tolerations": [{"key": "ops", "operator": "Exists", "effect": "NoSchedule"}],
    "affinity": {"podAntiAffinity": {}},
}


def rendered(values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The objects that a release named "ops" is made of, by their kind."""
    with helm.Chart.load(CHART) as chart:
        chart.validate_schema(values)
        written = chart.render(values, name="ops", namespace="tools")
    objects = (yaml.safe_load(text) for name, text in written.items() if name.endswith(".yaml"))
    return {one["kind"]: one for one in objects if one}


def pod_of(values: Mapping[str, Any]) -> dict[str, Any]:
    return rendered(values)["Deployment"]["spec"]["template"]["spec"]


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
@pytest.mark.parametrize("values", [SITE, EVERYTHING], ids=["least", "everything"])
def test_what_it_renders_is_what_kubernetes_takes(values: dict[str, Any], version: str) -> None:
    objects = rendered(values)

    for one in objects.values():
        kubernetes_validate.validate(one, version, strict=True)
    kinds = {"Deployment", "Service", "PodDisruptionBudget", "PersistentVolumeClaim"}
    assert objects.keys() == kinds | ({"Ingress"} if "ingress" in values else set())


def test_helm_has_nothing_against_it() -> None:
    found = helm.lint(CHART, SITE)

    assert found["errors"] == []
    assert [one["error"] for one in found["messages"]] == ["icon is recommended"]


def test_nodes_run_as_nobody_in_particular_on_a_root_that_cannot_be_written() -> None:
    pod = pod_of(SITE)
    [container] = pod["containers"]

    assert pod["securityContext"]["runAsNonRoot"] is True
    assert f"USER {pod['securityContext']['runAsUser']}\n" in (ROOT / "deploy/Containerfile").read_text()
    assert pod["automountServiceAccountToken"] is False
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert {mount["mountPath"] for mount in container["volumeMounts"]} == {"/data", "/tmp"}
    paths = {
        probe: container[f"{probe}Probe"]["httpGet"]["path"] for probe in ("startup", "liveness", "readiness")
    }
    assert paths == {"startup": "/healthz", "liveness": "/healthz", "readiness": "/readyz"}


def test_its_settings_exist_and_its_secrets_are_only_referred_to() -> None:
    environment = {one["name"]: one for one in pod_of(EVERYTHING)["containers"][0]["env"]}

    ours = {name for name in environment if name.startswith("COMMANDPOST_")}
    assert ours - set(VARIABLES) - set(variables().values()) == set()
    assert {name for name, one in environment.items() if "valueFrom" in one} == {
        "COMMANDPOST_DATABASE_URL",
        "COMMANDPOST_SECRET_KEY",
        "COMMANDPOST_REDIS_URL",
        "COMMANDPOST_SMTP_PASSWORD",
        "COMMANDPOST_OIDC_CLIENT_SECRET",
    }
    assert environment["COMMANDPOST_SMTP_PORT"]["value"] == "587"
    assert environment["COMMANDPOST_ENABLE_OPEN_SERVER"]["value"] == "true"


def test_service_and_disruption_budget_are_about_its_own_nodes_and_files_outlive_it() -> None:
    objects = rendered(EVERYTHING)
    labels = objects["Deployment"]["spec"]["template"]["metadata"]["labels"]

    assert objects["Service"]["spec"]["selector"].items() <= labels.items()
    assert objects["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"].items() <= labels.items()
    assert objects["PersistentVolumeClaim"]["metadata"]["annotations"]["helm.sh/resource-policy"] == "keep"
    assert "PersistentVolumeClaim" not in rendered({**SITE, "files": {"existingClaim": "mine"}})


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"siteUrl": "chat.example.com"},
        {**SITE, "replicas": 0},
        {**SITE, "ingress": {"enabled": True}},
        {**SITE, "settings": {"SITE_NAME": "Ops"}},
        {**SITE, "settings": {"COMMANDPOST_MAX_FILE_SIZE": 52428800}},
        {**SITE, "databaseUrl": "postgresql://commandpost:secret@db/commandpost"},
    ],
)
def test_values_that_cannot_be_meant_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(helm.HelmValuesError):
        rendered(values)
