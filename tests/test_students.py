"""Whose each file is, over a whole run: the forms of platforms, folders as people have them, and the instructor's pattern."""

import io
import unicodedata
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.submissions.collect import Asked, collect
from grader.submissions.labels import label
from grader.submissions.names import code_page
from grader.submissions.outstanding import problems, without_grade
from grader.submissions.patterns import PatternError, compiled
from grader.submissions.platforms import claim_of, gradescope
from grader.submissions.records import Status
from making import notebook

LESSON = "logistic_regression"
COURSE = "02_logistic_regression/logistic_regression.ipynb"


def own(n):
    """A notebook whose exercise is like nobody else's."""
    return notebook([f"def initialize_with_zeros(dim):\n    return np.zeros((dim, 1)), {n}.5"])


def zipped(members):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def made(folder, files):
    """Files in a folder: bytes, or None for an empty folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir() if data is None else path.write_bytes(data)
    return folder


def found(folder, files, asked=LESSON, **options):
    return collect([made(folder, files)], Asked(asked, **options))


def students(rows):
    return {row.student for row in rows if row.status is Status.GRADE}


FORMS = {
    "GitHub Classroom": lambda name: (
        f"logistic-regression-submissions/logistic-regression-{name}/logistic_regression.ipynb"
    ),
    "GitHub Classroom with the course's layout": lambda name: f"week08-{name}/notebooks/{COURSE}",
    "grader start": lambda name: f"{name}/nn-by-hand/{COURSE}",
    "untitled": lambda name: f"{name}/Untitled.ipynb",
    "name and lesson": lambda name: f"{name} - logistic regression/homework.ipynb",
    "a file each": lambda name: f"{name}_logistic_regression.ipynb",
    "Google Classroom": lambda name: f"{name} - Logistic Regression.ipynb",
    "Moodle": lambda name: f"{name}_{sum(map(ord, name))}{len(name)}_assignsubmission_file_/{COURSE}",
    "nbgrader": lambda name: f"submitted/{name}/{COURSE}",
    "Blackboard": lambda name: f"Lab_2_{name}_attempt_2026-11-22-23-59-01_homework.ipynb",
    "Brightspace": lambda name: f"1{sum(map(ord, name))}-77 - {name} - Nov 22, 2026 1159 PM/homework.ipynb",
    "Teams": lambda name: f"Student Work/Submitted files/{name}/Week 3/Version 1/homework.ipynb",
    "a term": lambda name: f"2026/week 3/{name}/homework.ipynb",
}
NAMES = st.lists(st.from_regex(r"[a-z]{4,9}x[a-z]{2}", fullmatch=True), min_size=2, max_size=6, unique=True)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=8, deadline=None)
@given(names=NAMES)
def test_students_found_are_students_made_and_rows_are_files(form, names, tmp_path_factory):
    files = {FORMS[form](name): own(n) for n, name in enumerate(names)}
    rows = found(tmp_path_factory.mktemp("class"), files)
    assert students(rows) == set(names)
    assert len(rows) == len(files)
    assert all(row.student in row.file for row in rows)


@pytest.mark.parametrize("form", FORMS)
def test_a_class_in_one_archive_is_the_class(form, tmp_path):
    names = ["anna", "ben", "chloe"]
    files = {FORMS[form](name): own(n) for n, name in enumerate(names)}
    (tmp_path / "all.zip").write_bytes(zipped(files))
    assert students(collect([tmp_path / "all.zip"], Asked(LESSON))) == set(names)


@given(names=NAMES, order=st.randoms())
@settings(max_examples=10, deadline=None)
def test_the_order_of_the_paths_does_not_matter(names, order, tmp_path_factory):
    folder = made(tmp_path_factory.mktemp("class"), {f"{name}/Untitled.ipynb": own(n) for n, name in enumerate(names)})
    paths = [folder / name for name in names]
    shuffled = order.sample(paths, len(paths))
    assert {(r.file, r.student) for r in collect(paths, Asked(LESSON))} == {
        (r.file, r.student) for r in collect(shuffled, Asked(LESSON))
    }


@given(names=NAMES)
@settings(max_examples=10, deadline=None)
def test_a_later_run_adds_people_and_renames_nobody(names, tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    first = found(folder, {f"project-of-{names[0]}/x.ipynb": own(0)})
    rows = {f"project-of-{name}/x.ipynb": own(n) for n, name in enumerate(names)}
    later = collect([made(folder, rows)], Asked(LESSON), first)
    before = {row.file: row.student for row in first}
    assert {row.file: row.student for row in later if row.file in before} == before
    assert len(students(later)) == len(names)


# ---- what must never be one person


def test_two_of_one_name_in_two_sections_are_asked_and_everybody_else_is_graded(tmp_path):
    people = {"A": ["Ada", "Ben", "Eva"], "B": ["Ada", "Cyd", "Dan"]}
    files = {f"Section {s}/{name}/x.ipynb": own(f"{ord(s)}{n}") for s in people for n, name in enumerate(people[s])}
    rows = found(tmp_path, files)
    assert {row.file for row in rows if row.status is Status.UNDECIDED} == {
        "Section A/Ada/x.ipynb",
        "Section B/Ada/x.ipynb",
    }
    assert students(rows) == {"Ben", "Eva", "Cyd", "Dan"}


def test_the_numbers_of_a_platform_tell_two_of_one_name_apart(tmp_path):
    people = ["Jane Doe_123", "Jane Doe_125", "Jim Poe_124"]
    rows = found(tmp_path, {f"{one}_assignsubmission_file_/x.ipynb": own(n) for n, one in enumerate(people)})
    assert students(rows) == {"Jane Doe (123)", "Jane Doe (125)", "Jim Poe"}


def test_of_people_without_names_the_number_is_the_name(tmp_path):
    people = ["Participant_771020", "Participant_771021"]
    rows = found(tmp_path, {f"{one}_assignsubmission_file_x.ipynb": own(n) for n, one in enumerate(people)})
    assert students(rows) == {"Participant 771020", "Participant 771021"}


@pytest.mark.parametrize("inside", ["Ben/x.ipynb", "Ben.ipynb", "ben_7_12345_x.ipynb"])
def test_an_archive_does_not_speak_for_others(inside, tmp_path):
    other = "ben_7_12346_x.ipynb" if "_" in inside else "Ben/x.ipynb"
    files = {"Ada.zip": zipped({inside: own(1), "Ada/y.ipynb": own(2)}), other: own(3), "Cyd/x.ipynb": own(4)}
    rows = {row.file: row for row in found(tmp_path, files)}
    assert rows[f"Ada.zip/{inside}"].status is Status.UNDECIDED
    assert rows[other].status is Status.GRADE
    assert rows["Ada.zip/Ada/y.ipynb"].student == "Ada"


def test_whose_name_ends_as_the_assignment_s_keeps_it_where_that_was_taken_away_before_all_of_them(tmp_path):
    people = ["kim", "kim-logistic-regression", "zoe"]
    files = {f"logistic-regression-{name}/x.ipynb": own(n) for n, name in enumerate(people)}
    assert students(found(tmp_path / "a", files)) == set(people)
    titled = {f"hw2_{name}_logistic_regression{' (1)' * n}/x.ipynb": own(n) for n, name in enumerate(["ada", "ben"])}
    assert students(found(tmp_path / "b", {**titled, "hw2_cyd/x.ipynb": own(9)})) == {"ada", "ben", "cyd"}


def test_of_one_folder_alone_it_is_asked_whether_it_is_a_student_or_holds_several(tmp_path):
    files = {"Ada Lovelace/first try.ipynb": own(1), "Ada Lovelace/better.ipynb": own(2)}
    rows = found(tmp_path / "first", files)
    assert {(row.student, row.status) for row in rows} == {("Ada Lovelace", Status.UNDECIDED)}
    # Whoever is known is no class, and who is known stands in one.
    known = found(tmp_path / "before", {"Ada Lovelace/x.ipynb": own(3), "Ben/x.ipynb": own(4)})
    rows = collect([made(tmp_path / "first", files)], Asked(LESSON), known)
    assert {row.student for row in rows} == {"Ada Lovelace"}
    known = found(tmp_path / "others", {"better/x.ipynb": own(3), "Ben/x.ipynb": own(4)})
    rows = collect([made(tmp_path / "first", files)], Asked(LESSON), known)
    assert {row.student for row in rows} == {"first try", "better"}


@pytest.mark.parametrize("folder", ["Section A", "CS 229", "hw2", "submissions"])
def test_a_folder_named_for_a_class_is_no_student(folder, tmp_path):
    assert students(found(tmp_path, {f"{folder}/ada.ipynb": own(1), f"{folder}/ben.ipynb": own(2)})) == {"ada", "ben"}


def test_while_nobody_is_to_be_known_canvas_has_a_word_for_each(tmp_path):
    files = ["anon_x7H2Q_9001_hw.ipynb", "anon_x7H2Q_9005_hw-1.ipynb", "LATE_anon_b3KfR_9002_hw.ipynb"]
    rows = {row.file: row for row in found(tmp_path, {name: own(n) for n, name in enumerate(files)})}
    assert [rows[name].student for name in files] == ["anon_x7H2Q", "anon_x7H2Q", "anon_b3KfR"]
    assert [rows[name].status for name in files] == [Status.REPLACED, Status.GRADE, Status.GRADE]
    assert [rows[name].late for name in files] == [False, False, True]


def test_nbgrader_s_exchange_says_who_and_when(tmp_path):
    times = {
        "ada+ps1+2026-11-22 20:01:02.123456 UTC+aa": 20,
        "ada+ps1+2026-11-22 21:01:02.123456 UTC+bb": 21,
        "ben+ps1+2026-11-22 22:05:02 UTC": 22,
    }
    files = {f"{folder}/x.ipynb": own(n) for n, folder in enumerate(times)}
    stamps = {f"{folder}/timestamp.txt": b"2020-01-01 00:00:00 UTC" for folder in times}
    rows = {row.file: row for row in found(tmp_path, files | stamps)}
    assert [rows[name].student for name in files] == ["ada", "ada", "ben"]
    assert [rows[name].status for name in files] == [Status.REPLACED, Status.GRADE, Status.GRADE]
    assert [rows[name].handed_in.hour for name in files] == [*times.values()]
    assert all(rows[name].status is Status.IGNORED for name in stamps)


def test_who_is_in_no_group_of_moodle_hands_in_without_a_number(tmp_path):
    files = {f"{group}_assignsubmission_file/x.ipynb": own(n) for n, group in enumerate(["Group A_7", "Default group"])}
    assert students(found(tmp_path, {f"CS101-hw-4711/{name}": data for name, data in files.items()})) == {
        "Group A",
        "Default group",
    }


def test_whose_number_alone_is_known_is_named_with_it_also_in_a_doubt(tmp_path):
    inside = zipped({"Participant_771020_assignsubmission_file_x.ipynb": own(1), "y.ipynb": own(2)})
    others = {f"Participant_77102{n}_assignsubmission_file_x.ipynb": own(n) for n in (1, 2, 3)}
    rows = {row.file: row for row in found(tmp_path, {"Ada.zip": inside, **others})}
    (row,) = [row for name, row in rows.items() if name.startswith("Ada.zip/Participant")]
    assert row.status is Status.UNDECIDED
    assert "names Participant 771020:" in row.why


def test_what_everybody_was_given_is_known_below_the_folder_of_the_class(tmp_path):
    people = {f"class/{name}/x.ipynb": own(n) for n, name in enumerate(["ada", "ben", "cyd"])}
    given = {f"class/{name}/README.md": b"# Homework" for name in ["ada", "ben", "cyd"]}
    rows = found(tmp_path, people | given)
    assert {row.file for row in rows if row.status is Status.IGNORED} == set(given)


GROUP = "submission_{n}:\n  :submitters:\n  - :name: Ada L\n    :email: a@x\n  - :name: Ben B\n    :email: b@x\n"


def test_each_of_a_group_has_the_file(tmp_path):
    said = GROUP.format(n=1) + "submission_2:\n  :submitters:\n  - :name: Cyd\n    :email: c@x\n"
    files = {"export/submission_1/x.ipynb": own(1), "export/submission_2/x.ipynb": own(2)}
    rows = found(tmp_path, {**files, "export/submission_metadata.yml": said.encode()})
    theirs = {row.student for row in rows if row.file == "export/submission_1/x.ipynb" and row.status is Status.GRADE}
    assert theirs == {"Ada L", "Ben B"}
    assert students(rows) == {"Ada L", "Ben B", "Cyd"}


@pytest.mark.parametrize(
    ("email", "graded"),
    [("b@x", {"Ada L"}), ("b2@x", {"Ada L", "Ben B (b@x)", "Ben B (b2@x)"})],
    ids=["who is asked", "two people"],
)
def test_who_is_in_a_group_and_alone_is_asked_and_the_others_of_the_group_are_not(email, graded, tmp_path):
    said = GROUP.format(n=1) + f"submission_2:\n  :submitters:\n  - :name: Ben B\n    :email: {email}\n"
    files = {"export/submission_1/x.ipynb": own(1), "export/submission_2/x.ipynb": own(2)}
    rows = found(tmp_path, {**files, "export/submission_metadata.yml": said.encode()})
    assert {row.student for row in rows if row.status is Status.GRADE} == graded


def test_gradescope_s_own_file_says_whose_a_folder_is_and_when():
    said = "---\nsubmission_11:\n  :submitters:\n  - :name: Ada Lovelace\n    :sid: '12'\n    :email: a@x.edu\n  :created_at: 2026-11-22 10:00:00 Z\n"
    one = gradescope(said)["submission_11"]
    assert (one.people, one.at.hour) == ((("Ada Lovelace", "a@x.edu"),), 10)


def test_a_name_in_gradescope_s_own_file_is_the_same_however_its_accents_are_written(tmp_path):
    said = unicodedata.normalize("NFD", "submission_1:\n  :submitters:\n  - :name: José\n    :email: j@x\n")
    files = {"export/submission_1/x.ipynb": own(1), "export/submission_metadata.yml": said.encode()}
    assert students(found(tmp_path, files)) == {"José"}


BLACKBOARD = "Lab 2_{}_attempt_2026-11-22-23-59-01"


@pytest.mark.parametrize("document", ["_homework.docx", "_a.docx", "_zz.pdf"])
def test_the_receipt_of_blackboard_gives_no_reason_in_place_of_what_was_handed_in(document, tmp_path):
    """Before and after it in the alphabet; the receipt is text, of which nothing can be said that helps."""
    data = b"%PDF-1.7" if document.endswith("pdf") else zipped({"word/document.xml": b"<w/>"})
    files = {
        BLACKBOARD.format(who) + ".txt": f"Name: {who}\nAssignment: Lab 2\n".encode() for who in ("ann", "bob", "cy")
    }
    files |= {BLACKBOARD.format(who) + "_x.ipynb": own(n) for n, who in enumerate(("ann", "bob"))}
    rows = found(tmp_path, files | {BLACKBOARD.format("cy") + document: data})
    (refused,) = without_grade(rows)
    assert (refused.student, refused.file) == ("cy", BLACKBOARD.format("cy") + document)
    assert "hand in the notebook itself" in refused.why
    receipts = {row.status for row in rows if row.file.endswith(".txt")}
    assert receipts == {Status.IGNORED}


@pytest.mark.parametrize(
    "missing", ["nosuch", "nosuch.ipynb", "Eve Poe/x.ipynb", BLACKBOARD.format("eve") + "_x.ipynb"]
)
def test_a_path_that_is_not_there_is_listed_and_nobodys(missing, tmp_path):
    folder = made(
        tmp_path, {BLACKBOARD.format("ann") + "_x.ipynb": own(1), BLACKBOARD.format("bob") + "_x.ipynb": own(2)}
    )
    rows = collect([folder, folder / missing], Asked(LESSON))
    assert students(rows) == {"ann", "bob"}
    (row,) = (row for row in rows if row.status is not Status.GRADE)
    assert (row.student, row.why) == ("", "there is no such file; check the path")
    assert list(without_grade(rows)) == []
    assert problems(rows) == [row]


def test_a_template_and_a_teacher_s_own_student_are_nobody(tmp_path):
    files = {"studenttest_9_9182000_x.ipynb": own(1), "kim_7_9182001_x.ipynb": own(2)}
    assert students(found(tmp_path, files)) == {"kim_7"}


def test_copies_that_nbgrader_keeps_are_nobody_s(tmp_path):
    files = {
        f"course/{place}/{COURSE}": own(n)
        for n, place in enumerate(["source", "release", "submitted/ann", "submitted/ben"])
    }
    assert students(found(tmp_path, files)) == {"ann", "ben"}


# ---- names


@pytest.mark.parametrize(
    "name", ["Will Final", "Ruth Copy", "Ben Untitled", "Chris Late", "Max Lab", "student_01", "12345"]
)
def test_a_person_s_name_stays_whole(name, tmp_path):
    rows = found(tmp_path, {f"{name}/x.ipynb": own(1), "Ada/x.ipynb": own(2)})
    assert students(rows) == {name, "Ada"}


@pytest.mark.parametrize(
    "name",
    [
        "week 2",
        "hw1",
        "02_logistic_regression",
        "Assignment 3",
        "New folder",
        "Fall2026",
        "第3周",
        "submissions",
        "by email",
    ],
)
def test_what_numbers_an_assignment_or_holds_files_names_nobody(name):
    assert label(name) == ""


@pytest.mark.parametrize("name", ["Cy - Logistic Regression FINAL", "final hw2 - Cy", "hw2_Cy_v2", "Copy of Cy - hw2"])
def test_words_for_files_beside_an_assignment_s_name_are_no_part_of_a_person_s(name):
    assert label(name) == "Cy"


@pytest.mark.parametrize("word", ["new folder ", "copy of ", "hand in - ", "hw2 final ", "(1) "])
def test_a_name_of_hundreds_of_such_words_is_read_in_the_end(word):
    for name in (word * 200 + "x", "x " + word * 200, word * 200 + "!"):
        assert len(label(name)) <= 300


@pytest.mark.parametrize("name", ["Will Final", "Ruth Copy", "Chris Late", "Max Net"])
def test_words_for_files_alone_may_be_a_person_s(name):
    assert label(name) == label(f"{name} - hw2") == name


def test_nbgrader_s_own_files_beside_the_hand_ins_are_nobody_s(tmp_path):
    files = {f"{place}/ada/ps1/{LESSON}.ipynb": own(n) for n, place in enumerate(["submitted", "autograded"])}
    rows = found(tmp_path, {**files, "gradebook.db": b"SQLite format 3\0", "nbgrader_config.py": b"c = get_config()"})
    assert {row.student for row in rows if row.status is not Status.IGNORED} == {"ada"}


def test_a_name_is_the_same_in_whatever_form_its_accents_are_written(tmp_path):
    rows = found(tmp_path, {unicodedata.normalize("NFD", "José") + "/x.ipynb": own(1), "Ada/x.ipynb": own(2)})
    assert students(rows) == {"José", "Ada"}


@pytest.mark.parametrize(
    ("names", "page"),
    [
        (["张三/作业.ipynb", "李四/x.ipynb", "王小明/逻辑回归.ipynb"], "gbk"),
        (["田中/課題.ipynb", "さくら/レポート.ipynb", "高橋/x.ipynb"], "cp932"),
        (["Müller/Übung.ipynb", "René/x.ipynb", "Señor Peña/x.ipynb"], "cp437"),
        (["Müller/x.ipynb", "René/x.ipynb", "Zoë/x.ipynb"], "cp1252"),
        (["김민준/과제2.ipynb", "이서연/x.ipynb", "박지훈/x.ipynb"], "cp949"),
        (["逻辑回归/第二课_逻辑回归.ipynb", "逻辑回归/说明.txt"], "gbk"),
        (["Иван Петров/задание 2.ipynb", "Анна Смирнова/x.ipynb"], "cp866"),
        (["Müller/x.ipynb", "张三/x.ipynb"], "utf-8"),
    ],
)
def test_names_in_archives_are_shown_as_they_were_typed(names, page):
    written = [name.encode(page) for name in names]
    assert [name.decode(code_page(written)) for name in written] == names


@pytest.mark.parametrize(
    ("name", "student", "slot", "late"),
    [
        ("smithjohn_123_45678_logistic_regression.ipynb", "smithjohn_123", "logistic_regression.ipynb", False),
        ("smithjohn_LATE_123_45678_logistic_regression.ipynb", "smithjohn_123", "logistic_regression.ipynb", True),
        ("smithjohn_LATE_123_45679_logistic_regression-2.ipynb", "smithjohn_123", "logistic_regression.ipynb", True),
        ("김민수_7_45678_02_deep_net-1.ipynb", "김민수_7", "02_deep_net.ipynb", False),
    ],
)
def test_a_canvas_name_says_whose_it_is_in_whose_place_it_comes_and_that_it_is_late(name, student, slot, late):
    claim = claim_of(name)
    assert (claim.student, claim.slot, claim.late) == (student, slot, late)


@pytest.mark.parametrize(
    "name", ["ann_2026_10_deep_net.ipynb", "ann_deep_net_2.ipynb", "ann-1.ipynb", "_1_234_x.ipynb"]
)
def test_what_only_looks_like_canvas_is_not(name):
    assert claim_of(name) is None


# ---- --student-pattern


@pytest.mark.parametrize(
    ("pattern", "name", "student"),
    [
        ("{student}_{lesson}.ipynb", "ann_lee_logistic_regression.ipynb", "ann_lee"),
        ("{student}_{lesson}.ipynb", "ann_lee_02_Logistic-Regression.ipynb", "ann_lee"),
        ("{lesson}-{student}-v{version}.ipynb", "deep_net-ann-lee-v3.ipynb", "ann-lee"),
        ("HW * of {student}.ipynb", "hw 3 of Ann.ipynb", "Ann"),
        ("{student}/*/*.ipynb", "ann/week 2/homework.ipynb", "ann"),
        (r"(?P<student>[a-z]\d{6}).*\.ipynb", "k123456 final (2).ipynb", "k123456"),
    ],
)
def test_a_pattern_says_whose_file_it_is(pattern, name, student, tmp_path):
    assert students(found(tmp_path, {name: own(1)}, pattern=compiled(pattern))) == {student}


def test_a_pattern_typed_on_a_mac_fits_names_from_elsewhere(tmp_path):
    pattern = compiled(unicodedata.normalize("NFD", "{student} Übung.ipynb"))
    assert students(found(tmp_path, {"ann Übung.ipynb": own(1)}, pattern=pattern)) == {"ann"}


def test_a_file_that_does_not_fit_the_pattern_is_asked_with_the_remedy(tmp_path):
    files = {"ann_deep_net.ipynb": own(1), "notes.ipynb": own(2)}
    rows = {row.file: row for row in found(tmp_path, files, pattern=compiled("{student}_{lesson}.ipynb"))}
    assert rows["notes.ipynb"].status is Status.UNDECIDED
    assert "--student-pattern" in rows["notes.ipynb"].why


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("*.ipynb", "{student}"),
        ("{name}.ipynb", "{name} is not known"),
        ("{student}_{student}.ipynb", "twice"),
        ("(?P<student>[", "regular expression"),
    ],
)
def test_a_pattern_that_cannot_be_used_is_refused_with_the_remedy(pattern, said):
    with pytest.raises(PatternError) as refused:
        compiled(pattern)
    assert said in str(refused.value)
    assert pattern in str(refused.value)


def test_the_strangers_class_of_three_repositories_is_three_students(tmp_path):
    users = ["octocat", "hubot", "ada-l"]
    files = {FORMS["GitHub Classroom"](user): own(n) for n, user in enumerate(users)}
    assert students(found(tmp_path / "classroom", files)) == set(users)
