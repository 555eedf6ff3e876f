"""`python -m grader.sandbox.wasm`: compile the interpreter for this machine, if it is not yet, and say where it is."""

from .engine import folder, interpreter

if __name__ == "__main__":
    interpreter().close()
    print(folder())
