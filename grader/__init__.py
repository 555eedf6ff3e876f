"""Checks and grades the lessons of Neural Networks by Hand, and says why a wrong answer is wrong."""

from .check import Check, load
from .course import LESSONS, UnknownLesson, lesson_names, load_lesson

__all__ = ["LESSONS", "Check", "UnknownLesson", "lesson_names", "load", "load_lesson"]
