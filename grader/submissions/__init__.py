"""What was handed in: paths -> one table of files, students, lessons, and what becomes of each file and why.

paths, archives    everything under the paths, whatever is there, read once and within bounds
kinds, script      the bytes of a file -> the notebook or the Python in it, or what it is instead
survey             the two together: a File for everything that was handed in
students           whose each file is, told over the whole run: by the platform (`downloads`, `platforms`), by folders and names
                   (`folders`, `sections`, `labels`), by the instructor's pattern (`patterns`); `namesakes` are told apart
decide             which file counts: a Row for each file and each who handed it in
outstanding        what is to be looked at
table              rows <-> what an instructor reads and corrects
opened             one file alone, for a student's own commands
"""
