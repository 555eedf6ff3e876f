"""A lesson in another language is the same lesson: the same cells, ids, code and checks, in other words."""

import ast
import importlib.util
import itertools
import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import grader
import nnlab
from grader import lesson_names
from grader.authoring import build, catalogues, prose, shown, translation
from grader.course import current
from grader.running.notebook import read_cells
from grader.student import switching
from grader.submissions.opened import lesson_of
from grader.words import columns
from nnlab.words import WORDS

each_lesson = pytest.mark.parametrize("name", lesson_names())


@pytest.fixture(scope="module")
def fonts():
    """What makes the fonts of the figures."""
    spec = importlib.util.spec_from_file_location("fonts", Path(__file__).parents[1] / ".ci" / "fonts.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def source_of(name):
    from grader.authoring import conversion

    lesson = current().declared(name)
    return conversion.read_source(lesson, build.source_of(lesson).read_text(encoding="utf-8"))


def released(notebook):
    """The bytes of a lesson as its students get it."""
    from grader.authoring import conversion

    return conversion.notebook_text(conversion.release(notebook)).encode()


def otherwise(sentence):
    return f"{sentence} 字"


def in_other_words(notebook, language="ja"):
    return translation.translated(notebook, language, otherwise, lambda _lesson: otherwise)


def without_texts(source):
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
        if isinstance(node, ast.JoinedStr):
            node.values = [one for one in node.values if isinstance(one, ast.FormattedValue)]
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "grader.load":
            node.keywords = []
    return ast.dump(tree)


@each_lesson
def test_it_has_the_same_cells_ids_and_code(name):
    lesson = source_of(name)
    other = in_other_words(lesson)
    assert [(one.id, one.cell_type, one.metadata) for one in other.cells] == [
        (one.id, one.cell_type, one.metadata) for one in lesson.cells
    ]
    for one, now in zip(lesson.cells, other.cells, strict=True):
        if one.cell_type == "code":
            assert without_texts(now.source) == without_texts(one.source)
    changed = Counter(one.cell_type for one, now in zip(lesson.cells, other.cells, strict=True) if one != now)
    assert changed["markdown"] > 0.9 * sum(
        one.cell_type == "markdown" and prose.has_words(one.source) for one in lesson.cells
    )


@each_lesson
def test_no_sentence_is_cut_by_a_number_at_the_beginning_of_a_line(name):
    # Markdown takes "01. The bias" for the first point of a list, in the middle of a paragraph too.
    for cell in source_of(name).cells:
        lines = cell.source.split("\n") if cell.cell_type == "markdown" else []
        cut = [
            (a, b) for a, b in itertools.pairwise(lines) if re.match(r"0*1[.)] ", b) and re.match(r"[A-Z`(].*\w$", a)
        ]
        assert cut == []


@each_lesson
def test_with_the_same_words_it_is_the_same_to_the_byte(name):
    lesson = source_of(name)
    same = translation.translated(lesson, "ja", str, lambda _lesson: str)
    loading = [n for n, cell in enumerate(lesson.cells) if "grader.load(" in cell.source]
    differing = [n for n, pair in enumerate(zip(lesson.cells, same.cells, strict=True)) if pair[0] != pair[1]]
    assert differing == loading
    assert f'grader.load("{name}", language="ja")' in same.cells[loading[0]].source


@each_lesson
def test_its_copies_are_submissions_of_the_lesson(name):
    data = released(in_other_words(source_of(name)))
    assert lesson_of(read_cells(data), "any.ipynb") == name


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("# A **word**\n\ntwo\nlines\n\n* one\n* two\n  lines\n", ["A **word**", "two lines", "one", "two lines"]),
        ("$$a + b$$\n\n`code`\n\n![](picture.png)", []),
        ("$x$ is a word; [a link](#there)", ["$x$ is a word; [a link](#there)"]),
        ("| a word | $x$ |\n|---|---|\n| $y$ | 1 |\n| of | two |", ["| a word | $x$ |", "| of | two |"]),
        ("| layer | 层 | 層 |\n|---|---|---|\n| a word | | |", ["| a word | | |"]),
        ("<details><summary>Hint 1</summary>\n\nTry it.\n\n</details>", ["Hint 1", "Try it."]),
        ("1. first\n2. second\n\n> said", ["first", "second", "said"]),
        ("$$x \\text{ gives } \\text{relu}(y) \\quad \\text{if } y$$\n\nafter", ["gives", "if", "after"]),
        ("$$\n\\begin{aligned}\n- a \\\\\n- b\n\\end{aligned}\n$$\n\nafter", ["after"]),
    ],
)
def test_sentences_are_those_with_words(source, found):
    assert [passage.text for passage in prose.passages(source)] == found
    assert prose.translated_markdown(source, str) == source


