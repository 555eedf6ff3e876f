"""The website in a real browser, without a network: it reads well, searches, and asks nothing of any other host."""

from itertools import cycle

import pytest

from browsing import in_browser, opened_browser, violations
from site_building import needs_modules, served

pytestmark = [pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")]


@pytest.fixture(scope="module")
def address(whole_site):
    with served(whole_site) as there:
        yield there


@pytest.fixture(scope="module")
def browser():
    with opened_browser() as opened:
        yield opened


def look(browser, url, scheme="light", width=1280):
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get(url)


PAGES = (
    "index.html",
    "ja/lessons/initialisation.html",
    "docs/your-function.html",
    "zh-CN/about.html",
    "search.html?q=sigmoid",
)


@in_browser
@needs_modules
def test_every_file_comes_from_the_host_itself_and_no_page_says_anything_to_the_console(browser, address):
    for page in PAGES:
        look(browser, address + page)
        fetched = browser.execute_script("return performance.getEntriesByType('resource').map(entry => entry.name)")
        assert fetched
        assert [name for name in fetched if not name.startswith(address)] == []
        assert browser.get_log("browser") == []
        assert browser.get_cookies() == []


@in_browser
@needs_modules
def test_no_rule_of_accessibility_is_broken_and_no_page_is_wider_than_the_screen(browser, address):
    for page, (scheme, width) in zip(PAGES, cycle((("light", 1280), ("dark", 400))), strict=False):
        look(browser, address + page, scheme, width)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
        assert violations(browser) == [], (page, scheme)


@in_browser
@needs_modules
def test_the_search_finds_what_is_read_in_every_language_also_from_a_disk(browser, whole_site):
    from selenium.webdriver.common.by import By

    for tree, asked, found in (("", "gradient check", "gradient_checking"), ("zh-CN/", "感知机", "numpy_basics")):
        look(browser, (whole_site.out / tree / "search.html").as_uri())
        browser.find_element(By.ID, "query").send_keys(asked)
        links = [link.get_attribute("href") for link in browser.find_elements(By.CSS_SELECTOR, "#found a")]
        assert any(f"lessons/{found}.html#" in link for link in links), links
        assert browser.find_element(By.ID, "count").text


@in_browser
@needs_modules
def test_light_or_dark_is_remembered_on_the_next_page(browser, address):
    from selenium.webdriver.common.by import By

    look(browser, address + "index.html", "light")
    browser.find_element(By.ID, "scheme").click()
    look(browser, address + "about.html", "light")
    paper = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    browser.execute_script("localStorage.clear()")
    assert max(map(int, paper.removeprefix("rgb(").removesuffix(")").split(","))) < 64


@in_browser
@needs_modules
def test_an_exercise_is_found_by_its_address(browser, address):
    look(browser, address + "lessons/logistic_regression.html#exercise-propagate")
    top = browser.execute_script("return document.getElementById('exercise-propagate').getBoundingClientRect().top")
    assert 0 <= top < 300
