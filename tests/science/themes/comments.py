"""Five hundred comments in English and German, made of authored sentences whose topic is known.

Each is what a customer of a business application might write: an opening, what is wrong, what follows from it. The words of a
topic vary from sentence to sentence, a tenth is about nothing in particular, and the order is shuffled; the same seed
makes the same comments.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

NOTHING = "nothing in particular"


@dataclass(frozen=True)
class Comment:
    """What somebody wrote, in which language, and what it is about."""

    text: str
    language: str
    topic: str


ENGLISH = {
    "import": [
        "the import of our ledger files fails on every second CSV",
        "importing a spreadsheet with more than 5,000 rows never finishes",
        "the CSV import rejects our dates without saying which row is wrong",
        "I have to clean each spreadsheet by hand before the import accepts it",
        "columns are mapped wrongly when we import a file from the old system",
        "an import that breaks half way leaves duplicate rows behind",
    ],
    "sign-in": [
        "single sign-on logs our people out in the middle of the day",
        "the login page does not accept our SSO and asks for a password again",
        "new colleagues cannot log in because SSO knows no groups",
        "password resets never arrive, so half the team is locked out of the login",
        "we want two-factor login by our own identity provider",
        "sign-on through Azure breaks whenever a certificate is renewed",
    ],
    "reports": [
        "the monthly report cannot be exported to Excel with our own columns",
        "charts in the dashboard show other totals than the report",
        "I cannot schedule a report for the board, I export PDF pages by hand",
        "the dashboard lacks a filter by region, so the report is useless for managers",
        "exported reports lose their formatting in PDF",
        "building a custom report takes me a whole afternoon",
    ],
    "support": [
        "support answers our tickets after four days at the earliest",
        "every ticket starts with a different agent who asks the same questions",
        "the support team closes tickets before anything is solved",
        "your hotline was busy all week and nobody called back about our ticket",
        "the last agent was friendly but the ticket waited a fortnight for a reply",
        "we escalated a ticket twice and support still has no answer",
    ],
    "price": [
        "the price per seat went up by a third at renewal without a word",
        "we pay for forty licences and half of the seats are idle",
        "the invoice is higher than the quote, and the discount is gone",
        "smaller competitors charge half the price for the same seats",
        "our budget cannot carry another price increase",
        "the licence model punishes us for adding occasional users, the cost explodes",
    ],
    "training": [
        "onboarding took five weeks and nobody trained our new colleagues",
        "the training videos show an old version, so beginners get lost",
        "there is no course for administrators and the documentation is thin",
        "we would have paid for a proper training day at the start of the onboarding",
        "new hires learn it from each other since the onboarding material is outdated",
        "the tutorial stops exactly where our work begins, more lessons are missing",
    ],
    "mobile": [
        "the mobile app crashes when I take a photo of a receipt",
        "on my phone the buttons are too small and the app forgets what I typed",
        "the Android app is months behind the iPhone version",
        "without a signal the mobile app loses everything, offline mode is missing",
        "our drivers only have a phone and the app drains the battery",
        "push notifications in the app arrive hours late on my phone",
    ],
    "integration": [
        "the Salesforce integration stops syncing every few days",
        "your API returns errors for our webhook and the connector gives up",
        "syncing with SAP duplicates accounts, the connector has no conflict rules",
        "we had to write our own integration because the API lacks invoices",
        "the webhook retries forever and floods our endpoint",
        "fields added in Salesforce do not show up in the connector",
    ],
}
GERMAN = {
    "import": [
        "der Import unserer Buchungsdateien bricht bei jeder zweiten CSV ab",
        "eine Tabelle mit mehr als 5.000 Zeilen lässt sich nicht importieren",
        "der CSV-Import lehnt unsere Datumsangaben ab, ohne die Zeile zu nennen",
        "ich bereinige jede Tabelle von Hand, bevor der Import sie annimmt",
        "beim Importieren aus dem Altsystem werden die Spalten falsch zugeordnet",
        "ein abgebrochener Import hinterlässt doppelte Zeilen",
    ],
    "sign-in": [
        "die Anmeldung über SSO wirft unsere Leute mitten am Tag hinaus",
        "die Anmeldung fragt trotz SSO wieder nach dem Passwort",
        "neue Kollegen können sich nicht anmelden, weil SSO keine Gruppen kennt",
        "das Zurücksetzen vom Passwort klappt nicht, das halbe Team bleibt ausgesperrt von der Anmeldung",
        "wir wünschen uns die Anmeldung in zwei Schritten über unser Azure",
        "sobald ein Zertifikat erneuert wird, scheitert die Anmeldung",
    ],
    "reports": [
        "der Monatsbericht lässt sich nicht mit eigenen Spalten nach Excel exportieren",
        "die Diagramme in der Übersicht zeigen andere Summen als der Bericht",
        "einen Bericht für den Vorstand kann ich nicht planen und exportiere PDF von Hand",
        "der Übersicht fehlt ein Filter nach Region, damit ist der Bericht wertlos",
        "exportierte Berichte verlieren im PDF ihre Formatierung",
        "einen eigenen Bericht zu bauen kostet mich einen Nachmittag",
    ],
    "support": [
        "der Support beantwortet unsere Tickets frühestens nach vier Tagen",
        "jedes Ticket landet bei einem anderen Bearbeiter mit denselben Fragen",
        "der Support schließt Tickets, bevor etwas gelöst ist",
        "die Hotline war die ganze Woche besetzt, niemand rief wegen unseres Tickets zurück",
        "der Bearbeiter war freundlich, doch das Ticket lag vierzehn Tage ohne Antwort",
        "wir haben das Ticket zweimal eskaliert und der Support schweigt",
    ],
    "price": [
        "der Preis pro Platz stieg zur Verlängerung um ein Drittel",
        "wir bezahlen vierzig Lizenzen und die Hälfte der Plätze liegt brach",
        "die Rechnung ist höher als das Angebot, der Rabatt ist weg",
        "kleinere Anbieter verlangen für dieselben Lizenzen den halben Preis",
        "unser Budget trägt keine weitere Preiserhöhung",
        "das Lizenzmodell bestraft gelegentliche Nutzer, die Kosten steigen",
    ],
    "training": [
        "die Einführung dauerte fünf Wochen und niemand schulte die neuen Kollegen",
        "die Schulungsvideos zeigen eine alte Version, Anfänger verlieren den Faden",
        "für Administratoren fehlt eine Schulung und die Dokumentation ist dünn",
        "einen richtigen Schulungstag zu Beginn der Einführung hätten wir bezahlt",
        "Neue lernen es voneinander, denn das Material der Einführung ist veraltet",
        "die Schulung endet genau dort, wo unsere Arbeit beginnt",
    ],
    "mobile": [
        "die mobile App stürzt ab, sobald ich einen Beleg fotografiere",
        "auf dem Handy sind die Knöpfe zu klein und die App vergisst meine Eingaben",
        "die Android-App hinkt der iPhone-Version Monate hinterher",
        "ohne Netz verliert die App alles, ein Offline-Modus fehlt",
        "unsere Fahrer haben nur ein Handy und die App leert den Akku",
        "Benachrichtigungen der App kommen auf dem Handy Stunden zu spät",
    ],
    "integration": [
        "die Salesforce-Schnittstelle gleicht alle paar Tage nichts mehr ab",
        "die API antwortet unserem Webhook mit Fehlern und die Schnittstelle gibt auf",
        "der Abgleich mit SAP verdoppelt Konten, der Schnittstelle fehlen Regeln",
        "wir schrieben eine eigene Schnittstelle, weil der API die Rechnungen fehlen",
        "der Webhook wiederholt endlos und flutet unseren Server",
        "neue Felder aus Salesforce tauchen in der Schnittstelle nicht auf",
    ],
}
NOTHING_SAID = {
    "en": ["All good so far.", "Keep it up!", "Nothing to add.", "Fine for us.", "Happy overall, thank you.", "n/a"],
    "de": ["Alles in Ordnung soweit.", "Weiter so!", "Nichts hinzuzufügen.", "Passt für uns.", "Insgesamt zufrieden, danke.", "k. A."],
}  # fmt: skip
OPENINGS = {
    "en": ["", "", "", "Honestly, ", "To be frank: ", "Since the last release ", "For months now ", "What bothers us most: ", "My team says "],
    "de": ["", "", "", "Ehrlich gesagt: ", "Offen gesagt: ", "Seit dem letzten Update: ", "Seit Monaten: ", "Was uns am meisten stört: ", "Mein Team sagt: "],
}  # fmt: skip
ENDINGS = {
    "en": ["", "", "", " That costs us hours.", " Please fix this soon.", " It has to get better before the renewal.", " Otherwise we are happy.", " Who can help?"],
    "de": ["", "", "", " Das kostet uns Stunden.", " Bitte bald beheben.", " Das muss vor der Verlängerung besser werden.", " Sonst sind wir zufrieden.", " Wer kann helfen?"],
}  # fmt: skip
SENTENCES = {"en": ENGLISH, "de": GERMAN}


def comments(count: int = 500, *, seed: int = 7) -> list[Comment]:
    """Return so many comments, half of them in each language, a tenth of them about nothing."""
    dice = random.Random(seed)
    found = [_one(dice, "en" if number % 2 else "de") for number in range(count)]
    dice.shuffle(found)
    return found


def _one(dice: random.Random, language: str) -> Comment:
    if dice.random() < 0.1:
        return Comment(dice.choice(NOTHING_SAID[language]), language, NOTHING)
    # Some topics are talked about more than others, as anywhere.
    topics = list(SENTENCES[language])
    topic = dice.choices(topics, weights=range(len(topics) + 4, 4, -1))[0]
    return Comment(_said(dice, language, topic), language, topic)


def _said(dice: random.Random, language: str, topic: str) -> str:
    known = SENTENCES[language][topic]
    told = dice.sample(known, 2 if dice.random() < 0.3 else 1)
    body = ". ".join(
        each[0].upper() + each[1:] if place else each for place, each in enumerate(told)
    )
    opening = dice.choice(OPENINGS[language])
    if not opening:
        body = body[0].upper() + body[1:]
    return f"{opening}{body}.{dice.choice(ENDINGS[language])}"
