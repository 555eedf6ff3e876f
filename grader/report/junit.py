"""Results as JUnit's XML: a suite for each submission, a test for each case."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from ..course import CaseResult, ExerciseResult, Result, load_lesson
from ..show import explanation
from ..words import harmless
from ..words.language import ENGLISH, speaking
from .shown import Closed, all_open, shown_result

# What went wrong before there was a value to compare.
_ERRORS = ("raised", "timeout", "memory", "killed", "grader_fault", "unavailable", "arguments")
_NOT_XML = re.compile("[\ufffe\uffff]")


@speaking(ENGLISH)
def render(results: Iterable[Result], closed: Closed = all_open) -> str:
    """One XML document, of what students may know."""
    root = Element("testsuites", name="nn-by-hand")
    for result in results:
        _suite(root, shown_result(result, closed(result.lesson)))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True)


def _suite(root: Element, result: Result) -> None:
    cases = [(exercise, case) for exercise in result.exercises for case in exercise.cases]
    failed = [case for _exercise, case in cases if not case.passed]
    wrong = sum(_is_error(case) for case in failed)
    suite = SubElement(
        root,
        "testsuite",
        name=_text(f"{result.student} {result.lesson}"),
        tests=str(len(cases) or 1),
        failures=str(len(failed) - wrong),
        errors=str(wrong + (result.error is not None)),
        skipped="0",
    )
    properties = SubElement(suite, "properties")
    for name, value in (("submission", result.submission), ("points", f"{result.points} / {result.max_points}")):
        SubElement(properties, "property", name=name, value=_text(value))
    if result.error is not None:
        test = SubElement(suite, "testcase", classname=_text(result.lesson or "unknown"), name="the file")
        SubElement(test, "error", message=_text(result.error))
    for exercise, case in cases:
        _test(suite, result, exercise, case)


def _test(suite: Element, result: Result, exercise: ExerciseResult, case: CaseResult) -> None:
    name = case.name if case.visible else f"{case.name} (hidden)"
    test = SubElement(suite, "testcase", classname=f"{result.lesson}.{exercise.name}", name=_text(name))
    if case.passed:
        return
    declared = load_lesson(result.lesson).exercise(exercise.name)
    said = [
        f"{f.output or exercise.name}: {' '.join(filter(None, [f.message, explanation(declared, f)]))}"
        for f in case.findings
    ]
    problem = SubElement(
        test, "error" if _is_error(case) else "failure", type=case.findings[0].kind, message=_text(said[0])
    )
    problem.text = _text("\n".join(said))


def _is_error(case: CaseResult) -> bool:
    return any(finding.kind in _ERRORS for finding in case.findings)


def _text(text: str) -> str:
    """`text` as XML can hold it."""
    return _NOT_XML.sub("\ufffd", harmless(text))
