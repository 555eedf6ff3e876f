"""Drawing while grading does nothing and costs nothing, in whatever form matplotlib is imported."""

import numpy as np
import pytest

from grader.course import case, current
from grader.running.calling import call
from grader.running.modules import student_names
from grader.running.notebook import Cell, define

IMPORTS = """
import matplotlib, pylab, PIL, h5py, scipy.misc
import matplotlib.pyplot as plt
import seaborn as sns
from IPython.display import clear_output
from matplotlib import cm, pyplot
from matplotlib.pyplot import plot, show
from matplotlib.pyplot import *
from mpl_toolkits.mplot3d import Axes3D
from PIL import Image
from sklearn.linear_model import LogisticRegression
import numpy as np
%matplotlib inline
"""


def called(body, *args):
    names = student_names(current().library_in("deep_net"))
    source = f"{IMPORTS}def f(x):\n" + "".join(f"    {line}\n" for line in body.splitlines()) + "    return np.sum(x)\n"
    assert define([Cell(1, source)], names) == []
    return call(names["f"], case("any", *args))


@pytest.mark.parametrize(
    "body",
    [
        "plt.plot(x)\nplt.title('a')\nplt.show()",
        "plot(x)\nshow()\nfigure()\nlegend(['a'])",
        "pyplot.figure(figsize=(3, 2))\npyplot.rcParams['image.cmap'] = 'gray'",
        "fig, ax = plt.subplots()\nax.plot(x)\nax.set_xlabel('x')",
        "fig, (a, b) = plt.subplots(1, 2)\na.plot(x)\nb.imshow(x)",
        "fig, axes = plt.subplots(2, 3)\naxes[1, 2].plot(x)\nfor a in axes.flat:\n    a.axis('off')",
        "fig, axes = plt.subplots(2, 3, squeeze=False)\naxes[0][0].plot(x)",
        "line, = plt.plot(x)\nline.set_ydata(x)",
        "n, bins, patches = plt.hist(x)",
        "with plt.style.context('ggplot'):\n    plt.plot(x)",
        "plt.figure().add_subplot(111, projection='3d').scatter(x, x, c=cm.rainbow(x)[0])",
        "import matplotlib.animation as animation\nanimation.FuncAnimation(plt.gcf(), lambda i: None).save('a.gif')",
        "sns.set()\nsns.lineplot(x=x)\nclear_output(wait=True)",
        "pylab.plot(x)\npylab.sum(x)",
    ],
)
def test_a_drawing_call_does_nothing(body):
    outcome = called(body, np.ones(3))
    assert (outcome.problem, outcome.value) == (None, 3.0)


@pytest.mark.parametrize("body", ["x = x + plt.cm.jet(x)", "x = Image.open('a.png')", "x = 2 * plt.ginput()"])
def test_what_computes_with_what_is_not_there_says_that_it_is_not_there(body):
    outcome = called(body, np.ones(3))
    assert outcome.problem == "unavailable"
    assert "not available while grading" in outcome.message


def test_in_a_notebook_what_a_checked_function_draws_is_not_kept(monkeypatch):
    import matplotlib.pyplot as plt

    shown = []
    monkeypatch.setattr(plt, "show", lambda: shown.append(1))
    before = plt.get_fignums()

    def draws(x):
        plt.figure()
        plt.plot(x)
        plt.show()
        return x

    assert call(draws, case("any", 3)).value == 3
    assert (shown, plt.get_fignums()) == ([], before)
    plt.show()
    assert shown == [1]


@pytest.mark.parametrize("use", ["data / 255", "np.dot(data, data)", "data[0]", "len(data)", "[*data]", "data()"])
def test_what_is_not_there_says_so_however_it_is_used(use):
    names = student_names(current().library_in("deep_net"))
    define([Cell(0, f"import numpy as np\nfrom elsewhere import data\ndef f():\n    return {use}\n")], names, {})
    assert "`elsewhere.data` is not available while grading" in call(names["f"], case("a case")).message


def test_a_bar_hands_out_its_things_and_every_other_silent_one_nothing():
    source = (
        "import tqdm.auto as bars, matplotlib.pyplot as plt\ndef f():\n    bar = bars.tqdm([3, 4])\n    bar.update(1)\n"
    )
    names = student_names(current().library_in("deep_net"))
    define([Cell(0, source + "    return [*bar, *bars.trange(2), len(bar), *plt.bar([1], [2])]\n")], names, {})
    assert call(names["f"], case("a case")).value == [3, 4, 0, 1, 2]
