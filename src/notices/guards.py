"""What the database itself refuses about mails."""

from src.foundations import guards

from .models import MailMessage


def declare_guards() -> None:
    """A mail came back only if it left, and to an account: of a handle nothing is written (ADR 0235)."""
    guards.refuse(
        "mail_returned_to_an_account",
        MailMessage._meta.db_table,
        event="UPDATE",
        message="only a mail sent to an account comes back",
        when="""NEW."returned_week" IS NOT NULL AND """
        """(NEW."handle" IS NOT NULL OR NEW."user_id" IS NULL OR NEW."state" <> 'sent')""",
    )
