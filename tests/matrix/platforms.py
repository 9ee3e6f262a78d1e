"""The matrices there are. A platform is a file here and a line below."""

from tests.matrix.bluesky import BLUESKY
from tests.matrix.linkedin import LINKEDIN
from tests.matrix.meta import META
from tests.matrix.x import X

MATRICES = (META, LINKEDIN, X, BLUESKY)
