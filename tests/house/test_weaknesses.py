"""What `make lint` asks about weaknesses finds them, and says what it could not ask."""

import json
import subprocess
import sys
from pathlib import Path

from scripts.audit_dependencies import node_verdict, python_verdict
from tests.house.sources import ROOT


def test_a_known_weakness_of_a_python_package_is_named_and_an_unknown_package_is_too() -> None:
    weak = {"id": "PYSEC-2099-1", "fix_versions": ["1.1"], "aliases": [], "description": ""}
    report = {
        "dependencies": [
            {"name": "weak", "version": "1.0", "vulns": [weak]},
            {"name": "sound", "version": "2.0", "vulns": []},
            {"name": "ours", "skip_reason": "not found"},
        ],
        "fixes": [],
    }

    verdict = python_verdict(json.dumps(report))

    assert verdict.weaknesses == ["weak 1.0: PYSEC-2099-1 (mended in 1.1)"]
    assert (verdict.checked, verdict.silent) == (2, "the service does not know ours.")


def test_a_known_weakness_of_a_node_package_is_named() -> None:
    report = {
        "vulnerabilities": {"weak": {"range": "<2", "severity": "high"}},
        "metadata": {"dependencies": {"total": 9}},
    }

    verdict = node_verdict(json.dumps(report))

    assert (verdict.weaknesses, verdict.checked, verdict.silent) == (["weak <2: high"], 9, "")


def test_no_answer_is_not_taken_for_a_good_one() -> None:
    nothing_known = json.dumps({"dependencies": [{"name": "a", "skip_reason": "not found"}]})

    for verdict in (python_verdict(""), python_verdict(nothing_known), node_verdict('{"error": {}}')):
        assert verdict.silent
        assert verdict.checked == 0


def test_a_secret_in_a_file_is_found(tmp_path: Path) -> None:
    kept = tmp_path / "settings.py"
    kept.write_text('KEY = "AKIA' + "QYLPMN5HHHFPZAM2" + '"\n')
    hook = Path(sys.executable).parent / "detect-secrets-hook"

    found = subprocess.run(
        [hook, "--baseline", ROOT / ".secrets.baseline", kept], capture_output=True, text=True, check=False
    )

    assert found.returncode == 1
    assert "AWS Access Key" in found.stdout
