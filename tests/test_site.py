"""The website: links lead somewhere, no page holds a solution, every language has every page."""

import html
import io
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image

from grader.course.courses import using
from grader.words.language import LANGUAGES
from site_building import ROOT, needs_lab, needs_modules
from website import guard, lessons, words
from website.bytecode import bytecode
from website.cli import main
from website.docs import Docs
from website.errors import SiteError
from website.markdown import Renderer, github_anchor, jupyter_anchor
from website.outputs import shown
from website.pictures import Pictures

EXAMPLES = ROOT / "examples"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


class Plain:
    """Formulas as they are written."""

    def html(self, tex, _display=False):
        return f"[{tex}]"


RENDERER = Renderer(Plain())


def rendered(text, anchor=jupyter_anchor, resolve=lambda link: link):
    return RENDERER.render(text, anchor, resolve)


def test_formulas_are_made_and_dollars_in_code_are_not():
    assert rendered("a $x_1$ and `$y$`").html.strip() == (
        '<p>a <span class="math inline">[x_1]</span> and <code>$y$</code></p>'
    )
    assert "[a = b]" in rendered("$$a = b$$").html


def test_headings_have_the_anchors_that_links_of_notebooks_and_of_docs_use():
    assert rendered("## In your own words").sections[-1].anchor == "In-your-own-words"
    assert rendered("## Notebooks from `elsewhere`?", github_anchor).sections[-1].anchor == "notebooks-from-elsewhere"


def test_two_headings_of_one_name_have_two_anchors():
    assert [section.anchor for section in rendered("# A\n\n# A").sections if section.level] == ["A", "A-1"]


def test_a_section_has_the_words_below_its_heading():
    first, second = rendered("# A\n\none *two*\n\n| x |\n|---|\n| y |\n\n# B\n\n```\nz\n```").sections[1:]
    assert (first.heading, first.words.split(), second.words.split()) == ("A", ["one", "two", "x", "y"], ["z"])


def test_a_link_to_what_is_not_on_the_site_becomes_plain_words():
    assert rendered("see [there](x.py) *now*", resolve=lambda _link: None).html.count("href") == 0
    assert "there</span>" in rendered("see [there](x.py)", resolve=lambda _link: None).html


def test_links_between_notebooks_lead_from_page_to_page():
    there = {"one"}
    assert lessons.to_lesson("../01_one/one.ipynb#Glossary", there) == "one.html#Glossary"
    assert lessons.to_lesson("../02_two/two.ipynb", there) is None
    assert lessons.to_lesson("#Recall", there) == "#Recall"
    assert lessons.to_lesson("https://example.org/a", there) == "https://example.org/a"


def test_a_translated_heading_is_found_by_its_english_anchor_too(tmp_path):
    english, other = (
        lessons.LessonText((lessons.Cell("a", "markdown", source, text.html),), text.sections, tmp_path)
        for source in ('# Say "A"\n\n## Same', "# 「A」\n\n## Same")
        for text in [rendered(source)]
    )
    both = lessons.with_anchors_of(english, other).cells[0].html
    assert both.count('<span id="Say-&quot;A&quot;"></span>') == both.count("<span") == both.count('id="Same"') == 1
    assert '<h1 id="「A」"><span' in both


def test_a_picture_is_one_file_in_however_many_pages_it_stands(tmp_path):
    pictures = Pictures(tmp_path)
    shown_twice = [pictures.taken_out(f'<img src="data:image/png;base64,{PIXEL}">') for _ in range(2)]
    assert len(set(shown_twice)) == len(list(tmp_path.rglob("*.*"))) == 1
    assert "base64" not in shown_twice[0]


def test_a_figure_is_stored_smaller_and_keeps_every_pixel(tmp_path):
    picture = Image.radial_gradient("L").convert("RGBA")
    picture.save(png := io.BytesIO(), format="PNG")
    Pictures(tmp_path).add(png.getvalue(), ".png")
    (stored,) = tmp_path.rglob("*.webp")
    assert stored.stat().st_size < len(png.getvalue())
    with Image.open(stored) as shown_picture:
        assert shown_picture.convert("RGBA").tobytes() == picture.tobytes()


def test_a_page_shows_what_was_printed_and_no_progress_bar_and_no_word_to_stderr(tmp_path):
    import nbformat

    new = nbformat.v4.new_output
    widget = {"application/vnd.jupyter.widget-view+json": {}, "text/plain": "  0%|"}
    cell = nbformat.v4.new_code_cell(
        outputs=[
            new("stream", name="stdout", text="\x1b[31m1 < 2\x1b[0m\n"),
            new("stream", name="stderr", text="a warning"),
            new("display_data", data=widget),
        ]
    )
    assert [output for output in shown(cell, Pictures(tmp_path)) if output] == ['<pre class="output">1 &lt; 2</pre>']


