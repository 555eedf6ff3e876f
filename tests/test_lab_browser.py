"""A lesson is done in a tab, without a network: cell by cell, with a reason for what is wrong; the work stays, and is graded."""

import json
import time

import pytest

import grader
from benchmarks import tab
from browsing import in_browser, opened_browser, violations
from graded import SCRIPTS
from grader import lesson_names, load_lesson
from making import lesson_notebook
from site_building import ROOT, needs_lab, served

pytestmark = [pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")]
# An element with the focus, or the editor around it, has a frame.
FOCUS_IS_SEEN = """((at) => [at.closest(".cm-editor") ?? at].every((shown) =>
    shown.id === "main" || (getComputedStyle(shown).outlineStyle !== "none" && parseFloat(getComputedStyle(shown).outlineWidth) > 0)))(document.activeElement)"""


@pytest.fixture(scope="module")
def address(whole_site):
    with served(whole_site) as there:
        yield there


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    folder = tmp_path_factory.mktemp("downloads")
    with opened_browser() as opened:
        opened.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})
        opened.downloads = folder
        yield opened


def until(browser, condition, seconds=60):
    """What a JavaScript expression gives, as soon as it is neither null nor false."""
    end = time.monotonic() + seconds
    while not (found := browser.execute_script(f"return {condition}")):
        assert time.monotonic() < end, f"{condition}: {browser.execute_script('return document.body.innerText')[:500]}"
        time.sleep(0.1)
    return found


def open_lab(browser, address, lesson):
    browser.get(f"{address}lab/{lesson}.html")
    until(browser, "document.body.classList.contains('alive')")


