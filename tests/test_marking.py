"""`grader mark`: a person gives points on a page that only this machine's browser can reach, and that runs nothing of a student."""

import http.client
import json
import threading
from contextlib import contextmanager

import pytest

from browsing import in_browser, opened_browser
from graded import DW, LESSON, SCRIPTS, keep, result, unreadable, values
from grader.marking.desk import Desk, TypedPoints
from grader.marking.page import student_page
from grader.marking.server import HEADERS, MOST_BYTES, Server
from grader.marking.table import MarkingError
from grader.marks.tables import read_rules

NAME = LESSON.name
HEAD = "student,lesson,exercise,points,reason\n"
HOSTILE = "\n".join(SCRIPTS)
WRONG = {"propagate": (values(DW, SCRIPTS[0]),)}


@pytest.fixture
def folder(tmp_path):
    """Results of four; the course declares a question in words."""
    (tmp_path / "course.toml").write_text(f"[by_hand]\n'{NAME}::question' = 5\n", encoding="utf-8")
    code = f"def propagate(w, b, X, Y):\n    '''{HOSTILE}'''\n"
    graded = [result("ann"), result("bo", WRONG), unreadable("dee", SCRIPTS[1]), result(f"zoe {SCRIPTS[2]}", WRONG)]
    return keep(tmp_path / "results", *graded, code=code)


@contextmanager
def serving(desk):
    with Server(desk) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def server(folder):
    with serving(Desk(folder)) as server:
        yield server


def asked(server, path, body=None, method="", **headers):
    """(status, headers, text) of a request as the page makes it; a header that is None is left out."""
    sent = {"Host": f"127.0.0.1:{server.server_port}", "X-Token": server.token, "Origin": server.origin}
    sent |= {"Content-Type": "application/json"} if body is not None else {}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=20)
    try:
        connection.putrequest(
            method or ("GET" if body is None else "POST"), path, skip_host=True, skip_accept_encoding=True
        )
        data = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        if body is not None and "Content-Length" not in sent:
            sent["Content-Length"] = str(len(data))
        for name, value in sent.items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders(data)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    finally:
        connection.close()


def give(place=1, exercise="propagate", points="16.5", reason="unclear"):
    return {"place": place, "given": [{"exercise": exercise, "points": points, "reason": reason}]}


DATA = ["/class", "/student?place=1", "/everybody"]
WRITING = {
    "/give": give(),
    "/preview": {"named": f"{NAME}::propagate"},
    "/drop": {"named": f"{NAME}::propagate", "reason": "x"},
}


# ---- the walls


def test_it_listens_to_this_machine_alone_on_a_port_of_the_systems_choice(server, folder):
    assert server.server_address[0] == "127.0.0.1"
    with serving(Desk(folder)) as other:
        assert len({0, server.server_port, other.server_port}) == 3
        assert server.token != other.token
        assert asked(server, "/class", X_Token=other.token)[0] == 401


def test_the_page_works(server, folder):
    assert [asked(server, path)[0] for path in ("/", "/style.css", "/program.js", *DATA)] == [200] * 6
    assert asked(server, "/give", give())[0] == 200
    assert (folder / "overrides.csv").read_text(encoding="utf-8") == f"{HEAD}bo,{NAME},propagate,16.5,unclear\n"


# What each wall must refuse by itself, whatever else is right about a request.
REFUSED = {
    "no token": ({"X_Token": None}, 401),
    "another token": ({"X_Token": "x" * 43}, 401),
    "a token with more after it": ({"X_Token": "{token}x"}, 401),
    "a token that is no ASCII": ({"X_Token": "ÿ".encode("latin-1")}, 401),
    "the token in the address": ({"X_Token": None, "path": "&token={token}"}, 401),
    "the token in a cookie": ({"X_Token": None, "Cookie": "token={token}"}, 401),
    "a name that leads here": ({"Host": "evil.example:{port}"}, 403),
    "this machine by another name": ({"Host": "localhost:{port}"}, 403),
    "another port": ({"Host": "127.0.0.1:1"}, 403),
    "no port": ({"Host": "127.0.0.1"}, 403),
    "no host": ({"Host": None}, 403),
    "another page": ({"Origin": "http://evil.example"}, 403),
    "a page of another program here": ({"Origin": "http://127.0.0.1:1"}, 403),
    "a page without an origin": ({"Origin": "null"}, 403),
    "another site, as the browser says": ({"Sec_Fetch_Site": "cross-site"}, 403),
    "another port of this site, as the browser says": ({"Sec_Fetch_Site": "same-site"}, 403),
}