@given(
    st.lists(
        st.sampled_from(["# A head", "some words", "* a point", "- b", "| a | b |\n|--|--|\n| cc | dd |", "$$x$$", ""])
    )
)
def test_every_sentence_is_replaced_where_it_stands(blocks):
    source = "\n\n".join(blocks)
    there = [passage.text for passage in prose.passages(source)]
    assert [passage.text for passage in prose.passages(prose.translated_markdown(source, str.upper))] == [
        one.upper() for one in there
    ]


def test_what_is_looked_up_is_no_text():
    cells = [
        "costs = {'rate one': 1}\nprint('the cost', costs['rate one'])",
        "nnlab.draw_lines({'Adam': run('Adam')})\nrun = 'Adam'",
    ]
    names = shown.names_in(cells)
    assert [text.said for cell in cells for text in shown.texts(cell, names)] == ["the cost"]


@pytest.mark.parametrize(
    ("source", "other", "made"),
    [
        ('print("two words")', "二つ", 'print("二つ")'),
        ('print("two " "words", 1)', 'a "b" \\ \n', 'print("a \\"b\\" \\\\ \\n", 1)'),
        ("print(f\"{n:3d} steps of {d['a']}\")", "{d['a']} の {n:3d}", "print(f\"{d['a']} の {n:3d}\")"),
        ("print(f\"{n} step{'s' if n > 1 else ''}\")", "{n} 歩", 'print(f"{n} 歩")'),
        ('print(f"{n} steps")', "no gap", 'print(f"{n} steps")'),
        ('print(f"{n} steps, {{x}}")', "{n} 歩、{{x}}", 'print(f"{n} 歩、{{x}}")'),
        ('"文"; print("two words", f(x))', "文字", '"文"; print("文字", f(x))'),
    ],
)
def test_a_text_keeps_its_gaps_and_its_place(source, other, made):
    assert shown.translated_code(source, lambda _text: other) == made


def test_a_link_leads_to_the_heading_as_it_is_now():
    from nbformat import v4

    cells = [
        v4.new_markdown_cell(text)
        for text in ("## All words\n\nsee [it](#All-words)", "[there](../01_a/a.ipynb#The-end)")
    ]
    lesson = v4.new_notebook(cells=cells, metadata={"nn_by_hand": {"lesson": "b"}})
    said = {"All words": "全部 の 語", "see [it](#All-words)": "見よ [it](#All-words)"}
    made = translation.translated(lesson, "ja", lambda one: said.get(one, one), lambda _name: {"The end": "終わり"}.get)
    assert [cell.source for cell in made.cells] == [
        "## 全部 の 語\n\n見よ [it](#全部-の-語)",
        "[there](../01_a/a.ipynb#終わり)",
    ]


def test_a_notebook_changes_its_language_and_keeps_what_was_written(monkeypatch, tmp_path):
    lesson = source_of("logistic_regression")
    texts = {language: released(made) for language, made in (("", lesson), ("ja", in_other_words(lesson)))}
    paths = [tmp_path / language / "logistic_regression.ipynb" for language in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text)
    monkeypatch.setattr(switching, "copies", lambda _course: paths)
    mine = json.loads(texts[""])
    mine["cells"][0]["source"] = "# My title"
    mine["cells"].insert(3, {"cell_type": "markdown", "id": "mine", "metadata": {}, "source": "a note"})
    now = json.loads(switching.switched(json.dumps(mine).encode(), texts["ja"]))
    assert [cell["id"] for cell in now["cells"]] == [cell["id"] for cell in mine["cells"]]
    assert "".join(now["cells"][0]["source"]) == "# My title"
    assert now["cells"][3] == mine["cells"][3]
    assert sum("字" in "".join(cell["source"]) for cell in now["cells"]) > len(now["cells"]) / 2
    back = json.loads(switching.switched(json.dumps(now).encode(), texts[""]))
    assert [cell["source"] for cell in back["cells"]] == [cell["source"] for cell in mine["cells"]]


@pytest.mark.parametrize("other", [b"", b"{}", b'{"cells": 3}', b'{"cells": [3], "metadata": {}}', b"[" * 9000])
def test_what_is_no_notebook_of_ours_stays(other):
    wanted = released(source_of("cnn"))
    assert switching.switched(other, wanted) == other
    assert switching.switched(wanted, other) == wanted


@pytest.mark.slow
def test_a_solved_lesson_runs_in_other_words():
    from grader.authoring import conversion

    solved = conversion.solve(
        current().declared("initialisation"), in_other_words(source_of("initialisation"), "zh_CN")
    )
    assert any("字" in str(cell.get("outputs")) for cell in solved.cells)


