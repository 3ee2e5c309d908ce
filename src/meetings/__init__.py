"""Meetings of a unit or a group: their rhythm, agendas, invitations, attendance, minutes and what they promise."""
