"""What two mail providers post, as their manuals show it."""

import hashlib
import hmac
import json

BOUNCES = {
    "HardBounce": "smtp;550 5.1.1 The email account that you tried to reach does not exist",
    "SoftBounce": "smtp;452 4.2.2 The recipient's inbox is full",
}


def postmark_bounce(kind="HardBounce", number=4_323_372_036, message_id="b7bc2f4a", **more):
    """Postmark: a mail that came back."""
    return {
        "RecordType": "Bounce",
        "MessageStream": "outbound",
        "ID": number,
        "Type": kind,
        "TypeCode": 1,
        "Name": kind,
        "MessageID": message_id,
        "Description": "The server was unable to deliver your message.",
        "Details": BOUNCES[kind],
        "Email": "cleo@harbour.test",
        "From": "hello@lighthouse.test",
        "BouncedAt": "2026-05-31T09:00:00Z",
        "Metadata": {},
        **more,
    }


def postmark_delivery(message_id="b7bc2f4a"):
    """Postmark: a mail that arrived."""
    return {
        "RecordType": "Delivery",
        "MessageID": message_id,
        "Recipient": "cleo@harbour.test",
        "DeliveredAt": "2026-05-31T09:00:00Z",
        "Details": "Test delivery webhook details",
        "Metadata": {},
    }


def postmark_open():
    """Postmark: a mail whose picture was loaded."""
    return {
        "RecordType": "Open",
        "MessageID": "b7bc2f4a",
        "Recipient": "cleo@harbour.test",
        "ReceivedAt": "2026-05-31T09:00:00Z",
        "Metadata": {},
    }


def postmark_complaint():
    """Postmark: a mail marked as spam."""
    return postmark_bounce() | {"RecordType": "SpamComplaint", "Type": "SpamComplaint"}


def postmark_inbound(
    to, text="More seats, please.", subject="Re: Is it working for you?", **headers
):
    """Postmark: a reply that reached it."""
    told = {"Message-ID": "<reply-1@harbour.test>", "In-Reply-To": to.message_id, **headers}
    return {
        "From": "cleo@harbour.test",
        "FromFull": {"Email": "cleo@harbour.test", "Name": "Cleo Castro", "MailboxHash": ""},
        "ToFull": [{"Email": "replies@in.lighthouse.test", "Name": "", "MailboxHash": ""}],
        "Subject": subject,
        "MessageID": "73e6d360-66eb-11e1-8e72-a8904824019b",
        "Date": "Mon, 01 Jun 2026 08:30:00 +0000",
        "TextBody": f"{text}\n\nOn Friday Ada wrote:\n> Hello Cleo\n",
        "HtmlBody": "",
        "StrippedTextReply": text,
        "Headers": [{"Name": name, "Value": value} for name, value in told.items()],
        "Attachments": [],
    }


def signed_by_mailgun(key, token="a-token", timestamp="1780304400"):
    """The three fields by which Mailgun shows that it is Mailgun."""
    signature = hmac.new(key.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {"timestamp": timestamp, "token": token, "signature": signature}


def mailgun_event(key, event="failed", severity="permanent", message_id="ours@lighthouse.test"):
    """Mailgun: what became of a mail."""
    return {
        "signature": signed_by_mailgun(key),
        "event-data": {
            "event": event,
            "severity": severity,
            "id": "G9Bn5sl1TC6nu79C8C0bwg",
            "timestamp": 1_780_304_400.5,
            "reason": "bounce" if event == "failed" else "",
            "recipient": "cleo@harbour.test",
            "delivery-status": {
                "code": 550 if severity == "permanent" else 452,
                "message": "No such user",
                "description": "",
            },
            "message": {"headers": {"message-id": message_id, "to": "cleo@harbour.test"}},
            "tags": [],
            "user-variables": {},
        },
    }


def mailgun_inbound(key, to, text="More seats, please."):
    """Mailgun: a reply that reached it, as a form."""
    headers = [
        ["From", "Cleo Castro <cleo@harbour.test>"],
        ["To", "replies@in.lighthouse.test"],
        ["Subject", "Re: Is it working for you?"],
        ["Date", "Mon, 01 Jun 2026 08:30:00 +0000"],
        ["Message-Id", "<reply-2@harbour.test>"],
        ["References", f"<first@elsewhere.test> {to.message_id}"],
    ]
    return {
        **signed_by_mailgun(key),
        "recipient": "replies@in.lighthouse.test",
        "sender": "cleo@harbour.test",
        "message-headers": json.dumps(headers),
        "body-plain": f"{text}\n\n-- \nCleo",
        "stripped-text": text,
    }
