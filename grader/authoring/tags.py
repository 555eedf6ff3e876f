"""The tags of a cell in a lesson's source that the build reads."""

# Later lessons are given its functions.
GIVEN = "given"
# It only draws: its code is folded away in the notebook, so that a reader sees the figure.
FOLDED = "folded"
