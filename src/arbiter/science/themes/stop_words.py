"""Words that say nothing about what a comment is about, by language: short lists of our own.

They hold what glues a sentence together, and what every comment to a vendor says whatever it is about (we, use, please, good).
"""

ENGLISH = """
a about after again all also always am an and any are as at be because been before being but by can cannot could did do does
doing don down each even every few for from get gets getting give go going good great had has have having he her here him his
how i if in into is it its itself just know let like lot made make makes many may me more most much must my need needs never new
no nobody not now of off often on once one only or other our out over own per please quite really right same say see seems she show shows
should since so some something soon still such take takes than thank thanks that the their them then there these they thing
things think this those though through time to too two under until up upon us use used using very want wants was way we well
were what when where which while who whole why will with without work works would year yes yet you your
add bother everything fine fix frank happy help honest honestly keep last main month months overall satisfied still sure
"""

GERMAN = """
ab aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis bitte brauchen braucht da dabei
dafür damit dann das dass davon dazu dein dem den denn der des die dies diese diesem diesen dieser dieses doch dort du durch
ein eine einem einen einer eines einfach einmal er erst es etwas euch euer für ganz gar geht genau gern gibt gut gute guten haben
habe hat hatte hätte hier hin ich ihm ihn ihr ihre ihrem ihren ihrer im immer in ins ist ja jede jedem jeden jeder jedes jetzt
kann kein keine keinen können könnte leider machen macht man mehr mein mich mir mit muss müssen nach nicht nichts nie niemand noch
nun nur ob neu neue neuen neuer oder ohne oft schon sehr sein seine seit sich sie sind so sollte sonst sowie über um und uns unser unsere unserem
unseren unserer unter viel viele vielen vom von vor wäre war waren warum was weil wenn wer werden wie wieder will wir wird wirklich
wo wollen wurde würde würden zu zeigen zeigt zum zur zwei zwischen danke
bald beheben ehrlich gesagt helfen hinzuzufügen insgesamt meisten ordnung passt stört weiter zufrieden
"""

FRENCH = """
ai aller alors après au aucun aussi autre aux avant avec avez avoir avons beaucoup bien bon bonne car ce cela ces cet cette
chaque chez comme comment dans de des depuis deux doit donc du elle elles en encore entre est et été être eu faire fait faut
il ils je jamais jour jusque la le les leur leurs lors lui ma mais me même mes merci moins mon ne nos notre nous on ont ou où
par parce pas pendant peu peut plus pour pourquoi pouvoir quand que quel quelle qui quoi rien sa sans se ses si son sont sous
sur ta te tes toi ton toujours tous tout toute toutes très trop un une utiliser va vers voir vos votre vous
"""

SPANISH = """
a al algo alguna algunos ante antes aquí así aún bien bueno cada como con cual cuando de del desde donde dos el ella ellos en
entre era es esa ese eso esta está están estar este esto estos fue gracias ha hace hacer han hasta hay la las le les lo los más
me mi mientras mucho muy nada ni no nos nosotros nuestra nuestras nuestro nuestros nunca o otra otro para pero poco por porque puede
pueden que qué quien se sea ser si sí siempre sin sobre solo son su sus también tan tener tiene tienen todo todos tras tu un una uno
unos usar usted ustedes y ya yo
"""

BY_LANGUAGE: dict[str, frozenset[str]] = {
    "en": frozenset(ENGLISH.split()),
    "de": frozenset(GERMAN.split()),
    "fr": frozenset(FRENCH.split()),
    "es": frozenset(SPANISH.split()),
}

# Endings by which the same word differs, the longest first; what is left keeps at least four letters.
ENDINGS: dict[str, tuple[str, ...]] = {
    "en": ("ings", "ing", "ed", "ly", "s"),
    "de": ("ungen", "ung", "ern", "en", "er", "es", "em", "e", "n", "s"),
    "fr": ("ements", "ement", "ations", "ation", "ées", "és", "ée", "er", "ez", "es", "é", "e", "s"),
    "es": ("aciones", "ación", "amente", "ados", "adas", "ado", "ada", "ar", "er", "ir", "es", "os", "as", "o", "a", "s"),
}  # fmt: skip
