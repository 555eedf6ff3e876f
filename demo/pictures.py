"""The pictures of README, made from what `make demo` gives: `python demo/pictures.py`, after it, with chromium and chromedriver.

lesson.png   a part of the solved lesson, as JupyterLab shows it
check.png    what Dana of the sample class sees under her `propagate`
teach.png    the page for the lecture

The same in the other languages: lesson.ja.png. Each picture carries the text that is to be read in it, which `tests/test_pictures.py` holds to the demo.
"""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

from PIL import Image, PngImagePlugin

from demo.large_class import PEOPLE
from demo.sample_class import LESSON, cell_of
from grader.authoring import catalogues, translation
from grader.authoring.build import source_of
from grader.course import current
from grader.words.language import ENGLISH, VARIABLE

if TYPE_CHECKING:
    from nbformat import NotebookNode

ROOT = Path(__file__).parents[1]
DEMO, DOCS = ROOT / "build" / "demo", ROOT / "docs"
TEXT = "text of the picture"
# What the picture of a lesson shows: the part of the text that has this heading, down to its figure.
PART = "## Which way is down?"
# Without the frame and the buttons of the cell that is chosen.
BARE = "<style>.jp-cell-toolbar, .jp-Collapser { display: none !important } .jp-Cell, .jp-Cell * { border-color: transparent !important; box-shadow: none !important }</style>"
# How many of the cards of the page for the lecture.
CARDS = 2


def main() -> None:
    with opened_browser() as browser, tempfile.TemporaryDirectory() as folder, jupyterlab(Path(folder)) as address:
        for language in (ENGLISH, *current().languages):
            # What is executed and what is said follow it.
            os.environ[VARIABLE] = language
            photograph_lecture(browser, Path(folder), language)
            photograph(browser, address, Path(folder), lesson_part(language), picture("lesson", language))
            photograph(browser, address, Path(folder), checked_by("dana", "propagate"), picture("check", language))


def picture(name: str, language: str) -> str:
    """The name of a picture's file in a language."""
    return f"{name}.png" if language == ENGLISH else f"{name}.{language}.png"


def photograph_lecture(browser: Any, folder: Path, language: str) -> None:
    results = folder / f"results-{language}"
    shutil.copytree(DEMO / "results", results)
    # It ends with 2, as `grade` does: the class has one damaged file.
    subprocess.run(["grader", "report", results, "--format", "html"], check=False, stderr=subprocess.DEVNULL)
    browser.set_window_size(820, 1400)
    browser.get((results / "report" / "teach.html").as_uri())
    cards = browser.find_elements("css selector", ".card")[:CARDS]
    bottom = browser.execute_script("return arguments[0].getBoundingClientRect().bottom", cards[-1])
    text = "\n".join(card.text for card in cards)
    save(browser.get_screenshot_as_png(), (0, 0, 820, bottom + 16), text, picture("teach", language))


def photograph(browser: Any, address: str, folder: Path, notebook: NotebookNode, name: str) -> None:
    """A small notebook as JupyterLab shows it, without what is around it."""
    import nbformat

    path = (folder / name).with_suffix(".ipynb")
    nbformat.write(notebook, path)
    browser.set_window_size(1000, 1600)
    browser.get(f"{address}/doc/tree/{path.name}")
    wait_for(lambda: all_cells(browser, len(notebook.cells)))
    # Formulas and figures are set after the text.
    time.sleep(6)
    browser.execute_script("document.head.insertAdjacentHTML('beforeend', arguments[0])", BARE)
    cells = wait_for(lambda: all_cells(browser, len(notebook.cells)))
    boxes = [browser.execute_script("return arguments[0].getBoundingClientRect()", cell) for cell in cells]
    place = (boxes[0]["left"], boxes[0]["top"], boxes[0]["right"] - 8, boxes[-1]["bottom"] + 4)
    save(browser.get_screenshot_as_png(), place, "\n".join(cell.text for cell in cells), name)


def all_cells(browser: Any, many: int) -> Any:
    found = browser.find_elements("css selector", ".jp-Notebook .jp-Cell")
    return found if len(found) == many else None


def save(png: bytes, place: Sequence[float], text: str, name: str) -> None:
    """One part of a screenshot, in few colours, with its text."""
    about = PngImagePlugin.PngInfo()
    about.add_itxt(TEXT, text)
    image = Image.open(io.BytesIO(png)).convert("RGB").crop(tuple(round(n) for n in place))  # type: ignore[arg-type]
    image.quantize(128, dither=Image.Dither.NONE).save(DOCS / name, optimize=True, pnginfo=about)
    print(f"wrote {DOCS / name}", image.size)


def text_of(name: str) -> str:
    """What is to be read in a picture."""
    with Image.open(DOCS / name) as image:
        image.load()
        return str(image.text[TEXT])  # type: ignore[attr-defined]


def lesson_part(language: str) -> NotebookNode:
    """The cells of one part of the solved lesson, executed, down to the first figure after its text."""
    from grader.authoring.conversion import read_source, solve

    english = read_source(LESSON, source_of(LESSON).read_text(encoding="utf-8"))
    start = next(n for n, cell in enumerate(english.cells) if cell.source.startswith(PART))
    whole = solve(LESSON, in_language(english, language))
    return shown(whole.cells[start : start + 2])


def in_language(notebook: NotebookNode, language: str) -> NotebookNode:
    """A notebook of the lesson in another language, as `grader build` makes it."""
    if language == ENGLISH:
        return notebook
    said = catalogues.translations_in(LESSON, language)
    return translation.translated(notebook, language, lambda text: said.get(text, text), lambda _lesson: str)


def checked_by(student: str, exercise: str) -> NotebookNode:
    """The check under a student's function, run."""
    import nbclient
    import nbformat

    whole = nbformat.read(DEMO / "class" / f"{PEOPLE[student]}.ipynb", 4)
    names = [cell.id for cell in whole.cells if cell.cell_type == "code"]
    # Imports, what is given, and the functions before it: no data, no figure.
    before = [cell_of(whole, name) for name in (*names[:2], *(e.name for e in LESSON.exercises)) if name in names]
    check = nbformat.v4.new_code_cell(f'check("{exercise}").points', id="asked")
    run = shown([*before, check])
    nbclient.NotebookClient(run, timeout=120).execute()
    return shown([cell_of(run, "asked")])


def shown(cells: Sequence[NotebookNode]) -> NotebookNode:
    from nbformat.v4 import new_notebook

    metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return new_notebook(cells=list(cells), metadata=metadata)


@contextmanager
def jupyterlab(folder: Path) -> Iterator[str]:
    """The address of a JupyterLab that shows what is in a folder, with settings of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {name: str(folder / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}"]
    options = [
        "--IdentityProvider.token=",
        f"--ServerApp.root_dir={folder}",
        "--LabApp.news_url=",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    server = subprocess.Popen([*command, *options], env=os.environ | own, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(lambda: answers(f"{address}/api"))
        yield address
    finally:
        server.terminate()
        server.wait()


def answers(address: str) -> bool:
    try:
        with urlopen(address):
            return True
    except OSError:
        return False


def wait_for(look: Any, seconds: float = 60) -> Any:
    """What a function returns, as soon as that is true."""
    end = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.2)
    return found


@contextmanager
def opened_browser() -> Iterator[Any]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("chromium-browser") or ""
    for one in ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1"):
        options.add_argument(one)
    browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        yield browser
    finally:
        browser.quit()


if __name__ == "__main__":
    main()