@pytest.mark.parametrize("name", REFUSED)
def test_each_wall_refuses_by_itself_and_nothing_is_told_or_written(server, folder, name):
    headers, status = REFUSED[name]
    filled = {
        key: value.format(token=server.token, port=server.server_port) if isinstance(value, str) else value
        for key, value in headers.items()
    }
    more = filled.pop("path", "")
    for path, body in [
        *((path + more, None) for path in DATA),
        *((path + more, body) for path, body in WRITING.items()),
    ]:
        answer = asked(server, path, body, **filled)
        assert answer[0] == status, (path, answer)
        assert "bo" not in answer[2].replace("body", "")
    assert not (folder / "overrides.csv").exists()


def test_what_changes_something_must_say_where_it_comes_from(server, folder):
    assert asked(server, "/give", give(), Origin=None)[0] == 403
    assert asked(server, "/class", Origin=None)[0] == 200
    assert not (folder / "overrides.csv").exists()


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "HEAD", "TRACE", "CONNECT"])
def test_other_methods_are_refused_so_that_no_other_page_may_ask_for_leave(server, method):
    status, headers, _text = asked(server, "/class", method=method)
    assert status in (400, 501)
    assert not [name for name in headers if name.lower().startswith("access-control")]


PATHS = [
    "/../results/gradebook.sqlite", "/..%2f..%2fetc/passwd", "/%2e%2e/overrides.csv", "//etc/passwd", "/static/../../course.toml",
    "/gradebook.sqlite", "/overrides.csv", "/mark.js", "/report/report.css", "/class/", "/CLASS", "/class%00", "/./class", "\\..\\x",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_no_file_is_found_by_a_path(server, path):
    for body in (None, {}):
        assert asked(server, path, body)[0] == 404
        assert asked(server, path, body, X_Token=None)[0] == 401


@pytest.mark.parametrize("place", ["-1", "4", "1e0", "", "x", "²", "99999999999999999999", "../1", "True"])
def test_only_a_submission_that_is_there_is_shown(server, place):
    from urllib.parse import quote

    assert asked(server, f"/student?place={quote(place)}")[0] == 400
    assert asked(server, "/give", give(place))[0] == 400


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{", {}, 400),
        (b"[" * 100_000, {}, 400),
        (b"[]", {}, 400),
        (b"\xff", {}, 400),
        ({}, {}, 400),
        ({"place": 1, "given": [1]}, {}, 400),
        ({"place": 1, "given": [{"exercise": 1, "points": "1", "reason": "x"}]}, {}, 400),
        (give(), {"Content_Type": "text/plain"}, 415),
        (give(), {"Content_Type": "application/x-www-form-urlencoded"}, 415),
        (give(), {"Transfer_Encoding": "chunked"}, 415),
        (b"{}", {"Content-Length": str(MOST_BYTES + 1)}, 413),
        (b"{}", {"Content-Length": "9" * 30}, 413),
        (b"{}", {"Content-Length": "-1"}, 413),
        (b"{}", {"Content-Length": None}, 411),
    ],
)
def test_what_is_no_request_of_the_page_is_refused(server, folder, body, headers, status):
    assert asked(server, "/give", body, **headers)[0] == status
    assert not (folder / "overrides.csv").exists()


def test_every_answer_forbids_frames_scripts_of_others_and_being_kept(server):
    answers = [
        asked(server, "/"),
        asked(server, "/class"),
        asked(server, "/class", X_Token=None),
        asked(server, "/x", method="PUT"),
    ]
    for _status, headers, _text in answers:
        assert HEADERS.items() <= headers.items()
        assert "Set-Cookie" not in headers
        assert headers["Server"] == "grader"
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for text in (asked(server, "/")[2], asked(server, "/student?place=2")[2]):
        assert "<script>" not in text
        assert " style=" not in text


def test_nothing_of_the_class_is_told_without_the_token(server):
    for path in ("/", "/style.css", "/program.js"):
        status, _headers, text = asked(server, path, X_Token=None)
        assert status == 200
        assert "ann" not in text.replace("channel", "")
        assert server.token not in text


def test_the_token_is_in_the_part_of_the_address_that_no_server_sees(server):
    assert server.address == f"{server.origin}/#token={server.token}"
    assert len(server.token) > 40


