import sys

from amends.project.main import main

sys.exit(main())
