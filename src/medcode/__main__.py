"""`python -m medcode` is the command line."""

import sys

from medcode.cli import main

sys.exit(main())
