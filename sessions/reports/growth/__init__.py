"""The numbers of a series of chats: who comes, who comes back, who is greeted (docs/use/growth.md). Pure."""

from sessions.reports.growth.building import growth
from sessions.reports.growth.model import VERSION, Group, Groups, Growth, QuestionAnswers, SessionGrowth
from sessions.reports.growth.tables import TABLES, TableName, to_csv, to_json

__all__ = [
    "TABLES", "VERSION", "Group", "Groups", "Growth", "QuestionAnswers", "SessionGrowth", "TableName", "growth",
    "to_csv", "to_json",
]  # fmt: skip
