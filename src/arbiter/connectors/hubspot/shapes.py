"""How HubSpot exports are recognised and what their rows mean.

Labels follow the language of the portal; `Associated …` columns stay English. A file with all
properties has hundreds of columns, so only named ones are taken. Several values in a cell are
parted by a semicolon.
"""

from arbiter.connectors.tables import deals, prospects
from arbiter.connectors.tables.records import LeftOut, Record, RowRefused
from arbiter.connectors.tables.shapes import Circumstances, Shape, any_of, named, own_targets
from arbiter.connectors.tables.targets import Target
from arbiter.connectors.tables.vocabulary import common

PREFIX = "hubspot"
_RECORD_ID = "Record ID|Datensatz-ID|Datensatz ID|ID de registro|ID de l'enregistrement|ID d'enregistrement|ID d’enregistrement|hs_object_id"
_COMPANY_NAME = (
    "Company name|Unternehmensname|Name des Unternehmens|Nombre de la empresa|Nombre de empresa|Nom de l'entreprise|"
    "Nom de l’entreprise|Nom d'entreprise"
)
_FIRST = "First Name|Vorname|Nombre|Prénom|firstname"
_LAST = "Last Name|Nachname|Apellidos|Apellido|Nom|Nom de famille|lastname"
_EMAIL = "Email|E-Mail|E-Mail-Adresse|Correo|Correo electrónico|E-mail|Adresse e-mail"
_DEAL_NAME = "Deal Name|Dealname|Deal-Name|Name des Deals|Nombre del negocio|Nombre de la transacción|Nom de la transaction|Nom du deal"
_DEAL_STAGE = "Deal Stage|Deal-Phase|Dealphase|Etapa del negocio|Fase del negocio|Étape de la transaction|Phase de la transaction|dealstage"
_IDS = Target("hubspot.company_ids", "HubSpot: associated company ids")
_NAMES = Target("hubspot.company_names", "HubSpot: associated company names")
_LINKS = named(
    hubspot__company_ids="Associated Company IDs (Primary)|Associated Company IDs",
    hubspot__company_names="Associated Company Names (Primary)|Associated Company (Primary)|Associated Company|Company Name",
)


def _group(names: str) -> frozenset[str]:
    return any_of(*names.split("|"))


def _company(record: Record, circumstances: Circumstances) -> None:
    prospects.leave_out_prospects(record, circumstances)
    parent = record.take("customers.parent_id")
    if parent:
        record["customers.parent_id"] = COMPANIES.prefixed(parent)


def _take_company(record: Record) -> None:
    """The customer of a contact or a deal: the primary company, which is written first."""
    identifier = record.take(_IDS.name).split(";")[0].strip()
    name = record.take(_NAMES.name).split(";")[0].strip()
    if identifier:
        record["customers.customer_id"] = identifier
    if name:
        record["customers.name"] = name


def _contact(record: Record, _circumstances: Circumstances) -> None:
    _take_company(record)
    if not {"customers.customer_id", "customers.name"} & record.keys():
        raise LeftOut("left out because the contact belongs to no company")


def _deal(record: Record, circumstances: Circumstances) -> None:
    _take_company(record)
    deals.read_deal(record, circumstances)
    if not {"customers.customer_id", "customers.name"} & record.keys():
        raise RowRefused(
            "the deal belongs to no company",
            "Export the deals with the column “Associated Company IDs (Primary)”.",
            target=_IDS.name,
        )


