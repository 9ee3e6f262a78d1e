"""The matrices there are. A platform is a file here and a line below."""

from tests.matrix.bluesky import BLUESKY
from tests.matrix.linkedin import LINKEDIN
from tests.matrix.meta import META

MATRICES = (META, LINKEDIN, BLUESKY)
