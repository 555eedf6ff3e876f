"""Student code in a WebAssembly instance of CPython and numpy, inside the grader's process: on any system."""