def solution(lesson):
    """{id of a code cell: its source} of the solved lesson."""
    cells = json.loads(lesson_notebook(load_lesson(lesson)))["cells"]
    return {cell["id"]: "".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"}


def solve(browser, sources):
    """Puts the sources into their cells and runs these, in order; {label of a cell: the errors it ended with}."""
    browser.execute_script(
        """globalThis.solved = null;
        const [sources] = arguments, views = lab.views.filter((view) => view.cell.id in sources);
        (async () => {
          for (const view of views) {
            const { state } = view.edit();
            if (!state.readOnly) view.view.dispatch({ changes: { from: 0, to: state.doc.length, insert: sources[view.cell.id] } });
            await lab.runFrom(view);
          }
          globalThis.solved = views.map((view) => [view.label, view.cell.outputs.filter((one) => one.output_type === "error")]);
        })();""",
        sources,
    )
    return {label: errors for label, errors in until(browser, "globalThis.solved", 300) if errors}


def run(browser, source, place=0):
    """What a cell with this source shows, as text."""
    browser.execute_async_script(
        """const [source, place, done] = arguments, view = lab.views[place];
        view.edit().dispatch({ changes: { from: 0, to: view.view.state.doc.length, insert: source } });
        lab.runFrom(view).then(done);""",
        source,
        place,
    )
    return browser.execute_script("return lab.views[arguments[0]].outputs.innerText", place)


def unnamed(browser):
    """What somebody who hears the page could press, choose or write into without hearing what it is."""
    nodes = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    asking = {
        "button",
        "link",
        "textbox",
        "searchbox",
        "DisclosureTriangle",
        "progressbar",
        "dialog",
        "image",
        "region",
    }
    found = [node for node in nodes if not node["ignored"] and node["role"]["value"] in asking]
    assert len(found) > 50
    return [node for node in found if not node.get("name", {}).get("value")]


def exported(browser, lesson):
    """The notebook file that the page gives."""
    path = browser.downloads / f"{lesson}.ipynb"
    path.unlink(missing_ok=True)
    browser.execute_script("document.getElementById('export').click()")
    end = time.monotonic() + 20
    while not (path.exists() and path.stat().st_size):
        assert time.monotonic() < end
        time.sleep(0.1)
    return path


@in_browser
@needs_lab
@pytest.mark.sandbox
@pytest.mark.parametrize("lesson", ["numpy_basics", "logistic_regression", "deep_net", "cnn"])
def test_a_lesson_solved_in_the_tab_fails_in_no_cell_and_has_all_points_there_and_when_it_is_graded(
    browser, address, lesson
):
    open_lab(browser, address, lesson)
    sources = solution(lesson)
    assert sorted(sources) == sorted(browser.execute_script("return lab.views.map((view) => view.cell.id)"))
    assert solve(browser, sources) == {}
    most = load_lesson(lesson).max_points
    assert browser.execute_script("return document.getElementById('points').textContent") == (
        f"Practice points: {most} of {most}"
    )
    fetched = browser.execute_script("return performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert [name for name in fetched if not name.startswith((address, "blob:"))] == []
    assert browser.get_cookies() == []
    assert sum(one.points for one in grader.grade(exported(browser, lesson), seed=1).exercises) == most


@in_browser
@needs_lab
@pytest.mark.sandbox
def test_a_wrong_answer_typed_has_its_reason_read_and_is_there_after_a_reload_and_in_the_file(browser, address):
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    open_lab(browser, address, "numpy_basics")
    browser.execute_script(
        "return indexedDB.databases().then((all) => all.forEach(({ name }) => indexedDB.deleteDatabase(name)))"
    )
    open_lab(browser, address, "numpy_basics")
    for place in (0, 1):
        browser.execute_async_script("lab.runFrom(lab.views[arguments[0]]).then(arguments[1])", place)
    browser.execute_script("lab.views.find((view) => view.exercise === 'image2vector').focus()")
    field = browser.switch_to.active_element
    field.send_keys(Keys.CONTROL, "a")
    # The editor indents by itself and closes what is opened.
    field.send_keys(Keys.DELETE, "def image2vector(image):\nreturn image.reshape(1, -1)", Keys.SHIFT, Keys.ENTER)
    browser.switch_to.active_element.send_keys(Keys.SHIFT, Keys.ENTER)
    told = until(browser, "document.querySelector('.nnbh-check')?.innerText")
    assert "shape" in told
    assert "practice points: 0 / 10" in told
    assert unnamed(browser) == []
    assert violations(browser) == []
    until(browser, "document.getElementById('saved').textContent")
    open_lab(browser, address, "numpy_basics")
    assert "Cells that had run: 4" in until(browser, "document.getElementById('offer-text').innerText")
    assert "reshape(1, -1)" in browser.find_element(By.ID, "exercise-image2vector").text
    checks = "lab.views.filter((view) => view.isCheck)"
    for place, shown in ((0, "shape"), (1, "")):
        browser.execute_async_script(f"lab.runFrom({checks}[{place}]).then(arguments[0])")
        assert "“Run all above”" in browser.execute_script("return document.getElementById('offer').innerText")
        told = browser.execute_script(f"return {checks}[{place}].outputs.innerText")
        assert shown in told
        assert "NameError" not in told
    browser.find_element(By.ID, "again").click()
    until(browser, f"{checks}[1].hasRun && {checks}[1].outputs.innerText.includes('normalize_rows')")
    result = grader.grade(exported(browser, "numpy_basics"), seed=1)
    vector = next(one for one in result.exercises if one.name == "image2vector")
    assert (result.lesson, vector.points) == ("numpy_basics", 0)


@in_browser
@needs_lab
def test_the_first_exercise_is_done_with_the_keyboard_alone(browser, address):
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    def press(*keys, held=()):
        chain = ActionChains(browser, duration=0)
        for key in held:
            chain.key_down(key)
        chain.send_keys(*keys)
        for key in reversed(held):
            chain.key_up(key)
        chain.perform()

    def tab_to(name):
        """Goes on until this has the focus; everything on the way shows that it has it."""
        for _step in range(40):
            press(Keys.TAB)
            # An editor draws its frame a moment after.
            until(browser, FOCUS_IS_SEEN)
            if browser.switch_to.active_element.get_attribute("aria-label") == name:
                return
        raise AssertionError(f"{name} was not reached")

    open_lab(browser, address, "numpy_basics")
    browser.execute_async_script(
        "lab.startOver().then(arguments[0]); document.querySelector('[open] [value=yes]').click()"
    )
    until(browser, "document.getElementById('saved').textContent")
    open_lab(browser, address, "numpy_basics")
    before = browser.execute_script("return lab.views.map((view) => view.cell.source)")
    press(Keys.TAB, Keys.ENTER)
    for cell in ("Run: Cell 2", "Run: Cell 3"):
        tab_to(cell)
        press(Keys.ENTER)
    tab_to("Exercise image2vector")
    press("a", held=[Keys.CONTROL])
    press("def image2vector(image):", Keys.ENTER, "return image.reshape(-1, 1)")
    press(Keys.TAB)
    assert browser.execute_script("return lab.views[2].view.hasFocus")
    press(Keys.ENTER, held=[Keys.CONTROL])
    press(Keys.ESCAPE)
    tab_to("Check: Check of image2vector")
    press(Keys.ENTER)
    until(browser, "document.getElementById('status').textContent.includes('10 of 10')")
    # Who only passes changes nothing on the way.
    assert browser.execute_script("return lab.views.map((view) => view.cell.source)")[3:] == before[3:]
    tab_to("Check of image2vector")
    press("x")
    assert "it stays as it is" in until(browser, "document.querySelector('.why')?.textContent")


@in_browser
@needs_lab
def test_on_a_phone_what_runs_can_be_stopped_wherever_one_reads(browser, address):
    size = {"width": 400, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        open_lab(browser, address, "numpy_basics")
        browser.execute_script("lab.views.at(-1).section.scrollIntoView()")
        seen = "document.elementFromPoint(...(({ x, y }) => [x + 5, y + 5])(document.getElementById('stop').getBoundingClientRect())).id"
        assert browser.execute_script(f"return {seen}") == "stop"
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 400
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@in_browser
@needs_lab
def test_in_another_language_the_page_and_its_python_speak_it_and_the_work_is_there(browser, address):
    open_lab(browser, address, "numpy_basics")
    run(browser, "import numpy as np  # mine")
    until(browser, "document.getElementById('saved').textContent")
    browser.get(f"{address}ja/lab/numpy_basics.html")
    until(browser, "document.body.classList.contains('alive')")
    sources = browser.execute_script("return lab.views.map((view) => view.cell.source)")
    ours = json.loads((ROOT / "notebooks/ja/01_numpy_basics/numpy_basics.ipynb").read_text(encoding="utf-8"))
    theirs = ["".join(cell["source"]) for cell in ours["cells"] if cell["cell_type"] == "code"]
    assert (sources[0], sources[3:]) == ("import numpy as np  # mine", theirs[3:])
    for wrong, told in (("1 / 0", "このセル, line 1"), ("print（1)", "全角")):
        shown = run(browser, wrong)
        assert told in shown
        assert "/lib/" not in shown
    run(browser, theirs[1], 1)
    assert "「すべて実行」" in run(browser, "check.summary()")


@in_browser
@needs_lab
def test_solutions_by_hand_get_the_verdicts_in_the_tab_that_they_get_here(browser, address):
    # Every one of them: `python -m benchmarks.tab SITE`.
    told_apart = {
        "leaky_relu__abs",
        "conv_forward_fast__still_loops",
        "order_of__visits_every_way",
        "sigmoid__plain_form_and_cache_a",
    }
    lessons = [load_lesson(name) for name in lesson_names()]
    work = [one for lesson in lessons for one in tab.by_hand(lesson, 30)]
    work += [one for lesson in lessons for one in tab.by_hand(lesson) if one.file.stem in told_apart]
    assert {one.lesson for one in work} == set(lesson_names())
    browser.set_script_timeout(110)
    open_lab(browser, address, "numpy_basics")
    for one, mine, other in zip(work, tab.here(work), tab.in_the_tab(browser, work), strict=True):
        # Without numpy's warnings the same reason is said in fewer words.
        assert {**mine, "words": ()} == {**other, "words": ()}, one.file


@in_browser
@needs_lab
def test_an_endless_loop_is_stopped_and_what_had_run_is_offered_again(browser, address):
    open_lab(browser, address, "shallow_net")
    browser.execute_script(
        """const [first, loop] = lab.views; loop.cell.source = "print('begun')\\nwhile True: pass";
        lab.runFrom(first).then(() => lab.runFrom(loop));"""
    )
    until(browser, "lab.views[1].outputs.innerText.includes('begun')")
    browser.execute_script("document.getElementById('stop').click()")
    assert "Cells that had run: 1" in until(browser, "document.getElementById('offer-text').innerText")
    browser.execute_script("document.getElementById('again').click()")
    until(browser, "lab.interpreter.state === 'idle' && lab.views[0].hasRun")
    assert not browser.find_element("id", "offer").is_displayed()


@in_browser
@needs_lab
def test_the_menu_closes_after_a_choice_at_escape_and_at_a_click_elsewhere(browser, address):
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    open_lab(browser, address, "optimisation")
    menu, summary = (browser.find_element(By.CSS_SELECTOR, each) for each in (".menu", ".menu summary"))
    for close in (
        lambda: exported(browser, "optimisation"),
        lambda: summary.send_keys(Keys.ESCAPE),
        lambda: browser.find_element(By.CSS_SELECTOR, ".where span").click(),
    ):
        summary.click()
        assert menu.get_attribute("open")
        close()
        assert not menu.get_attribute("open")


@in_browser
@needs_lab
def test_html_that_a_cell_shows_runs_nothing_and_fetches_nothing(browser, address):
    open_lab(browser, address, "optimisation")
    shown = "".join(SCRIPTS) + '<img src="https://example.org/a.png"><style>body { display: none }</style><b>bold</b>'
    told = run(browser, f"from IPython.display import display\ndisplay({{'text/html': {shown!r}}}, raw=True)")
    assert "bold" in told
    assert "ran" not in browser.title
    fetched = browser.execute_script("return performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert [name for name in fetched if not name.startswith((address, "blob:"))] == []


@in_browser
@needs_lab
def test_a_cell_shows_what_it_prints_a_bar_on_one_line_a_value_and_where_it_fails(browser, address):
    open_lab(browser, address, "optimisation")
    bar = run(browser, "from tqdm.auto import tqdm\nfor _ in tqdm(range(3), desc='steps'): pass")
    assert (bar.count("steps"), "100%" in bar) == (1, True)
    assert run(browser, "%matplotlib inline\nprint('said')\n{'a': 1}").split() == ["said", "{'a':", "1}"]
    assert "This cell, line 2" in run(browser, "x = 1\nx / 0")
    run(browser, "import matplotlib.pyplot as plt\nplt.plot([1, 2]);\nplt.show()")
    assert browser.execute_script("return lab.views[0].outputs.querySelectorAll('img').length") == 1


@in_browser
@needs_lab
def test_every_module_of_the_engine_comes_as_bytecode_that_this_python_takes(browser, address):
    open_lab(browser, address, "optimisation")
    told = run(
        browser,
        """import importlib.util, sys
from pathlib import Path
ours = [Path(module.__file__) for name, module in sys.modules.items() if name.split(".")[0] in ("grader", "kernel")]
kept = {path: Path(importlib.util.cache_from_source(str(path))).read_bytes()[:16] for path in ours}
as_it_should_be = {path: importlib.util.MAGIC_NUMBER + bytes([1, 0, 0, 0]) + importlib.util.source_hash(path.read_bytes()) for path in ours}
print(len(ours), kept == as_it_should_be)""",
    )
    many, same = told.split()
    assert (int(many) > 50, same) == (True, "True")


@in_browser
@needs_lab
def test_names_are_completed_also_those_that_a_cell_has_made(browser, address):
    from selenium.webdriver.common.keys import Keys

    open_lab(browser, address, "optimisation")
    run(browser, "import numpy as np\nnumber_of_steps = 3")
    for begun, whole in (("np.linsp", "linspace"), ("number_o", "number_of_steps")):
        browser.execute_script("lab.views[0].focus()")
        field = browser.switch_to.active_element
        field.send_keys(Keys.CONTROL, Keys.END)
        field.send_keys(Keys.ENTER, begun)
        field.send_keys(Keys.CONTROL, " ")
        offered = until(browser, "document.querySelector('.cm-tooltip-autocomplete')?.innerText")
        assert whole in offered
        field.send_keys(Keys.ESCAPE)


@in_browser
@needs_lab
def test_a_notebook_is_loaded_from_a_file_and_the_lesson_is_started_over_after_one_question(browser, address, tmp_path):
    import nbformat
    from selenium.webdriver.common.by import By

    open_lab(browser, address, "optimisation")
    name = "initialize_velocity"
    theirs = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(f"def {name}(parameters):\n    return 'mine'")])
    (tmp_path / "mine.ipynb").write_text(nbformat.writes(theirs), encoding="utf-8")
    source = f"lab.views.find((view) => view.exercise === '{name}').cell.source"
    browser.find_element(By.ID, "file").send_keys(str(tmp_path / "mine.ipynb"))
    until(browser, "document.querySelector('dialog[open] button[value=yes]')").click()
    until(browser, f"{source}.includes('mine')")
    browser.execute_script("document.getElementById('start-over').click()")
    until(browser, "document.querySelector('dialog[open] button[value=yes]')").click()
    until(browser, f"!{source}.includes('mine')")


@in_browser
@needs_lab
def test_a_page_that_cannot_keep_the_work_says_so(browser, address):
    open_lab(browser, address, "optimisation")
    first = browser.current_window_handle
    browser.switch_to.new_window("tab")
    open_lab(browser, address, "optimisation")
    assert "another tab" in browser.execute_script("return document.getElementById('warning').innerText")
    forbid = "Object.defineProperty(window, 'indexedDB', { get() { throw new Error('not here'); } })"
    browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": forbid})
    open_lab(browser, address, "optimisation")
    assert "save your notebook" in browser.execute_script("return document.getElementById('warning').innerText")
    browser.close()
    browser.switch_to.window(first)


@in_browser
@needs_lab
def test_what_was_opened_once_opens_without_a_network(browser, whole_site):
    with served(whole_site) as there:
        open_lab(browser, there, "logistic_regression")
        browser.execute_async_script("lab.wake().then(arguments[0])")
        runtime = (
            "Promise.all(Object.values(lab.config.runtime).map(({ file }) => caches.match(new URL(file, lab.base))))"
        )
        pages = "Promise.all(lab.config.pages.map((page) => caches.match(new URL(page, lab.base))))"
        for needed in (runtime, pages):
            end = time.monotonic() + 60
            while not browser.execute_async_script(f"{needed}.then((all) => arguments[0](all.every(Boolean)))"):
                assert time.monotonic() < end
    for folder in ("lab", "lessons"):
        browser.get(f"{there}{folder}/logistic_regression.html")
        fetched = f"fetch(new URL('../{folder}/' + name + '.html', location)).then((page) => page.text())"
        texts = browser.execute_async_script(
            f"Promise.all(arguments[0].map((name) => {fetched})).then(arguments[1])", lesson_names()
        )
        assert [f'"lesson": "{name}"' in text for name, text in zip(lesson_names(), texts, strict=True)] == [True] * 11
    open_lab(browser, there, "logistic_regression")
    browser.execute_async_script(
        "lab.run([...lab.views.slice(0, 3), lab.views.find((view) => view.isCheck)]).then(arguments[0])"
    )
    assert "flatten_images" in until(browser, "document.querySelector('.nnbh-check')?.innerText")
