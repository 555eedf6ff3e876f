"""Help for somebody who is stuck: hints one at a time, and in self-study a solution to read or to borrow."""
