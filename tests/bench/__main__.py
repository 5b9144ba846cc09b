import sys

from tests.bench.bench import main

if __name__ == "__main__":  # a process that measures alone reads this file again
    sys.exit(main(*sys.argv[1:]))
