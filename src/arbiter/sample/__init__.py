"""A believable sample company, written as workspace files and imported like any other.

Ledgerly sells finance-operations software to about 240 customers. What is true at each of them drives what is
seen; two dozen are told by hand so that every state can be found: Norrvik Logistics (confirmed, disputed, not
judged), Halden Energy (no), Osk Retail (achieved, not known), Tessera Pharma (wrong value), Kestrel Aviation
Services (green and gone), Banco Ribeira (asked, no reply, renewing in days), Hollis & Crane (overdue),
Quill Robotics (never asked), Meridian Trust and 森岡計器 (sponsor left), Zielona Dolina (on behalf),
Lindqvist Marine (celebrate), Calder Print Works (promoter and active without a result), Sorrel & Beck
(only the friendly contact answered), Oyelaran Group (several contracts).
"""

from arbiter.sample.write import SEED, write

__all__ = ["SEED", "write"]