@each_lesson
def test_its_sentences_are_in_its_catalogues_in_the_order_of_the_notebook(name):
    lesson = current().declared(name)
    ids = catalogues.lesson_sentences(lesson)
    assert ids[-len(catalogues.notebook_sentences(lesson)) :] == catalogues.notebook_sentences(lesson)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("language", ["zh_CN", "ja"])
def test_every_letter_of_a_figure_is_in_the_font_that_the_course_brings(language, fonts):
    from fontTools.ttLib import TTFont

    font = TTFont(fonts.FOLDER / f"{fonts.FONTS[language][0]}.otf")
    assert fonts.letters(language) <= {chr(code) for code in font.getBestCmap()}, "run `python .ci/fonts.py`"


@pytest.mark.parametrize("language", ["zh_CN", "ja"])
def test_what_is_drawn_in_another_script_shares_no_line_with_a_formula(language, fonts):
    # matplotlib looks up letters beside a formula in one font alone.
    texts = [line for text in fonts.texts(language) for line in text.split("\n") if "$" in line]
    assert [line for line in texts if any(ord(letter) > 0x2E7F for letter in line)] == []


@pytest.mark.parametrize(("language", "stem"), [("ja", "ja"), ("zh_CN", "zh")])
def test_figures_have_the_letters_of_their_language(language, stem):
    # With bold numbers: matplotlib would say on stderr that a font has no bold letters.
    code = (
        "import io, nnlab, matplotlib; figure = nnlab.draw_ladder(2); figure.savefig(io.BytesIO());"
        "print(matplotlib.rcParams['font.family'][1])"
    )
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={**os.environ, "NNBH_LANG": language},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.stdout.strip(), ran.stderr) == (f"nnlab letters {stem}", "")


def test_every_word_that_figures_have_of_their_own_is_said_in_each_language():
    modules = [path for path in Path(nnlab.__file__).parent.glob("*.py") if path.stem != "words"]
    nodes = [node for path in modules for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    said = {node.value for node in nodes if isinstance(node, ast.Constant)}
    asked = {text for node in nodes if (text := said_by(node))}
    sources = "".join(path.read_text(encoding="utf-8") for path in current().sources.glob("*/lesson.py"))
    for words in WORDS.values():
        names = words.keys() - said
        assert {name for name in names if f'"{name}"' not in sources} <= {*CLASSES}
        assert asked <= words.keys()
        assert [text for text, other in words.items() if sorted(gaps(text)) != sorted(gaps(other))] == []
    assert len({frozenset(words) for words in WORDS.values()}) == 1


def said_by(node: ast.AST) -> str | None:
    """The text that `say("...")` says; None for anything else."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "say" and isinstance(node.args[0], ast.Constant):
        return str(node.args[0].value)
    return None


# What the data sets call their labels.
CLASSES = ("brick", "cat", "even", "grass", "gravel", "non-cat", "odd")


def test_the_classes_of_a_data_set_are_called_in_the_language_of_the_notebook(monkeypatch):
    monkeypatch.setenv("NNBH_LANG", "ja")
    assert nnlab.load_dataset("digits").classes == ["偶数", "奇数"]
    monkeypatch.setenv("NNBH_LANG", "en")
    assert nnlab.load_dataset("digits").classes == ["even", "odd"]


@pytest.mark.parametrize(
    ("language", "said"), [("ja", "勾配降下法"), ("zh_CN", "梯度下降"), ("en", "gradient descent")]
)
def test_a_name_in_a_table_is_in_the_language_of_the_notebook_and_as_wide_in_each(language, said, monkeypatch):
    monkeypatch.setenv("NNBH_LANG", language)
    padded = nnlab.padded("gradient descent", 21)
    assert padded.rstrip() == nnlab.say("gradient descent") == said
    assert columns.width(padded) == 21


def gaps(text: str) -> list[str]:
    return re.findall(r"{[^}]*}", text.replace("^{", "^("))


@pytest.mark.parametrize(("language", "said"), [("ja", "入力"), ("zh_CN", "输入"), ("en", "inputs")])
def test_a_figure_has_the_words_of_the_language_that_its_notebook_was_loaded_with(language, said, monkeypatch):
    monkeypatch.delenv("NNBH_LANG")
    grader.load("deep_net", language=language)
    drawn = [text.get_text() for text in nnlab.draw_layers([4, 3, 1]).axes[0].texts]
    assert drawn[0] == f"{said}\n4"


def test_every_figure_begins_where_its_letters_are_read():
    sources = {
        path.name: path.read_text(encoding="utf-8") for path in (Path(__file__).parents[1] / "nnlab").glob("*.py")
    }
    made = {name for name, source in sources.items() if re.search(r"(?<!\w)Figure\(figsize", source)}
    assert all("read_every_letter()" in sources[name] for name in made), made
