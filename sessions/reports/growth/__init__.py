"""The numbers of a series of chats: who comes, who comes back, who is greeted (docs/use/growth.md). Pure.

It may use `core`; nobody can be read off its small groups.

* `model`: growth as a value; its JSON form is documented
* `building`: from folded chats to the value
* `attendance`, `channel`: what has to be kept of one chat, and of a month of the channel
* `groups`: people by school or level
* `tables`: JSON and CSV
"""

from sessions.reports.growth.building import growth
from sessions.reports.growth.model import VERSION, Group, Groups, Growth, QuestionAnswers, SessionGrowth, TaskDone
from sessions.reports.growth.tables import TABLES, TableName, to_csv, to_json

__all__ = [
    "TABLES", "VERSION", "Group", "Groups", "Growth", "QuestionAnswers", "SessionGrowth", "TableName", "TaskDone",
    "growth", "to_csv", "to_json",
]  # fmt: skip
