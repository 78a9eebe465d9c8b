"""What to paste into the product: the tag, the policy, and how the product signs for its user."""

# Asks about a goal, which a product does not know.
ABOUT_A_GOAL = frozenset({"still_right"})

PYTHON = """\
import hashlib, hmac, time

def arbiter_tag(contact_key: str, secret: str) -> dict[str, str]:
    expires = str(int(time.time()) + 12 * 3600)
    message = f"{contact_key}\\n{expires}".encode()
    signature = hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
    return {"contact": contact_key, "expires": expires, "signature": signature}
"""
NODE = """\
const { createHmac } = require("node:crypto");

function arbiterTag(contactKey, secret) {
  const expires = String(Math.floor(Date.now() / 1000) + 12 * 3600);
  const signature = createHmac("sha256", secret).update(`${contactKey}\\n${expires}`).digest("hex");
  return { contact: contactKey, expires, signature };
}
"""
RUBY = """\
require "openssl"

def arbiter_tag(contact_key, secret)
  expires = (Time.now.to_i + 12 * 3600).to_s
  signature = OpenSSL::HMAC.hexdigest("SHA256", secret, "#{contact_key}\\n#{expires}")
  { contact: contact_key, expires: expires, signature: signature }
end
"""
PHP = """\
function arbiter_tag(string $contactKey, string $secret): array {
    $expires = (string) (time() + 12 * 3600);
    $signature = hash_hmac("sha256", "$contactKey\\n$expires", $secret);
    return ["contact" => $contactKey, "expires" => $expires, "signature" => $signature];
}
"""
SIGNING = (
    ("python", "Python", PYTHON),
    ("node", "Node", NODE),
    ("ruby", "Ruby", RUBY),
    ("php", "PHP", PHP),
)


def tag(home: str) -> str:
    """Return the tag that a page of the product carries."""
    return (
        f'<script src="{home.rstrip("/")}/widget.js" data-survey="nps" data-contact="…" '
        'data-expires="…" data-signature="…" defer></script>'
    )


def policy(home: str) -> str:
    """Return what a Content-Security-Policy of the product must allow."""
    home = home.rstrip("/")
    return f"script-src {home}; connect-src {home}; frame-src {home}"
