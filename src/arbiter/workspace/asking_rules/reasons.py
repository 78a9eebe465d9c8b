"""Why somebody is not asked, in a few words for headings and menus."""

from arbiter.voice.queries.reasons import Reason

REASONS: dict[str, str] = {
    Reason.LEFT: "Left the customer",
    Reason.NO_ADDRESS: "No mail address",
    Reason.SUPPRESSED: "Wants no mail, or it came back",
    Reason.NO_BASIS: "No lawful basis",
    Reason.HELD_OUT: "Never asked, by lot",
    Reason.SAMPLED_OUT: "Not drawn this time",
    Reason.NOT_COVERED: "Nobody who decides can be asked",
    Reason.NO_GOAL: "Nothing to ask about",
    Reason.OUTCOME_PENDING: "An outcome question goes first",
    Reason.TOO_SOON: "Asked lately",
    Reason.RELATIONSHIP_TOO_SOON: "Had a relationship survey lately",
    Reason.TRANSACTIONAL_TOO_SOON: "Had such a survey lately",
    Reason.CUSTOMER_WEEK: "Enough people of the customer this week",
    Reason.DAILY_MOST: "Enough people today",
    Reason.QUIET_HOURS: "Night or weekend where they are",
    Reason.LAPSED: "Waited too long",
}
