#!/usr/bin/env bash
# Runs once, when Gradescope builds the autograder: a Python that is new enough, what grading needs, and a look at the machine.
set -euo pipefail
source="${AUTOGRADER:-/autograder}/source"

find_python() {
    for one in python3.13 python3.12 python3.11 python3; do
        if "$one" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$one"
            return
        fi
    done
}

python="$(find_python)"
if [ -z "$python" ]; then
    apt-get update -qq
    for version in 3.12 3.11; do
        if apt-get install -y -qq --no-install-recommends "python$version" "python$version-venv"; then break; fi
    done
    python="$(find_python)"
fi
if [ -z "$python" ]; then
    echo "Python 3.11 or newer is needed: choose a newer Ubuntu image in Gradescope's settings of this autograder."
    exit 1
fi

"$python" -m venv "$source/environment"
"$source/environment/bin/python" -m pip install --quiet --requirement "$source/requirements.txt" --constraint "$source/constraints.txt"
# The course is found by every Python of this environment, also by one that reads no variables.
echo "$source/course" > "$("$source/environment/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/nn_by_hand.pth"

export NNBH_COURSE="$source/course"
cd /
"$source/environment/bin/python" -m grader doctor || echo "This machine gives less than full isolation; this autograder asks for: {{ isolation }}."
