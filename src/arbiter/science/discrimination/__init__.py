"""Discrimination: does a number stand higher where it happened than where it did not, and how sure is that?"""

from arbiter.science.discrimination.area import Auc, auc
from arbiter.science.discrimination.comparison import AucDifference, compare
from arbiter.science.discrimination.rank_test import RankTest, mann_whitney

__all__ = ["Auc", "AucDifference", "RankTest", "auc", "compare", "mann_whitney"]