def docs_of(folder: Path, lessons=frozenset()):
    return Docs(folder, folder / "out", set(lessons), RENDERER, Pictures(folder / "out"))


def write(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_docs_come_in_the_order_of_the_index_and_then_by_name(tmp_path):
    for name in "abc":
        write(tmp_path / "docs" / f"{name}.md", f"# {name}")
    write(tmp_path / "docs" / "index.md", "[c](c.md) and [b](b.md)")
    assert [page.name for page in docs_of(tmp_path).pages()] == ["c", "b", "a"]


def test_a_translated_page_of_docs_is_shown_in_its_language_and_others_in_english(tmp_path):
    write(tmp_path / "docs" / "a.md", "# A")
    write(tmp_path / "docs" / "a.ja.md", "# あ")
    (page,) = docs_of(tmp_path).pages()
    assert [(page.title(each), page.spoken(each)) for each in ("en", "ja", "zh_CN")] == [
        ("A", "en"),
        ("あ", "ja"),
        ("A", "en"),
    ]


def test_docs_take_their_own_files_along_and_never_a_source(tmp_path):
    write(tmp_path / "docs" / "a.schema.json", "{}")
    write(tmp_path / "source_solutions" / "one" / "lesson.py", "secret = 1")
    write(tmp_path / "docs" / "a.md", "[s](a.schema.json) [l](../source_solutions/one/lesson.py)")
    (page,) = docs_of(tmp_path).pages()
    assert "_files/a.schema.json" in page.text("en").html
    assert "source_solutions" not in page.text("en").html
    assert [path.name for path in (tmp_path / "out").rglob("*.*")] == ["a.schema.json"]


def test_a_link_to_a_file_that_is_missing_is_named_with_its_page(tmp_path):
    write(tmp_path / "docs" / "a.md", "[b](b.md)")
    with pytest.raises(SiteError, match=r"a\.md links to b\.md"):
        list(docs_of(tmp_path).pages())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogues_hold_the_sentences_of_the_templates_and_no_others(language):
    assert [message.id for message in words.read(language) if message.id] == words.said()


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path, capsys):
    kept = write(tmp_path / "thesis.txt", "years of work")
    with pytest.raises(SystemExit) as ended:
        main([str(tmp_path), "--course", str(EXAMPLES)])
    assert ended.value.code == 2
    assert "holds no site" in capsys.readouterr().err
    assert kept.read_text() == "years of work"


# What a page asks for or leads to.
_ADDRESS = re.compile(r'\b(?:href|src|action|data-src)="([^"]*)"')
_WEB = re.compile(r"[a-z]+:", re.IGNORECASE)


def addresses(page: Path) -> list[str]:
    return [html.unescape(found) for found in _ADDRESS.findall(page.read_text(encoding="utf-8"))]


def leads_somewhere(page: Path, address: str) -> bool:
    name, _hash, anchor = address.partition("#")
    target = page.parent / unquote(name.partition("?")[0]) if name else page
    named = not anchor or f'id="{html.escape(unquote(anchor))}"' in target.read_text(encoding="utf-8")
    return target.is_file() and named


def broken_links(site: Path) -> list[tuple[str, str]]:
    return [
        (page.relative_to(site).as_posix(), address)
        for page in site.rglob("*.html")
        for address in addresses(page)
        if not _WEB.match(address) and not leads_somewhere(page, address)
    ]


_FETCHED = {
    ".html": re.compile(r"<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)=\"((?:https?:)?//[^\"]*)\""),
    ".css": re.compile(r"url\(\s*[\"']?((?:https?:)?//[^)]*)\)|@import[^;]*"),
}


def fetched_from_elsewhere(site: Path) -> list[str]:
    """What a page or a style would fetch of another host when it is opened."""
    files = [path for path in site.rglob("*") if path.suffix in _FETCHED]
    return [found for path in files for found in _FETCHED[path.suffix].findall(path.read_text(encoding="utf-8"))]


@needs_modules
@pytest.mark.slow
def test_the_site_of_another_course_shows_what_its_solved_lesson_shows_and_executes_it_once(
    tmp_path, monkeypatch, capsys
):
    command = [
        str(tmp_path / "out"),
        "--course",
        str(EXAMPLES),
        "--lessons",
        "1",
        "--cache",
        str(tmp_path / "cache"),
        "--read-only",
    ]
    main(command)
    monkeypatch.setattr("website.solved.write_solved", None)
    main(command)
    pages = {path.name for path in (tmp_path / "out" / "ja").rglob("*.html")}
    lesson = (tmp_path / "out" / "lessons" / "least_squares.html").read_text(encoding="utf-8")
    assert pages == {"index.html", "search.html", "about.html", "least_squares.html"}
    assert not [path for path, text in guard.texts(tmp_path / "out") if "power_method" in text]
    assert '<pre class="output">' in lesson
    assert "raise</span> <span" in lesson
    assert broken_links(tmp_path / "out") == []
    assert "12 pages" in capsys.readouterr().err


