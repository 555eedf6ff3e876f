"""What a submission finally earns: its result, and what the instructor decided.

mark        a result and the instructor's rules -> a mark, which says why
tables      the instructor's files -> rules
"""

from .mark import SAME_FILE, Entry, Look, Mark, Override, Rules, mark_of, pseudonym, pseudonymous

__all__ = ["SAME_FILE", "Entry", "Look", "Mark", "Override", "Rules", "mark_of", "pseudonym", "pseudonymous"]
