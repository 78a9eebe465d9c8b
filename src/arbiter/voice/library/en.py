"""English."""

from typing import Any

_QUOTE = "May we quote you, with your name and company?"
_THANKS = "Thank you. Somebody at {vendor} reads every answer."

SURVEYS: dict[str, dict[str, Any]] = {
    "intent": {
        "subject": "{name}, will you continue with {vendor}?",
        "question": "Do you expect {customer} to continue with {vendor}?",
        "help": "Not sure is a useful answer. It will not trigger a sales call.",
        "choices": {"yes": "Yes", "not_sure": "Not sure", "no": "No"},
        "parts": {
            "why": "What is the main reason?",
            "would_make_it_yes": "What would make it a yes?",
        },
        "follow_up": {
            "low": "What is the reason for your no?",
            "middle": "What makes you unsure?",
            "high": "What do you get from it?",
        },
        "thanks": _THANKS,
    },
    "verdict": {
        "subject": "{name}, did you get what you wanted from {vendor}?",
        "question": "You told us what you want: “{goal}”. Did you get it?",
        "help": "You decide. Our numbers do not count for more than your word.",
        "choices": {
            "achieved": "Yes, we got this",
            "partly": "Partly",
            "not": "No",
            "too_early": "Too early to say",
            "yes": "Yes",
            "no": "No",
        },
        "parts": {"helped": "Did {vendor} help with it?", "why": "How do you know?"},
        "follow_up": {
            "low": "What is missing?",
            "middle": "What is still missing?",
            "high": "What shows it?",
        },
        "thanks": _THANKS,
    },
    "check_in": {
        "subject": "{name}, how is it going with {vendor}?",
        "question": "How is it going with {vendor}?",
        "help": "Two questions, half a minute.",
        "choices": {"well": "Well", "mixed": "So-so", "badly": "Not well"},
        "parts": {"need": "What do you need from us?"},
        "follow_up": {
            "low": "What is in the way, and what do you need from us first?",
            "middle": "What would make it go well? What do you need from us?",
            "high": "Good to hear. What do you need from us next?",
        },
        "thanks": _THANKS,
    },
    "discovery": {
        "subject": "{name}, what do you want to reach with {vendor}?",
        "question": "What result do you want to reach with {vendor}?",
        "help": "The result for your business, in your own words. Not a feature.",
        "parts": {
            "measure": "How will you know that you have reached it? What do you measure, and where does it stand today?",
            "by_when": "By when?",
            "if_not": "What happens if you do not reach it?",
        },
        "thanks": _THANKS,
    },
    "still_right": {
        "subject": "{name}, is this still what you want?",
        "question": "You told us what you want: “{goal}”. Is that still right?",
        "help": "What you want may change. Then we want to know.",
        "choices": {
            "yes": "Yes, still right",
            "changed": "Partly, it has changed",
            "no": "No, no longer",
        },
        "parts": {"instead": "What do you want now?"},
        "follow_up": {
            "low": "What do you want instead?",
            "middle": "What has changed?",
            "high": "Is there anything else we should know?",
        },
        "thanks": _THANKS,
    },
    "nps": {
        "subject": "{name}, would you recommend {vendor}?",
        "question": "How likely are you to recommend {vendor} to a colleague or a friend?",
        "help": "0 is not at all likely, 10 is extremely likely.",
        "low": "Not at all likely",
        "high": "Extremely likely",
        "parts": {"why": "What is the main reason for your score?"},
        "follow_up": {
            "low": "What went wrong, and what should we change first?",
            "middle": "What is missing for a 9 or a 10?",
            "high": "What do you value most?",
        },
        "consent": _QUOTE,
        "thanks": _THANKS,
    },
    "csat": {
        "subject": "{name}, are you satisfied with {vendor}?",
        "question": "How satisfied are you with {vendor}?",
        "help": "1 is very dissatisfied, 5 is very satisfied.",
        "low": "Very dissatisfied",
        "high": "Very satisfied",
        "parts": {"why": "What is the main reason?"},
        "follow_up": {
            "low": "What disappointed you, and what should we put right first?",
            "middle": "What would have made it better?",
            "high": "What did we do well?",
        },
        "consent": _QUOTE,
        "thanks": _THANKS,
    },
    "csat_10": {
        "subject": "{name}, are you satisfied with {vendor}?",
        "question": "How satisfied are you with {vendor}?",
        "help": "1 is very dissatisfied, 10 is very satisfied.",
        "low": "Very dissatisfied",
        "high": "Very satisfied",
        "parts": {"why": "What is the main reason?"},
        "follow_up": {
            "low": "What disappointed you, and what should we put right first?",
            "middle": "What would have made it better?",
            "high": "What did we do well?",
        },
        "consent": _QUOTE,
        "thanks": _THANKS,
    },
    "ces": {
        "subject": "{name}, did {vendor} make it easy?",
        "question": "“{vendor} made it easy to get done what I wanted.” Do you agree?",
        "help": "1 is strongly disagree, 7 is strongly agree.",
        "low": "Strongly disagree",
        "high": "Strongly agree",
        "parts": {"why": "What made it so?"},
        "follow_up": {
            "low": "What made it hard?",
            "middle": "What would have made it easier?",
            "high": "What made it easy?",
        },
        "consent": _QUOTE,
        "thanks": _THANKS,
    },
    "ces_inverse": {
        "subject": "{name}, how much effort did it take?",
        "question": "How much effort did it take you to get done what you wanted with {vendor}?",
        "help": "1 is very little effort, 7 is very much.",
        "low": "Very little",
        "high": "Very much",
        "parts": {"why": "What made it so?"},
        "follow_up": {
            "low": "What took the effort?",
            "middle": "What would have saved you effort?",
            "high": "What made it easy?",
        },
        "consent": _QUOTE,
        "thanks": _THANKS,
    },
    "price_of_value": {
        "subject": "{name}, what is {vendor} worth to you?",
        "question": "What is what you get from {vendor} worth to {customer} a year, in {currency}?",
        "help": "Your own estimate. A rough number is better than none.",
        "parts": {"how": "How did you arrive at it?"},
        "consent": _QUOTE,
        "thanks": _THANKS,
    },
}

LETTER = {
    "hello": "Hello {name},",
    "press": "Each opens a page with that answer chosen. Nothing is recorded until you press the button there.",
    "open": "Answer",
    "write": "Nothing is recorded until you press the button on the page.",
    "reached": "This went to {contact} at {customer}.",
    "not_you": "Not you?",
    "stop": "No such mail any more",
}
