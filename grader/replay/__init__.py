"""One exercise of one submission -> a small Python file that shows the difference anywhere, with numpy alone."""
