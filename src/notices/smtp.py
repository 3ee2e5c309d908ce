"""The line to the mail server: it knows whether a mail was handed over when it breaks, and lets go of a dead one."""

import contextlib
import smtplib

from django.core.mail.backends.smtp import EmailBackend as DjangoBackend


class LineLost(OSError):
    """The line broke before the text of the mail was handed over: no copy has left."""


class _Session:
    """Remembers whether the text of the current mail was being handed over."""

    handed = False

    def data(self, msg):
        self.handed = True
        return super().data(msg)


class _PlainSession(_Session, smtplib.SMTP):
    pass


class _SealedSession(_Session, smtplib.SMTP_SSL):
    pass


class EmailBackend(DjangoBackend):
    """Django's, whose broken lines say more: ``LineLost`` when nothing left, the usual error when a copy may have."""

    @property
    def connection_class(self):
        return _SealedSession if self.use_ssl else _PlainSession

    def open(self):
        """Open a line unless a living one is there: a server that answered 421 has closed its end."""
        if self.connection is not None and self.connection.sock is None:
            self.connection = None
        return super().open()

    def drop(self) -> None:
        """Let go of a broken line without a word: taking leave would wait as long as the answer that didn't come."""
        dead, self.connection = self.connection, None
        if dead is not None:
            with contextlib.suppress(OSError):
                dead.close()

    def _send(self, email_message):
        self.connection.handed = False
        try:
            return super()._send(email_message)
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            if isinstance(error, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused):
                raise  # the server answered: the line is whole
            lost = not (self.connection is not None and self.connection.handed)
            self.drop()
            if lost:
                raise LineLost(type(error).__name__) from error
            raise