@needs_modules
@pytest.mark.slow
def test_every_link_of_the_site_leads_somewhere_and_none_fetches_from_elsewhere(whole_site):
    out, site = whole_site.out, whole_site
    to_do = 1 + len(site.lessons) if site.has_lab else 0
    assert len(list(out.rglob("*.html"))) == 3 * (4 + len(site.lessons) + len(site.docs) + to_do)
    assert broken_links(out) == []
    assert fetched_from_elsewhere(out) == []


@needs_modules
@pytest.mark.slow
def test_every_exercise_has_an_anchor_in_every_language(whole_site):
    out, site = whole_site.out, whole_site
    for lesson in site.lessons:
        for tree in ("", "zh-CN", "ja"):
            page = (out / tree / lesson.address).read_text(encoding="utf-8")
            assert all(f'id="exercise-{exercise.name}"' in page for exercise in lesson.lesson.exercises)


@needs_modules
@pytest.mark.slow
def test_a_translated_lesson_is_read_in_its_language_and_another_one_in_english_with_a_word_about_it(whole_site):
    for lesson in whole_site.lessons:
        page = (whole_site.out / "ja" / lesson.address).read_text(encoding="utf-8")
        translated = (ROOT / "notebooks" / "ja" / lesson.lesson.folder).is_dir()
        assert (lesson.spoken("ja") == "ja") == translated == ('<div lang="en">\n<div class="text">' not in page)
        assert translated == ("このレッスンは英語です" not in page)


# Names of exercises, sentences, comments and imports, which may stand anywhere.
_PUBLIC = re.compile(r"[\w.]+,?$|\"|#|from |import ")


def telling_lines(path: Path) -> set[str]:
    return {line for text in path.read_text("utf-8").splitlines() if len(line := guard.evened(text)) > 25}


@needs_modules
@pytest.mark.slow
def test_no_page_holds_a_line_of_a_solution_or_of_the_cases_that_no_notebook_holds(whole_site):
    out, site = whole_site.out, whole_site
    given = " ".join(guard.evened(path.read_text("utf-8")) for path in (ROOT / "notebooks").rglob("*.ipynb"))
    solutions = {line for each in site.lessons for region in raw_regions(each.name) for line in region}
    cases = set().union(*(telling_lines(site.course.sources / each.name / "cases.py") for each in site.lessons))
    secret = [line for line in solutions | cases if line not in given and not _PUBLIC.match(line)]
    assert len(secret) > 1000
    # The pages of other languages hold the same lessons.
    english = [(path, text) for path, text in guard.texts(out) if not {"zh-CN", "ja"} & {*path.parts}]
    found = [(path.name, line) for path, text in english for line in secret if line in text]
    assert found == [], sorted(set(found))


def raw_regions(lesson: str) -> list[set[str]]:
    source = (ROOT / "source_solutions" / lesson / "lesson.py").read_text(encoding="utf-8")
    regions = re.findall(r"### START CODE HERE ###(.*?)### END CODE HERE ###", source, re.DOTALL)
    return [{line for text in region.splitlines() if len(line := guard.evened(text)) > 25} for region in regions]


def test_a_site_with_a_solution_on_a_page_is_refused(tmp_path):
    with using(EXAMPLES) as _:
        from grader.course import current

        course = current()
    region = guard.regions(course, "least_squares")[0]
    guard.check(tmp_path, course, ["least_squares"])
    write(tmp_path / "docs" / "a.html", f"<pre>{html.escape(region).replace(' ', chr(10), 2)}</pre>")
    with pytest.raises(SiteError, match="holds a solution of least_squares"):
        guard.check(tmp_path, course, ["least_squares"])


@needs_lab
def test_modules_become_bytecode_the_same_bytes_each_time_and_what_is_none_stays_a_source():
    files = {
        "lab/a.py": b"x = {1, 'b', None}\n",
        "course/b/c.py": b"def f(): pass\n",
        "lab/no.py": b"x =",
        "lab/text.txt": b"",
    }
    made = bytecode(files)
    assert sorted(made) == ["course/b/__pycache__/c.cpython-315.pyc", "lab/__pycache__/a.cpython-315.pyc"]
    assert bytecode(files) == made
