"""Replies as people and machines write them, in bytes as they come over the wire."""

from email.message import EmailMessage


def reply(to, text="Fine so far.", sender="Cleo Castro <cleo@harbour.test>", **headers):
    """A reply to a mail of the outbox, with whatever headers (`Auto_Submitted="no"`)."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "replies@in.lighthouse.test"
    message["Subject"] = headers.pop("Subject", "Re: Is it working for you?")
    message["Date"] = headers.pop("Date", "Mon, 01 Jun 2026 08:30:00 +0000")
    message["Message-ID"] = headers.pop("Message_ID", "<reply-1@harbour.test>")
    if to is not None:
        message["In-Reply-To"] = to.message_id
        message["References"] = f"<first@elsewhere.test> {to.message_id}"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def report(of, status="5.1.1", action="failed"):
    """What a mail server writes of a mail that did not arrive (RFC 3464)."""
    return f"""From: MAILER-DAEMON@mx.harbour.test
To: hello@lighthouse.test
Subject: Undelivered Mail Returned to Sender
Message-ID: <report-{status}@mx.harbour.test>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.harbour.test

Final-Recipient: rfc822; cleo@harbour.test
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} No such user

--b
Content-Type: text/rfc822-headers

Message-ID: {of}
To: cleo@harbour.test

--b--
""".replace("\n", "\r\n").encode()
