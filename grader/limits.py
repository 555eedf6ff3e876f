"""What grading one submission may cost, unless the command line says otherwise."""

SECONDS = 10.0  # of CPU for one exercise
MEMORY_MB = 1024
