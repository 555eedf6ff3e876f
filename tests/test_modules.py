"""The map of the engine: a page with every folder and module, and the two journeys that CONTRIBUTING tells."""

import ast
import importlib.util
import re
from collections import defaultdict
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
ENGINE = ROOT / "grader"
MODULES = sorted(path for path in ENGINE.rglob("*.py") if "templates" not in path.parts)


@pytest.fixture(scope="module")
def map_of_modules() -> ModuleType:
    spec = importlib.util.spec_from_file_location("map_of_modules", ROOT / ".ci" / "modules.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_the_page_of_modules_is_what_the_code_says(map_of_modules):
    assert map_of_modules.PAGE.read_text(encoding="utf-8") == map_of_modules.page(), "run `python .ci/modules.py`"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ENGINE).as_posix())
def test_a_module_says_in_one_line_what_it_is_for_and_stands_in_the_page(path, map_of_modules):
    said = map_of_modules.purpose(path)
    assert 15 < len(said) <= 130
    assert said[-1] in ".:`"
    assert said in map_of_modules.PAGE.read_text(encoding="utf-8").replace("\\|", "|")


def imported(path: Path) -> set[Path]:
    """The modules of the engine that a module imports, wherever in it, or starts by name."""
    found, tree = set(), ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            base = path.parents[node.level - 1] if node.level else ROOT
            folder = base.joinpath(*(node.module or "").split("."))
            places = [folder, *(folder / one.name for one in node.names)]
            found |= {place for one in places for place in (one.with_suffix(".py"), one / "__init__.py")}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("grader."):
            found.add(ROOT.joinpath(*node.value.split(".")).with_suffix(".py"))
    return {one for one in found if one.is_file() and ENGINE in one.parents}


def journeys() -> dict[str, list[str]]:
    """{heading: the modules it names, in order} of the journeys in CONTRIBUTING."""
    found = defaultdict(list)
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for heading, body in re.findall(r"^## (How [^\n]+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL):
        found[heading] += re.findall(r"`(grader/[\w/]+\.py)`", body)
    return found


def test_there_are_the_journeys_of_a_submission_of_a_check_and_of_a_lesson():
    assert [len(named) >= 6 for named in journeys().values()] == [True] * 3


@pytest.mark.parametrize("heading", journeys())
def test_a_journey_names_modules_that_its_first_one_leads_to(heading):
    first, *others = [ROOT / name for name in journeys()[heading]]
    reached, new = set(), {first}
    while new:
        reached |= new
        new = {other for one in new for other in imported(one)} - reached
    assert [other for other in others if other not in reached] == []
