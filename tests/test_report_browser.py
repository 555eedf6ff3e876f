"""The pages in a real browser: no script of a student runs, no rule of accessibility is broken, tables sort and search."""

import shutil
import tempfile
import warnings

import pytest

from graded import SCRIPTS, hostile_class, mark, result, values
from grader import load_lesson
from grader.marks import ENOUGH
from grader.report import html
from grader.running.notebook import Cell

CHROMIUM, DRIVER = shutil.which("chromium") or shutil.which("chromium-browser"), shutil.which("chromedriver")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="Chromium and chromedriver are not installed"),
    # Selenium opens sockets and files that it leaves to the collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
OPTIONS = (
    "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --disable-dev-shm-usage"
)


@pytest.fixture(scope="module")
def browser():
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        for option in (*OPTIONS.split(), f"--user-data-dir={profile}"):
            options.add_argument(option)
        opened = webdriver.Chrome(options=options, service=Service(DRIVER))
        yield opened
        opened.quit()


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    cells = tuple(Cell(n, f"def propagate(w):\n    # {script}\n    return 1") for n, script in enumerate(SCRIPTS, 1))
    made = html.Pages("A course", lambda _lesson: True, code=lambda _mark: cells)
    written = html.write(hostile_class(), folder, made)
    found = {path.stem if path.parent == folder else f"student {n}": path for n, path in enumerate(written, -2)}
    several = [*hostile_class(), mark(result("Right 0", lesson=load_lesson("deep_net")))]
    html.write(several, folder / "several", made)
    return found | {"term": folder / "several" / "term.html"}


def look(browser, path, scheme="light", width=1280):
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get(path.as_uri())


def test_no_page_runs_or_loads_what_a_student_wrote(browser, pages):
    for path in pages.values():
        look(browser, path)
        title = browser.title
        browser.execute_script("document.querySelectorAll('*').forEach(e => e.dispatchEvent(new Event('mouseover')))")
        assert browser.title == title != "ran"
        assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0
        assert browser.get_log("browser") == []


def test_the_policy_would_stop_a_script_that_got_into_a_page(browser, pages, tmp_path):
    page = pages["class"].read_text(encoding="utf-8")
    worse = page.replace(
        "</main>", "<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\"></main>"
    )
    (tmp_path / "worse.html").write_text(worse, encoding="utf-8")
    look(browser, tmp_path / "worse.html")
    assert worse != page
    assert browser.title != "ran"
    assert any("Content Security Policy" in line["message"] for line in browser.get_log("browser"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["class", "teach", "term", "student 0", "student 1", "student 12"])
def test_no_rule_of_accessibility_is_broken(browser, pages, name, scheme):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from axe_selenium_python import Axe
    look(browser, pages[name], scheme)
    axe = Axe(browser)
    axe.inject()
    found = axe.run()
    assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found["violations"]] == []
    assert len(found["passes"]) > 15


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_is_wider_than_the_screen(browser, pages, width):
    for name in ("class", "teach", "term", "student 0", "student 1"):
        look(browser, pages[name], width=width)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width


def test_a_long_line_of_code_stays_in_its_box(browser, tmp_path):
    nobody = [mark(result(f"s{n}", {"propagate": (values(),)})) for n in range(ENOUGH)]
    html.write(nobody, tmp_path, html.Pages("A course", lambda _lesson: True))
    look(browser, tmp_path / "class.html", width=320)
    assert browser.find_elements("css selector", "pre")
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 320


def test_a_line_of_code_is_reached_from_its_finding_and_leads_back(browser, tmp_path):
    wrong = mark(result("ada", {"propagate": (values(),)}))
    cell = Cell(4, 'def propagate(w):\n    grads = {}\n    grads["dw"] = w\n    return grads')
    html.write([wrong], tmp_path, html.Pages("A course", lambda _lesson: True, code=lambda _mark: (cell,)))
    look(browser, next((tmp_path / html.INSTRUCTOR).glob("*.html")))
    browser.find_element("css selector", ".to-code a").click()
    line = browser.find_element("css selector", ":target")
    assert line.text.split(maxsplit=1) == ["3", 'grads["dw"] = w']
    line.find_element("css selector", "a").click()
    assert "dw" in browser.find_element("css selector", "tr:target").text


def shown(browser):
    script = "return [...document.querySelectorAll('.everyone tbody tr')].filter(r => !r.hidden).map(r => r.innerText)"
    return browser.execute_script(script)


def test_a_column_sorts_by_keyboard_and_says_so(browser, pages):
    from selenium.webdriver.common.keys import Keys

    look(browser, pages["class"])
    heading = browser.find_elements("css selector", ".everyone thead th")[1]
    for direction, order in (("ascending", 1), ("descending", -1)):
        heading.find_element("css selector", "button").send_keys(Keys.ENTER)
        assert heading.get_attribute("aria-sort") == direction
        cells = browser.find_elements("css selector", ".everyone tbody td.number:nth-child(2)")
        # What could not be graded has a dash, and stands below a 0.
        points = [-1 if cell.text == "–" else float(cell.text) for cell in cells]
        assert points == sorted(points, reverse=order < 0)
        assert len(set(points)) > 2


def test_search_hides_the_others_and_says_how_many_are_left(browser, pages):
    look(browser, pages["class"])
    everybody = len(shown(browser))
    field = browser.find_element("css selector", "input[type=search]")
    field.send_keys("student 3")
    assert len(shown(browser)) == 1
    assert browser.find_element("css selector", "output").text == f"1 of {everybody} shown"
    field.send_keys("\b" * 20)
    assert len(shown(browser)) == everybody


def test_without_scripts_the_class_page_shows_everybody(browser, pages):
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        look(browser, pages["class"])
        assert not browser.find_element("css selector", ".find").is_displayed()
        assert not browser.find_elements("css selector", "thead button")
        assert len(browser.find_elements("css selector", ".everyone tbody tr")) == len(hostile_class())
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_a_page_prints(browser, pages):
    look(browser, pages["class"], "dark")
    assert len(browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": False})["data"]) > 20_000
