"""A browser for the tests that look at pages; without one they are skipped, and say so."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

CHROMIUM, DRIVER = shutil.which("chromium") or shutil.which("chromium-browser"), shutil.which("chromedriver")
OPTIONS = (
    "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --disable-dev-shm-usage"
)
# No page is loaded from anywhere but this machine.
NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"
_MARKS = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="Chromium and chromedriver are not installed"),
    # Selenium opens sockets and files that it leaves to the collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


def in_browser(test: Any) -> Any:
    """Marks a test that needs the fixture `browser`."""
    for mark in _MARKS:
        test = mark(test)
    return test


@contextmanager
def opened_browser() -> Iterator[Any]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        for option in (*OPTIONS.split(), NOWHERE, f"--user-data-dir={profile}"):
            options.add_argument(option)
        browser = webdriver.Chrome(options=options, service=Service(DRIVER))
        try:
            yield browser
        finally:
            browser.quit()


def violations(browser: Any) -> list[tuple[str, list[str]]]:
    """The rules of accessibility that the page breaks, each with the first places.

    Formulas are taken out before: they are MathML, and the thousands of pieces that draw them would take half a minute.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from axe_selenium_python import Axe
    browser.execute_script("document.querySelectorAll('.katex').forEach(formula => formula.remove())")
    axe = Axe(browser)
    axe.inject()
    found = axe.run()
    assert len(found["passes"]) > 10
    return [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found["violations"]]