COMPANIES = Shape(
    key="hubspot.companies",
    label="HubSpot companies",
    required=(_group(_RECORD_ID), _group(_COMPANY_NAME)),
    hints=any_of(
        "Company Domain Name",
        "Company owner",
        "Create Date",
        "Number of Employees",
        "Annual Revenue",
        "Industry",
        "Lifecycle Stage",
        "Country/Region",
        "City",
        "Last Activity Date",
        "Website URL",
        "Unternehmens-Domainname",
        "Zuständiger Mitarbeiter",
        "Erstelldatum",
        "Branche",
        "Lifecycle-Phase",
        "Land/Region",
        "Stadt",
        "Ort",
        "Nombre de dominio de la empresa",
        "Propietario de la empresa",
        "Fecha de creación",
        "Sector",
        "Ciudad",
        "País/región",
        "Etapa del ciclo de vida",
        "Nom de domaine de l'entreprise",
        "Propriétaire de l'entreprise",
        "Date de création",
        "Secteur",
        "Pays/région",
        "Ville",
        "Phase du cycle de vie",
        "Associated Note",
        "Associated Contact IDs",
        "Associated Deal IDs",
    ),
    fields={
        **common(
            "contracts.ends_on",
            "contracts.starts_on",
            "contracts.arr",
            "contracts.mrr",
            "contracts.currency",
            "contracts.seats",
            "contracts.plan",
            "contracts.lost_on",
            "contracts.churn_reason",
            "customers.segment",
            "customers.since",
            "customers.promised_value",
            "customers.why_bought",
            "signals",
        ),
        **named(
            customers__customer_id=_RECORD_ID,
            customers__name=_COMPANY_NAME,
            customers__domain="Company Domain Name|Unternehmens-Domainname|Domainname des Unternehmens|"
            "Nombre de dominio de la empresa|Nom de domaine de l'entreprise|Website URL|Domain",
            customers__industry="Industry|Branche|Sector|Secteur|Secteur d'activité",
            customers__region="Country/Region|Land/Region|País/región|Pays/région|Country",
            customers__owner_email="Company owner|Zuständiger Mitarbeiter|Unternehmensinhaber|Propietario de la empresa|"
            "Propriétaire de l'entreprise",
            customers__kind="Lifecycle Stage|Lifecycle-Phase|Lebenszyklusphase|Etapa del ciclo de vida|Phase du cycle de vie",
            customers__parent_id="Parent Company ID|Associated Parent Company ID",
            skip="Annual Revenue|Jahresumsatz|Ingresos anuales|Revenu annuel|Chiffre d'affaires annuel",
        ),
    },
    id_prefix=PREFIX,
    targets=own_targets(prospects.KIND),
    refine=_company,
    questions=prospects.ask_who_counts,
)
CONTACTS = Shape(
    key="hubspot.contacts",
    label="HubSpot contacts",
    required=(_group(_RECORD_ID), _group(_FIRST), _group(_LAST), _group(_EMAIL)),
    hints=any_of(
        "Contact owner",
        "Lifecycle Stage",
        "Lead Status",
        "Job Title",
        "Phone Number",
        "Company Name",
        "Associated Company",
        "Associated Company IDs",
        "Associated Company IDs (Primary)",
        "Preferred language",
        "Unsubscribed from all email",
        "Last NPS survey rating",
        "Propietario del contacto",
        "Cargo",
        "Número de teléfono",
        "Estado del lead",
        "Fecha de creación",
        "Zuständiger Mitarbeiter",
        "Berufsbezeichnung",
        "Telefonnummer",
        "Lead-Status",
        "Propriétaire du contact",
        "Intitulé du poste",
        "Numéro de téléphone",
    ),
    fields={
        **_LINKS,
        **named(
            contacts__contact_id=_RECORD_ID,
            contacts__first_name=_FIRST,
            contacts__last_name=_LAST,
            contacts__email=_EMAIL,
            contacts__title="Job Title|Cargo|Berufsbezeichnung|Intitulé du poste|Poste",
            contacts__role="Buying Role|Kaufrolle|Rol de compra|Rôle d'achat",
            contacts__language="Preferred language|Bevorzugte Sprache|Idioma preferido|Langue préférée",
            answers__nps="Last NPS survey rating",
            answers__at="Last NPS survey date",
            answers__comment="Last NPS survey comment",
        ),
    },
    order=2,
    id_prefix=PREFIX,
    targets=own_targets(_IDS, _NAMES),
    refine=_contact,
    needs_known_customer=True,
)
DEALS = Shape(
    key="hubspot.deals",
    label="HubSpot deals",
    required=(_group(_RECORD_ID), _group(_DEAL_NAME), _group(_DEAL_STAGE)),
    hints=any_of(
        "Pipeline", "Amount", "Amount in company currency", "Currency", "Close Date", "Create Date", "Deal owner",
        "Deal Type", "Associated Company", "Associated Company IDs", "Associated Company IDs (Primary)",
        "Associated Company Names (Primary)", "Associated Contact IDs", "Betrag", "Währung", "Abschlussdatum",
        "Monto", "Importe", "Moneda", "Fecha de cierre", "Montant", "Devise", "Date de fermeture", "Date de clôture",
    ),
    fields={
        **common("contracts.starts_on", "contracts.ends_on", "contracts.term_months", "contracts.seats",
                 "contracts.arr", "contracts.mrr", "contracts.total"),
        **_LINKS,
        **named(
            contracts__contract_id=_RECORD_ID,
            contracts__value="Amount in company currency|Amount|Betrag|Monto|Importe|Montant",
            contracts__currency="Currency|Währung|Moneda|Devise|Currency in company currency",
            contracts__product="Product Name|Product",
            contracts__churn_reason="Closed Lost Reason|Grund für verlorenen Deal|Motivo de cierre perdido",
            deal__close="Close Date|Abschlussdatum|Schlussdatum|Fecha de cierre|Date de fermeture|Date de clôture",
            deal__stage=_DEAL_STAGE,
            deal__type="Deal Type|Deal-Typ|Dealtyp|Tipo de negocio|Type de transaction",
            deal__pipeline="Pipeline",
        ),
    },
    order=3,
    id_prefix=PREFIX,
    targets={**deals.TARGETS, **own_targets(_IDS, _NAMES)},
    refine=_deal,
    questions=deals.ask_what_deals_mean,
)  # fmt: skip
SHAPES = (COMPANIES, CONTACTS, DEALS)
