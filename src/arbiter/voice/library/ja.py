"""Japanese, in the polite form. Names stand as they are, with 様 behind a person's."""

from typing import Any

_QUOTE = "お名前と会社名とともに、ご回答を紹介してもよろしいですか。"
_THANKS = "ありがとうございます。いただいたご回答は{vendor}の担当者がすべて拝読します。"
_SATISFIED = {
    "subject": "{name}様、{vendor}にご満足いただけていますか",
    "question": "{vendor}にどの程度ご満足いただけていますか。",
    "low": "非常に不満",
    "high": "非常に満足",
    "parts": {"why": "その主な理由をお聞かせください。"},
    "follow_up": {
        "low": "ご期待に沿えなかったのはどの点でしょうか。まず何を改めるべきでしょうか。",
        "middle": "どのような点が改善されれば、より良くなるでしょうか。",
        "high": "特に良かった点をお聞かせください。",
    },
    "consent": _QUOTE,
    "thanks": _THANKS,
}

SURVEYS: dict[str, dict[str, Any]] = {
    "intent": {
        "subject": "{name}様、{vendor}を今後もご利用になりますか",
        "question": "{customer}は今後も{vendor}を継続してご利用になる見込みですか。",
        "help": "「まだ分からない」も大切なご回答です。営業の電話を差し上げることはありません。",
        "choices": {"yes": "はい", "not_sure": "まだ分からない", "no": "いいえ"},
        "parts": {
            "why": "その主な理由をお聞かせください。",
            "would_make_it_yes": "何があれば「はい」になりますか。",
        },
        "follow_up": {
            "low": "「いいえ」の理由をお聞かせください。",
            "middle": "どのような点で迷っていらっしゃいますか。",
            "high": "どのような成果が得られていますか。",
        },
        "thanks": _THANKS,
    },
    "verdict": {
        "subject": "{name}様、{vendor}で望んだ成果は得られましたか",
        "question": "以前、ご希望を「{goal}」と伺いました。それは達成できましたか。",
        "help": "お決めになるのはお客様です。私どもの数字より、お客様のお言葉を重んじます。",
        "choices": {
            "achieved": "はい、達成できた",
            "partly": "一部達成できた",
            "not": "いいえ",
            "too_early": "まだ判断できない",
            "yes": "はい",
            "helped.partly": "一部",
            "no": "いいえ",
        },
        "parts": {
            "helped": "{vendor}はそのお役に立ちましたか。",
            "why": "どのような点からそう判断されますか。",
        },
        "follow_up": {
            "low": "何が足りませんか。",
            "middle": "まだ何が足りませんか。",
            "high": "どのような点に表れていますか。",
        },
        "thanks": _THANKS,
    },
    "check_in": {
        "subject": "{name}様、{vendor}の調子はいかがですか",
        "question": "{vendor}の調子はいかがですか。",
        "help": "質問は2つ、30秒ほどで終わります。",
        "choices": {"well": "順調", "mixed": "まあまあ", "badly": "順調ではない"},
        "parts": {"need": "私どもに何をお望みですか。"},
        "follow_up": {
            "low": "何が妨げになっていますか。まず何が必要でしょうか。",
            "middle": "何があれば順調になりますか。私どもに何をお望みですか。",
            "high": "何よりです。次に私どもに何をお望みですか。",
        },
        "thanks": _THANKS,
    },
    "discovery": {
        "subject": "{name}様、{vendor}で何を実現なさりたいですか",
        "question": "{vendor}でどのような成果を実現なさりたいですか。",
        "help": "機能ではなく、事業にとっての成果を、ご自身の言葉でお書きください。",
        "parts": {
            "measure": "達成できたことを何で判断されますか。どの数値で測り、現在はいくつですか。",
            "by_when": "いつまでに達成したいですか。",
            "if_not": "達成できない場合、どうなりますか。",
        },
        "thanks": _THANKS,
    },
    "still_right": {
        "subject": "{name}様、このご希望に変わりはありませんか",
        "question": "以前、ご希望を「{goal}」と伺いました。今も変わりはありませんか。",
        "help": "ご希望は変わるものです。変わったときは、ぜひお聞かせください。",
        "choices": {
            "yes": "はい、変わらない",
            "changed": "一部変わった",
            "no": "いいえ、もう違う",
        },
        "parts": {"instead": "今は何をお望みですか。"},
        "follow_up": {
            "low": "代わりに何をお望みですか。",
            "middle": "何が変わりましたか。",
            "high": "ほかに知っておくべきことはありますか。",
        },
        "thanks": _THANKS,
    },
    "nps": {
        "subject": "{name}様、{vendor}を人に薦めたいと思いますか",
        "question": "{vendor}を同僚やご友人に薦める可能性はどのくらいありますか。",
        "help": "0は「まったく薦めない」、10は「強く薦める」です。",
        "low": "まったく薦めない",
        "high": "強く薦める",
        "parts": {"why": "その点数の主な理由をお聞かせください。"},
        "follow_up": {
            "low": "何がうまくいきませんでしたか。まず何を変えるべきでしょうか。",
            "middle": "9点か10点に届くには、何が足りませんか。",
            "high": "最も評価してくださっている点は何ですか。",
        },
        "consent": _QUOTE,
        "thanks": _THANKS,
    },
    "csat": {**_SATISFIED, "help": "1は「非常に不満」、5は「非常に満足」です。"},
    "csat_10": {**_SATISFIED, "help": "1は「非常に不満」、10は「非常に満足」です。"},
    "ces": {
        "subject": "{name}様、{vendor}でのお手続きは簡単でしたか",
        "question": "「{vendor}のおかげで、したいことを簡単に済ませることができた。」そう思われますか。",
        "help": "1は「まったくそう思わない」、7は「非常にそう思う」です。",
        "low": "まったくそう思わない",
        "high": "非常にそう思う",
        "parts": {"why": "その理由をお聞かせください。"},
        "follow_up": {
            "low": "どのような点が難しかったですか。",
            "middle": "何があればもっと簡単でしたか。",
            "high": "どのような点が簡単でしたか。",
        },
        "consent": _QUOTE,
        "thanks": _THANKS,
    },
    "ces_inverse": {
        "subject": "{name}様、どのくらい手間がかかりましたか",
        "question": "{vendor}でしたいことを済ませるのに、どのくらい手間がかかりましたか。",
        "help": "1は「ほとんどかからない」、7は「非常にかかった」です。",
        "low": "ほとんどかからない",
        "high": "非常にかかった",
        "parts": {"why": "その理由をお聞かせください。"},
        "follow_up": {
            "low": "どのような点に手間がかかりましたか。",
            "middle": "何があれば手間が省けましたか。",
            "high": "どのような点が簡単でしたか。",
        },
        "consent": _QUOTE,
        "thanks": _THANKS,
    },
    "price_of_value": {
        "subject": "{name}様、{vendor}の価値はどのくらいですか",
        "question": "{vendor}から得ているものは、{customer}にとって年間いくらの価値がありますか({currency})。",
        "help": "ご自身の見積もりで結構です。おおよその金額でもお聞かせください。",
        "parts": {"how": "どのように見積もられましたか。"},
        "consent": _QUOTE,
        "thanks": _THANKS,
    },
}

LETTER = {
    "hello": "{name}様",
    "press": "どれを押しても、その回答が選ばれた状態のページが開きます。ページのボタンを押すまで、何も記録されません。",
    "open": "回答する",
    "write": "ページのボタンを押すまで、何も記録されません。",
    "reached": "このメールは{customer}の{contact}様にお送りしました。",
    "not_you": "ご本人ではありませんか。",
    "stop": "このようなメールを停止する",
}
