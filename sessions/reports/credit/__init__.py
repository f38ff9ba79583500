"""Attendance and certificates: who took part in chats, against what their plan asks for (docs/use/credit.md). Pure.

It may use `core`, and of the recap who is who.

* `model`: the attendance of a chat as a value; its JSON form is documented
* `building`: from a session to the value
* `certificates`: who gets a certificate for which chats, and who that asked does not
* `words`: the rules in words
* `tables`: JSON, CSV and lines for a terminal
* `pages`: the attendance and a certificate as HTML
"""

from sessions.reports.credit.building import build_attendance
from sessions.reports.credit.certificates import Certificate, Refused, certificates
from sessions.reports.credit.model import VERSION, Attendance, Attendee, CreditPeople
from sessions.reports.credit.pages import attendance_page, certificate_page
from sessions.reports.credit.tables import to_csv, to_json, to_text

__all__ = [
    "VERSION", "Attendance", "Attendee", "Certificate", "CreditPeople", "Refused", "attendance_page",
    "build_attendance", "certificate_page", "certificates", "to_csv", "to_json", "to_text",
]  # fmt: skip