def test_what_a_student_wrote_is_text(server):
    for place in (1, 2, 3):
        text = json.loads(asked(server, f"/student?place={place}")[2])["page"]
        for script in SCRIPTS:
            if "<" in script:
                assert script not in text
        assert "&lt;script&gt;" in text or "&lt;img" in text


def test_what_is_written_in_words_is_shown_where_the_files_are_named(folder, tmp_path):
    import hashlib

    from grader.marking.answers import answers
    from making import lesson_notebook

    handed_out = json.loads(lesson_notebook(LESSON, released=True))
    answer = next(cell for cell in handed_out["cells"] if cell["id"].startswith("answer_"))
    answer["source"] = [f"Because the mean is taken. {SCRIPTS[0]}"]
    data = json.dumps(handed_out).encode()
    (tmp_path / "files" / "deep").mkdir(parents=True)
    (tmp_path / "files" / "deep" / "any name.ipynb").write_bytes(data)
    (tmp_path / "files" / "broken.ipynb").write_bytes(b"{")
    digest = hashlib.sha256(data).hexdigest()
    (cell,) = answers(tmp_path / "files", {digest: NAME, "of no file": NAME})[digest]
    assert cell.source.startswith("Because the mean is taken.")
    page = student_page(Desk(folder).mark(0), (), (cell,))
    assert "Because the mean is taken. &lt;script&gt;" in page
    assert "--files FOLDER" in student_page(Desk(folder).mark(0), ())
    assert "Nothing is written in words" in student_page(Desk(folder).mark(0), (), ())


# ---- what is written


def written(folder):
    return (folder / "overrides.csv").read_text(encoding="utf-8")


def test_what_stands_in_the_table_stays_as_it_is(folder):
    (folder / "overrides.csv").write_bytes(
        f"sep=;\r\nlesson;student;points;exercise;reason;mine\r\n{NAME};ann;7,5;propagate;mail;x\r\n{NAME};bo;3;predict;old;y\r\n".encode()
    )
    desk = Desk(folder)
    assert desk.give(1, [TypedPoints("predict", "4.5", "new")]).override("predict").points == 4.5
    desk.give(1, [TypedPoints("question", "2.5", "short; but right")])
    assert written(folder).splitlines() == [
        "sep=;",
        "lesson;student;points;exercise;reason;mine",
        f"{NAME};ann;7,5;propagate;mail;x",
        f"{NAME};bo;4,5;predict;new;y",
        f'{NAME};bo;2,5;question;"short; but right";',
    ]
    desk.give(0, [TypedPoints("propagate", "", "")])
    assert "ann" not in written(folder)


def test_points_that_cannot_be_read_are_refused_before_they_are_written(folder):
    desk = Desk(folder)
    desk.give(1, [TypedPoints("propagate", "7", "x")])
    before = written(folder)
    for given, said in [
        (TypedPoints("propagate", "21", "x"), "from 0 to 20"),
        (TypedPoints("propagate", "seven", "x"), "from 0 to 20"),
        (TypedPoints("propagat", "7", "x"), "no exercise"),
        (TypedPoints("question", "6", "x"), "from 0 to 5"),
        (TypedPoints("propagate", "7", ""), "no reason"),
        (TypedPoints("propagate", "", "why"), "no points"),
    ]:
        with pytest.raises(MarkingError, match=said):
            desk.give(1, [given])
    assert written(folder) == before


def test_a_line_that_somebody_broke_meanwhile_is_named_and_left_as_it_is(folder, server):
    broken = f"{HEAD}bo,{NAME},propagate,many,x\n"
    (folder / "overrides.csv").write_text(broken, encoding="utf-8")
    status, _headers, text = asked(server, "/give", give(exercise="predict", points="1"))
    assert (status, written(folder)) == (400, broken)
    assert "overrides.csv, line 2: the points are 'many'" in json.loads(text)["error"]


def test_a_name_and_a_reason_that_would_be_a_formula_are_text_and_come_back(folder):
    keep(folder, result("=cmd"))
    desk = Desk(folder)
    place = next(n for n, mark in enumerate(desk.marks()) if mark.result.student == "=cmd")
    desk.give(place, [TypedPoints("propagate", "7", "=1+1")])
    assert f"'=cmd,{NAME},propagate,7,'=1+1" in written(folder)
    (one,) = read_rules(folder).overrides["=cmd", NAME]
    assert (one.points, one.reason) == (7, "=1+1")


