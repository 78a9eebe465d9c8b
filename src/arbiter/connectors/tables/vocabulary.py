"""Headers that people use for the same thing, in English, German, French and Spanish.

Best first: of two columns that mean one thing, the earlier spelling is taken.
"""

import re

from arbiter.connectors.tables.shapes import named

CUSTOMERS = named(
    customers__customer_id="Customer ID|Customer Id|Account ID|Company ID|Client ID|Customer number|Customer no|"
    "Customer #|Account number|External ID|CRM ID|Kunden-ID|Kundennummer|Kundennr|Kunden-Nr|Kd-Nr|"
    "ID client|Identifiant client|Numéro client|N° client|ID de cliente|ID cliente|Número de cliente|ID",
    customers__name="Customer name|Customer|Account name|Account|Company name|Company|Client name|Client|"
    "Organisation|Organization|Organisation name|Organization name|Business name|Kunde|Kundenname|Firma|"
    "Firmenname|Unternehmen|Unternehmensname|Name des Kunden|Nom du client|Société|Nom de la société|Entreprise|"
    "Nom de l'entreprise|Compte|Nom du compte|Cliente|Nombre del cliente|Empresa|Nombre de la empresa|Cuenta|"
    "Name|Nom|Nombre",
    customers__domain="Domain|Website|Domain name|Company domain|Company domain name|Web site|URL|Homepage|Website URL|"
    "Webseite|Internetseite|Domäne|Site web|Site internet|Domaine|Sitio web|Página web|Dominio",
    customers__segment="Segment|Customer segment|Tier|Account tier|Size|Kundensegment|Kundengruppe|Segmento",
    customers__industry="Industry|Vertical|Branche|Industrie|Secteur|Secteur d'activité|Sector|Industria",
    customers__region="Region|Country|Country/Region|Territory|Geo|Land|Gebiet|Pays|Région|País|Región|País/región",
    customers__owner_email="Owner email|CSM email|CSM|Owner|Account owner|Customer success manager|Account manager|"
    "Success manager|Responsible|Betreuer|Verantwortlich|Kundenbetreuer|Zuständig|Ansprechpartner intern|"
    "Responsable|Propriétaire|Gestionnaire|Propietario|Gestor",
    customers__stage="Stage|Lifecycle stage|Customer stage|Phase|Lebenszyklusphase|Étape|Etapa",
    customers__since="Customer since|Client since|Since|Became a customer|Original contract date|Kunde seit|Client depuis|"
    "Cliente desde",
    customers__parent_id="Parent ID|Parent account ID|Parent customer ID",
    customers__why_bought="Why they bought|Why bought|Reason for purchase|Use case|Kaufgrund|Warum gekauft",
    customers__promised_value="Promised value|Promise|Promised outcome|Versprochener Nutzen",
)
CONTACTS = named(
    contacts__email="Contact email|Contact e-mail|Email|E-mail|Email address|E-mail address|Primary contact email|"
    "Main contact email|Kontakt E-Mail|E-Mail-Adresse|Ansprechpartner E-Mail|Adresse e-mail|Courriel|"
    "Email du contact|Correo|Correo electrónico|Email de contacto",
    contacts__name="Contact name|Contact|Primary contact|Main contact|Contact person|Key contact|Ansprechpartner|Kontakt|"
    "Kontaktperson|Nom du contact|Interlocuteur|Contacto|Nombre de contacto|Persona de contacto",
    contacts__first_name="First name|Contact first name|Vorname|Prénom",
    contacts__last_name="Last name|Contact last name|Surname|Nachname|Nom de famille|Apellido|Apellidos",
    contacts__role="Contact role|Role|Buying role|Persona|Rolle|Rôle|Rol",
    contacts__title="Job title|Contact title|Title|Position|Funktion|Berufsbezeichnung|Fonction|Intitulé du poste|Cargo|Puesto",
    contacts__language="Language|Preferred language|Contact language|Sprache|Langue|Idioma",
    decision_maker__name="Decision maker|Decision maker name|Economic buyer|Entscheider|Décideur|Decisor",
    decision_maker__email="Decision maker email|Decision maker e-mail|Economic buyer email|Entscheider E-Mail",
    sponsor__name="Sponsor|Executive sponsor|Exec sponsor|Sponsor name",
    sponsor__email="Sponsor email|Executive sponsor email|Exec sponsor email",
    champion__name="Champion|Champion name",
    champion__email="Champion email|Champion e-mail",
)
CONTRACTS = named(
    contracts__contract_id="Contract ID|Contract number|Contract no|Contract #|Subscription ID|Agreement number|Order number|"
    "Vertragsnummer|Vertrags-ID|Vertragsnr|Vertrag|Numéro de contrat|N° contrat|Número de contrato",
    contracts__ends_on="Renewal date|Next renewal date|Next renewal|Renewal|Renews on|Renews|Renewal due|Contract end date|"
    "Contract end|End date|Ends on|Expiry date|Expiration date|Expires|Expires on|Term end|Term end date|Contract renewal date|"
    "Subscription end date|Subscription end|Current term end|Verlängerung|Verlängerungsdatum|Vertragsende|Laufzeitende|Enddatum|Ende|"
    "Nächste Verlängerung|Verlängerung am|Date de renouvellement|Renouvellement|Échéance|Date d'échéance|"
    "Fin de contrat|Date de fin|Fecha de renovación|Renovación|Fin de contrato|Fecha de fin|Vencimiento|"
    "Fecha de vencimiento",
    contracts__starts_on="Contract start date|Contract start|Start date|Starts on|Term start|Term start date|Subscription start date|"
    "Current term start|Vertragsbeginn|Laufzeitbeginn|Startdatum|Beginn|Date de début|Début de contrat|Fecha de inicio|"
    "Inicio de contrato",
    contracts__arr="ARR|Current ARR|Annual recurring revenue|ACV|Annual contract value|Annual value|Annual amount|"
    "Yearly amount|Yearly revenue|ARR amount|Jahreswert|Jahresumsatz|Jährlicher Umsatz|Jahresbetrag|"
    "Jahresvertragswert|RAR|Revenu annuel récurrent|Valeur annuelle|Montant annuel|Ingresos recurrentes anuales|"
    "Importe anual|Valor anual|Annual revenue",
    contracts__mrr="MRR|Current MRR|Monthly recurring revenue|Monthly amount|Monthly value|Monthly fee|Monthly revenue|"
    "Monatsbetrag|Monatlicher Umsatz|Monatswert|Revenu mensuel récurrent|Montant mensuel|Importe mensual",
    contracts__total="TCV|Total contract value|Gesamtvertragswert|Valeur totale du contrat",
    contracts__value="Amount|Contract value|Contract amount|Value|Deal value|Price|Fee|Revenue|Renewal amount|"
    "Betrag|Vertragswert|Umsatz|Wert|Preis|Montant|Valeur|Prix|Importe|Valor|Precio|Monto",
    contracts__currency="Currency|Currency code|Amount currency|ARR currency|Währung|Devise|Moneda|Divisa",
    contracts__term_months="Term (months)|Term months|Contract term (months)|Contract length (months)|Months|"
    "Laufzeit (Monate)|Laufzeit in Monaten|Durée (mois)|Plazo (meses)|Contract term",
    contracts__interval="Billing interval|Billing period|Billing frequency|Interval|Abrechnungsintervall|Zahlungsintervall|"
    "Périodicité|Periodicidad",
    contracts__seats="Seats|Licenses|Licences|Number of seats|Users licensed|Plätze|Lizenzen|Sièges|Licencias",
    contracts__plan="Plan|Plan name|Package|Edition|Tarif|Paket|Forfait|Formule",
    contracts__product="Product|Product name|Produkt|Produit|Producto",
    contracts__auto_renew="Auto renew|Auto-renew|Auto renewal|Auto-renewal|Automatic renewal|Automatische Verlängerung|"
    "Tacite reconduction|Renovación automática",
    contracts__notice_days="Notice days|Notice period|Notice period (days)|Kündigungsfrist|Kündigungsfrist (Tage)|Préavis|Preaviso",
    contracts__status="Renewal status|Status|Contract status|Outcome|Decision|Renewal outcome|Customer status|Account status|"
    "Vertragsstatus|Statut|Estado",
    contracts__decided_on="Decided on|Decision date|Renewed on|Closed on|Entschieden am",
    contracts__lost_on="Churn date|Churned on|Churned at|Lost on|Date lost|Lost date|Cancellation date|Cancelled on|Canceled on|"
    "Cancel date|Date of cancellation|Date of churn|Churn month|Termination date|Terminated on|Date left|Left on|Kündigungsdatum|Gekündigt am|Gekündigt zum|Date de résiliation|Date de départ|Fecha de baja|"
    "Fecha de cancelación",
    contracts__new_arr="New ARR|Renewed ARR|ARR after renewal",
    contracts__churn_reason="Churn reason|Reason for leaving|Reason for churn|Reason for loss|Cancellation reason|Loss reason|"
    "Lost reason|Lost because|Why they left|Why lost|Kündigungsgrund|"
    "Motif de résiliation|Motivo de baja|Closed lost reason",
    contracts__avoidable="Avoidable|Vermeidbar|Évitable",
)
BELIEFS = named(
    beliefs__probability="Belief|Renewal probability|Renewal likelihood|Likelihood to renew|Likelihood|Confidence|"
    "Renewal confidence|Probability|Renewal forecast %|Chance to renew|Wahrscheinlichkeit|Verlängerungswahrscheinlichkeit|"
    "Probabilité|Probabilité de renouvellement|Confiance|Probabilidad|Confianza",
    beliefs__reason="Belief reason|Reason for belief|Forecast comment|Forecast notes|Renewal notes",
    beliefs__by_email="Belief by|Forecast by",
    beliefs__at="Belief date|Forecast date|Forecasted on",
    signals__at="As of|As of date|Snapshot date|Score date|Measured on|Measured at|Health score date|NPS date|Survey date|"
    "Stand|Stichtag|Date de mesure|Fecha de medición",
)
SIGNALS = named(
    signals__health_score="Health score|Health|Customer health|Customer health score|Account health|Overall health|"
    "Gesundheit|Health status|Santé|Score de santé|Salud|RAG|RAG status",
    signals__nps="NPS|NPS score|Latest NPS|Last NPS|Net promoter score",
    signals__csat="CSAT|CSAT score|Customer satisfaction|Zufriedenheit",
    signals__ces="CES|Customer effort score",
    signals__logins_30d="Logins 30d|Logins (30 days)|Logins last 30 days|Monthly logins",
    signals__active_users="Active users|MAU|Monthly active users|Aktive Nutzer|Utilisateurs actifs|Usuarios activos",
    signals__usage="Usage|Usage %|Adoption|Adoption rate|Adoption score|Usage score|Nutzung",
    signals__tickets_open="Open tickets|Tickets open|Offene Tickets",
)
COMMON_FIELDS = {**CUSTOMERS, **CONTACTS, **CONTRACTS, **BELIEFS, **SIGNALS}


def common(*targets: str) -> dict[str, tuple[str, ...]]:
    """The usual headers of some targets; `signals` stands for every signal."""
    wanted = {*targets}
    return {
        target: headers
        for target, headers in COMMON_FIELDS.items()
        if target in wanted or target.partition(".")[0] in wanted
    }


_UNIT = re.compile(
    r"\s*[(\[][^)\]]*[)\]]\s*$|\s+(?:in\s+)?(?:usd|eur|gbp|chf|sek|nok|dkk|cad|aud|€|\$|£|k€)$|^(?:€|\$|£)\s*"
)


def bare(header: str) -> str:
    """A normalised header without its unit: `arr (eur)` and `arr in usd` are `arr`."""
    return _UNIT.sub("", header).strip() or header
