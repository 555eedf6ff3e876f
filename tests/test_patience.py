"""What runs for long says, while it runs, how it is stopped; what is quick says nothing."""

import sys
import threading

import pytest

from grader.student.patience import say_how_to_stop


class Heard:
    """A stream that says when something was written to it."""

    encoding = "utf-8"

    def __init__(self):
        self.text, self.written = "", threading.Event()

    def write(self, text):
        self.text += text
        self.written.set()

    def flush(self):
        pass


def test_what_runs_for_long_is_told_while_it_runs(monkeypatch):
    heard = Heard()
    monkeypatch.setattr(sys, "stdout", heard)
    with say_how_to_stop("propagate", seconds=0.0):
        # A student's call has its output kept: what is said goes to the notebook all the same.
        monkeypatch.setattr(sys, "stdout", Heard())
        assert heard.written.wait(60)
    assert "`propagate`" in heard.text
    assert "Interrupt" in heard.text


def test_what_is_quick_says_nothing(monkeypatch):
    heard = Heard()
    monkeypatch.setattr(sys, "stdout", heard)
    with say_how_to_stop("propagate", seconds=3600.0):
        pass
    assert heard.text == ""


def test_where_there_are_no_threads_the_check_goes_on(monkeypatch):
    def none(_timer):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Timer, "start", none)
    with say_how_to_stop("propagate"):
        done = True
    assert done


def test_an_interrupt_passes_through():
    with pytest.raises(KeyboardInterrupt), say_how_to_stop("propagate"):
        raise KeyboardInterrupt
