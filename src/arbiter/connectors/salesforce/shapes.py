"""How Salesforce exports are recognised and what their rows mean, in both shapes.

A data export carries API names (`AccountId`, `IsWon`, `Tier__c`); a report carries the labels of
the reader's language, dates and numbers of the reader's country, and a footer.
"""

from arbiter.connectors.salesforce.footers import is_footer
from arbiter.connectors.salesforce.ids import unified
from arbiter.connectors.tables import deals, prospects
from arbiter.connectors.tables.headers import Column
from arbiter.connectors.tables.records import LeftOut, Record, RowRefused
from arbiter.connectors.tables.shapes import Circumstances, Shape, any_of, named, own_targets
from arbiter.connectors.tables.targets import CUSTOM, SKIP, Kind, Target
from arbiter.connectors.tables.vocabulary import common

PREFIX = "salesforce"
_DELETED = Target("salesforce.is_deleted", "Salesforce: is deleted", Kind.BOOLEAN)
_MASTER = Target("salesforce.master_id", "Salesforce: merged into")
_ACCOUNT_NAME = (
    "Account Name|Account: Account Name|Accountname|Account-Name|Nom du compte|Nombre de la cuenta"
)
_OPPORTUNITY_NAME = "Opportunity Name|Opportunity-Name|Opportunityname|Nom de l'opportunité|Nombre de la oportunidad"
_STAGE = "Stage|Phase|Étape|Etapa"
_CLOSE = "Close Date|Schlusstermin|Abschlussdatum|Date de clôture|Fecha de cierre"
_IDS = (
    "customers.customer_id",
    "customers.parent_id",
    "contacts.contact_id",
    "contracts.contract_id",
)
_MONEY = common(
    "contracts.arr", "contracts.mrr", "contracts.ends_on", "contracts.starts_on", "contracts.term_months",
    "contracts.seats", "contracts.total",
)  # fmt: skip
_SCORES = common("signals")


def _custom_fields(column: Column) -> str:
    """Fields a company made for itself are kept; the hundred that Salesforce brings are not."""
    return CUSTOM if column.name.endswith("__c") else SKIP


def _group(names: str) -> frozenset[str]:
    return any_of(*names.split("|"))


def _unify(record: Record) -> None:
    deleted = record.get(_DELETED.name) is True
    record.pop(_DELETED.name, None)
    if deleted or record.take(_MASTER.name):
        raise LeftOut("left out because Salesforce calls it deleted or merged")
    for target in _IDS:
        if target in record:
            record[target] = unified(record.text(target))
    if "customers.parent_id" in record:
        record["customers.parent_id"] = f"{PREFIX}:{record.text('customers.parent_id')}"


def _account(record: Record, circumstances: Circumstances) -> None:
    _unify(record)
    prospects.leave_out_prospects(record, circumstances)


def _contact(record: Record, _circumstances: Circumstances) -> None:
    _unify(record)
    if not {"customers.customer_id", "customers.name"} & record.keys():
        raise LeftOut("left out because the contact belongs to no account")


def _opportunity(record: Record, circumstances: Circumstances) -> None:
    _unify(record)
    deals.read_deal(record, circumstances)
    if not {"customers.customer_id", "customers.name"} & record.keys():
        raise RowRefused(
            "the opportunity belongs to no account",
            "Add the account’s name or id to the export.",
            target="customers.name",
        )


def _contract(record: Record, _circumstances: Circumstances) -> None:
    _unify(record)
    if record.text("contracts.status").casefold() in ("draft", "in approval process", "inapproval"):
        raise LeftOut("left out because the contract is only a draft")
    if record.text("contracts.status").casefold() == "activated":
        record["contracts.status"] = "open"