def test_a_file_that_could_not_be_graded_gets_points(folder):
    mark = Desk(folder).give(2, [TypedPoints("propagate", "7", "on paper"), TypedPoints("bonus", "1", "neat")])
    assert (mark.is_graded, mark.final) == (True, 8)


def test_a_drop_is_previewed_and_changes_nothing_until_it_is_written(folder):
    desk, named = Desk(folder), f"{NAME}::propagate::{DW}"
    lines = desk.preview(named)
    assert lines[0] == "3 marks: now 96.0 of 105 points on average, then 94.0 of 99."
    assert lines[1].startswith("The share of the points rises for 2: bo (94 to 94)")
    assert lines[2].startswith("The share of the points falls for 1: ann (100 to 94)")
    assert not (folder / "overrides.csv").exists()
    desk.drop(named, "the text was unclear")
    assert desk.dropped() == {named: "the text was unclear"}
    assert [mark.most for mark in desk.marks()] == [99] * 4
    desk.drop(named, "")
    assert desk.dropped() == {}


def test_the_command_drops_with_a_preview(folder, grader_command):
    named = f"{NAME}::propagate"
    ran = grader_command("mark", folder, "--drop", named, "--preview")
    assert (ran.code, ran.lines) == (0, ["Nothing was written."])
    assert "3 marks: now" in ran.out
    assert grader_command("mark", folder, "--drop", named).code == 2
    assert grader_command("mark", folder, "--drop", f"{NAME}::nothing", "--preview").code == 2
    assert grader_command("mark", folder, "--drop", named, "--reason", "was given").code == 0
    assert written(folder) == f"{HEAD}*,{NAME},propagate,dropped,was given\n"


# ---- in a browser


@pytest.fixture(scope="module")
def browser():
    with opened_browser() as opened:
        yield opened


def wait(browser, script):
    from selenium.webdriver.support.ui import WebDriverWait

    return WebDriverWait(browser, 20).until(lambda b: b.execute_script(f"return {script}"))


@in_browser
def test_points_are_given_with_the_keyboard_alone(browser, server, folder):
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    browser.get(server.address)
    wait(browser, "document.title.startsWith('ann')")
    assert server.token not in browser.current_url

    def type_(*keys):
        browser.switch_to.active_element.send_keys(*keys)

    type_("n")
    wait(browser, "document.title.startsWith('bo')")
    type_("m")
    type_("3.5", Keys.TAB, "good thought", Keys.ENTER)
    wait(browser, "document.getElementById('said').textContent.startsWith('Saved: bo has 97.5 of 105')")
    assert written(folder) == f"{HEAD}bo,{NAME},question,3.5,good thought\n"
    field = browser.find_element(By.CSS_SELECTOR, "[data-exercise=predict] .points")
    field.send_keys("99", Keys.TAB, "typo", Keys.CONTROL, Keys.ENTER)
    wait(browser, "document.getElementById('said').classList.contains('refused')")
    assert browser.title.startswith("bo")


@in_browser
def test_a_page_without_the_token_shows_nothing(browser, server):
    browser.get("about:blank")
    browser.get(server.origin + "/")
    browser.execute_script("sessionStorage.clear()")
    browser.get("about:blank")
    browser.get(server.origin + "/")
    assert "grader mark" in browser.find_element("css selector", "main").text
    assert browser.execute_script("return document.getElementById('who').options.length") == 0


@in_browser
@pytest.mark.parametrize(("scheme", "width"), [("light", 400), ("dark", 1280)])
def test_the_page_is_for_everybody_and_runs_nothing_of_a_student(browser, server, scheme, width):
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from axe_selenium_python import Axe
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get("about:blank")
    browser.get(server.address)
    wait(browser, "document.title.startsWith('ann')")
    for place in (2, 3, 4):
        browser.find_element("id", "next").click()
        wait(browser, f"document.getElementById('place').textContent.startsWith('{place} of')")
    for view in ("student", "everybody"):
        if view == "everybody":
            browser.find_element("id", "everybody").click()
            wait(browser, "document.getElementById('what')")
        browser.execute_script("document.querySelectorAll('*').forEach(e => e.dispatchEvent(new Event('mouseover')))")
        assert browser.title != "ran"
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
        axe = Axe(browser)
        axe.inject()
        found = axe.run()
        assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found["violations"]] == []
        assert len(found["passes"]) > 15