ACCOUNTS = Shape(
    key="salesforce.accounts",
    label="Salesforce accounts (data export)",
    required=(
        any_of("Id"), any_of("Name"),
        any_of("OwnerId", "IsDeleted", "MasterRecordId", "BillingCity", "BillingCountry", "ParentId", "AccountSource"),
    ),
    hints=any_of(
        "IsDeleted", "MasterRecordId", "Type", "ParentId", "BillingCity", "BillingCountry", "Phone", "Website",
        "Industry", "AnnualRevenue", "NumberOfEmployees", "OwnerId", "CreatedDate", "LastActivityDate",
    ),
    fields={
        **_MONEY, **_SCORES, **common("customers.segment", "contracts.churn_reason", "contracts.lost_on"),
        **named(
            customers__customer_id="Id", customers__name="Name", customers__domain="Website",
            customers__industry="Industry", customers__region="BillingCountry", customers__parent_id="ParentId",
            customers__owner_email="Owner.Email", customers__kind="Type", skip="AnnualRevenue",
            salesforce__is_deleted="IsDeleted", salesforce__master_id="MasterRecordId",
            contracts__arr="ARR__c|Annual_Recurring_Revenue__c|Current_ARR__c",
            contracts__mrr="MRR__c", contracts__ends_on="Renewal_Date__c|Next_Renewal_Date__c|Contract_End_Date__c",
            contracts__currency="CurrencyIsoCode", signals__health_score="Health_Score__c|Health__c",
            signals__nps="NPS__c",
        ),
    },
    id_prefix=PREFIX,
    targets=own_targets(_DELETED, _MASTER, prospects.KIND),
    leftovers=_custom_fields,
    refine=_account,
    questions=prospects.ask_who_counts,
)  # fmt: skip
CONTACTS = Shape(
    key="salesforce.contacts",
    label="Salesforce contacts (data export)",
    required=(any_of("Id"), any_of("AccountId"), any_of("LastName", "Name"), any_of("Email", "FirstName")),
    hints=any_of("FirstName", "LastName", "Email", "Title", "Phone", "Department", "OwnerId", "IsDeleted", "MailingCity"),
    fields=named(
        contacts__contact_id="Id", customers__customer_id="AccountId", customers__name="Account.Name",
        contacts__name="Name", contacts__first_name="FirstName", contacts__last_name="LastName",
        contacts__email="Email", contacts__title="Title", contacts__role="Role|Role__c|Buying_Role__c",
        salesforce__is_deleted="IsDeleted", salesforce__master_id="MasterRecordId",
    ),
    order=2,
    id_prefix=PREFIX,
    targets=own_targets(_DELETED, _MASTER),
    refine=_contact,
    needs_known_customer=True,
)  # fmt: skip
OPPORTUNITIES = Shape(
    key="salesforce.opportunities",
    label="Salesforce opportunities (data export)",
    required=(any_of("Id"), any_of("AccountId", "Account.Name"), any_of("StageName"), any_of("CloseDate")),
    hints=any_of("Name", "Amount", "Probability", "Type", "IsClosed", "IsWon", "ForecastCategory", "OwnerId", "IsDeleted"),
    fields={
        **_MONEY,
        **named(
            contracts__contract_id="Id", customers__customer_id="AccountId", customers__name="Account.Name",
            contracts__value="Amount", contracts__currency="CurrencyIsoCode",
            contracts__arr="ARR__c|ACV__c|Annual_Contract_Value__c",
            contracts__starts_on="Contract_Start_Date__c|Start_Date__c",
            contracts__ends_on="Contract_End_Date__c|End_Date__c",
            contracts__term_months="Term__c|Contract_Term__c|Term_Months__c",
            contracts__churn_reason="Loss_Reason__c|Closed_Lost_Reason__c|Churn_Reason__c",
            deal__close="CloseDate", deal__stage="StageName", deal__type="Type",
            deal__is_won="IsWon", deal__is_closed="IsClosed", salesforce__is_deleted="IsDeleted",
        ),
    },
    order=3,
    id_prefix=PREFIX,
    targets={**deals.TARGETS, **own_targets(_DELETED)},
    refine=_opportunity,
    questions=deals.ask_what_deals_mean,
)  # fmt: skip
CONTRACTS = Shape(
    key="salesforce.contracts",
    label="Salesforce contracts (data export)",
    required=(any_of("Id"), any_of("AccountId"), any_of("StartDate"), any_of("EndDate", "ContractTerm")),
    hints=any_of("ContractNumber", "Status", "OwnerId", "ContractTerm", "IsDeleted", "ActivatedDate"),
    fields={
        **_MONEY,
        **named(
            contracts__contract_id="Id", customers__customer_id="AccountId", customers__name="Account.Name",
            contracts__starts_on="StartDate", contracts__ends_on="EndDate", contracts__term_months="ContractTerm",
            contracts__status="Status", contracts__currency="CurrencyIsoCode",
            contracts__arr="ARR__c|Annual_Value__c", salesforce__is_deleted="IsDeleted",
        ),
    },
    order=3,
    id_prefix=PREFIX,
    targets=own_targets(_DELETED),
    refine=_contract,
)  # fmt: skip
ACCOUNT_REPORT = Shape(
    key="salesforce.account_report",
    label="Salesforce report of accounts",
    required=(
        _group(_ACCOUNT_NAME),
        any_of("Account Owner", "Account ID", "Last Activity", "Billing State/Province", "Billing Country", "Rating",
               "Last Modified Date", "Accountinhaber", "Propriétaire du compte", "Propietario de la cuenta"),
    ),
    hints=any_of("Account Owner", "Type", "Rating", "Last Activity", "Last Modified Date", "Billing State/Province",
                 "Billing City", "Industry", "Account ID", "Accountinhaber", "Typ", "Branche", "Propriétaire du compte"),
    fields={
        **_MONEY, **_SCORES,
        **common("customers.segment", "customers.since", "contracts.churn_reason", "contracts.lost_on",
                 "contracts.currency", "beliefs.probability"),
        **named(
            customers__customer_id="Account ID|Account-ID|ID du compte|Id. de la cuenta|18 Digit Account ID",
            customers__name=_ACCOUNT_NAME, customers__domain="Website", customers__industry="Industry|Branche|Secteur",
            customers__region="Billing Country|Billing State/Province|Country",
            customers__owner_email="Account Owner: Email|Account Owner|Accountinhaber|Propriétaire du compte",
            customers__kind="Type|Account Type|Typ", customers__parent_id="Parent Account ID",
            skip="Annual Revenue|Jahresumsatz|Chiffre d'affaires annuel",
        ),
    },
    id_prefix=PREFIX,
    certainty=0.94,
    targets=own_targets(prospects.KIND),
    refine=_account,
    questions=prospects.ask_who_counts,
    is_footer=is_footer,
)  # fmt: skip
CONTACT_REPORT = Shape(
    key="salesforce.contact_report",
    label="Salesforce report of contacts",
    required=(
        any_of("Last Name", "Nachname", "Nom", "Apellidos"), _group(_ACCOUNT_NAME),
        any_of("Email", "E-Mail", "E-mail", "Correo electrónico", "Adresse e-mail"),
    ),
    hints=any_of("First Name", "Title", "Phone", "Contact ID", "Contact Owner", "Account Owner", "Mailing City",
                 "Vorname", "Titel", "Telefon", "Prénom", "Salutation", "Anrede"),
    fields=named(
        contacts__contact_id="Contact ID|Kontakt-ID|ID du contact", contacts__first_name="First Name|Vorname|Prénom|Nombre",
        contacts__last_name="Last Name|Nachname|Nom|Apellidos", customers__name=_ACCOUNT_NAME,
        customers__customer_id="Account ID|Account-ID|ID du compte", contacts__title="Title|Titel|Fonction|Cargo",
        contacts__email="Email|E-Mail|E-mail|Correo electrónico|Adresse e-mail", contacts__role="Role|Rolle|Rôle",
    ),
    order=2,
    id_prefix=PREFIX,
    certainty=0.96,
    refine=_contact,
    needs_known_customer=True,
    is_footer=is_footer,
)  # fmt: skip
OPPORTUNITY_REPORT = Shape(
    key="salesforce.opportunity_report",
    label="Salesforce report of opportunities",
    required=(_group(_ACCOUNT_NAME), _group(_OPPORTUNITY_NAME), _group(_STAGE), _group(_CLOSE)),
    hints=any_of("Amount", "Amount Currency", "Probability (%)", "Opportunity Owner", "Type", "Fiscal Period", "Age",
                 "Lead Source", "Next Step", "Betrag", "Typ", "Montant", "Importe", "Opportunity ID"),
    fields={
        **_MONEY,
        **named(
            contracts__contract_id="Opportunity ID|Opportunity-ID", customers__name=_ACCOUNT_NAME,
            customers__customer_id="Account ID|Account-ID", contracts__value="Amount|Betrag|Montant|Importe",
            contracts__currency="Amount Currency|Currency|Betrag (Währung)|Opportunity Currency",
            contracts__churn_reason="Loss Reason|Closed Lost Reason|Reason Lost",
            deal__close=_CLOSE, deal__stage=_STAGE, deal__type="Type|Typ|Opportunity Type|Tipo",
        ),
    },
    order=3,
    id_prefix=PREFIX,
    targets=deals.TARGETS,
    refine=_opportunity,
    questions=deals.ask_what_deals_mean,
    is_footer=is_footer,
)  # fmt: skip
SHAPES = (
    ACCOUNTS,
    CONTACTS,
    OPPORTUNITIES,
    CONTRACTS,
    ACCOUNT_REPORT,
    CONTACT_REPORT,
    OPPORTUNITY_REPORT,
)
