"""What visitors read, in four languages, plain and easy to read: a page of its own, outside the product's catalogue.

The product speaks French; a visitor at a counter may not. These words are reviewed as copy, not translated by msgids:
a language is here whole or not at all (a test compares their fields).
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Words:
    """Everything one language says on the visitor's pages and in the messages sent to them."""

    code: str
    name: str
    direction: str = "ltr"
    question: str
    hint: str
    grades: dict[int, str]
    what_counted: str
    reasons: dict[int, str]
    one_word: str
    send: str
    thanks: str
    nameless: str
    more: str
    more_done: str
    report: str
    report_lede: str
    report_text: str
    report_contact: str
    report_contact_hint: str
    report_send: str
    suggest: str
    suggest_text: str
    suggest_send: str
    suggest_done: str
    promised: str
    code_title: str
    code_keep: str
    follow: str
    figures: str
    back: str
    easy_link: str
    plain_link: str
    languages: str
    facts: str
    optional: str
    closed: str
    too_many: str
    stale: str
    choose_face: str
    link_used: str
    too_short: str
    too_long: str
    bad_contact: str
    no_sms: str
    answer_subject: str
    answer_intro: str
    answer_ready: str
    visit_subject: str
    visit_intro: str
    visit_why: str
    visit_sms: str
    grave: str
    # Same fields, shorter sentences; what isn't here is said as above.
    easy: dict = field(default_factory=dict)

    def says(self, *, easy: bool) -> "Words":
        """These words, or their easy-to-read version."""
        if not easy:
            return self
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return Words(**{**values, **self.easy, "easy": self.easy})


FR = Words(
    code="fr",
    name="Français",
    question="Comment s’est passé votre passage ?",
    hint="Touchez un visage : c’est envoyé.",
    grades={5: "Très bien", 4: "Bien", 3: "Moyen", 2: "Mal", 1: "Très mal"},
    what_counted="Qu’est-ce qui a compté ?",
    reasons={1: "L’accueil", 2: "L’attente", 4: "Les explications", 8: "Les horaires", 16: "Le lieu"},
    one_word="Un mot à ajouter ?",
    send="Envoyer",
    thanks="Merci. C’est enregistré, sans votre nom.",
    nameless="Le mot que vous ajoutez est lu par l’équipe. Il n’est jamais publié. N’y mettez aucun nom.",
    more="En dire plus",
    more_done="Merci. C’est ajouté.",
    report="Signaler un problème",
    report_lede="L’équipe vous répond par écrit sous {days} jours.",
    report_text="Que s’est-il passé ?",
    report_contact="Où vous répondre ?",
    report_contact_hint="Adresse e-mail{sms}. Effacée dès que la réponse est partie. "
    "Sans elle, un code secret vous permet de lire la réponse.",
    report_send="Envoyer mon signalement",
    suggest="Proposer une amélioration",
    suggest_text="Que proposez-vous ?",
    suggest_send="Envoyer ma proposition",
    suggest_done="Merci. Votre proposition est arrivée, sans votre nom. Elle peut devenir une idée publique.",
    promised="Vous aurez une réponse avant le {date}.",
    code_title="Votre code secret",
    code_keep="Gardez ce code : il permet de lire la réponse. Personne ne pourra vous le redonner.",
    follow="Lire la réponse avec mon code",
    figures="Voir les résultats",
    back="Revenir",
    easy_link="Facile à lire",
    plain_link="Version complète",
    languages="Langue",
    facts="Ni nom, ni compte, ni adresse : nous ne savons pas qui vous êtes.",
    optional="facultatif",
    closed="Ce point ne reçoit plus d’avis. Ses résultats restent lisibles.",
    too_many="Beaucoup d’avis arrivent en même temps d’ici. Attendez une minute, puis recommencez.",
    stale="Cette page est restée ouverte longtemps. Rien n’est perdu : touchez encore une fois.",
    choose_face="Choisissez un des visages.",
    link_used="Ce lien a déjà servi, ou il est trop ancien.",
    too_short="Dites en quelques mots ce dont il s’agit (10 caractères au moins).",
    too_long="C’est trop long : {limit} caractères au plus.",
    bad_contact="Vérifiez cette adresse ou ce numéro.",
    no_sms="Les SMS ne partent pas d’ici : donnez une adresse e-mail.",
    answer_subject="Réponse à votre signalement",
    answer_intro="Vous avez signalé un problème après votre passage. Voici la réponse de la Ville.",
    answer_ready="La réponse à votre signalement est prête. Lisez-la avec votre code :",
    visit_subject="Comment s’est passé votre passage ?",
    visit_intro="Vous êtes venu récemment : {place}. Dites en un geste comment cela s’est passé.",
    visit_why="Ce lien sert une fois. Votre adresse n’est pas gardée. Rien ne la relie à votre réponse.",
    visit_sms="Comment s’est passé votre passage ? Répondez en un geste, sans nom :",
    grave="Discrimination : appelez le 39 28, gratuit. Danger : le 17 ou le 112.",
    easy={
        "question": "C’était bien ?",
        "hint": "Touchez un visage.",
        "grades": {5: "Oui", 3: "Moyen", 1: "Non"},
        "what_counted": "Pourquoi ?",
        "thanks": "Merci. Nous ne savons pas votre nom.",
        "facts": "Nous ne savons pas qui vous êtes.",
        "report_lede": "Écrivez le problème. Nous répondons en {days} jours.",
        "one_word": "Voulez-vous écrire un mot ?",
        "too_short": "Écrivez encore un peu : 10 lettres au moins.",
        "nameless": "L’équipe lit ce mot. Il n’est pas publié. N’écrivez pas de nom.",
    },
)
EN = Words(
    code="en",
    name="English",
    question="How was your visit?",
    hint="Touch a face: it is sent.",
    grades={5: "Very good", 4: "Good", 3: "Average", 2: "Bad", 1: "Very bad"},
    what_counted="What made the difference?",
    reasons={1: "The welcome", 2: "The wait", 4: "The explanations", 8: "The opening hours", 16: "The place"},
    one_word="Anything to add?",
    send="Send",
    thanks="Thank you. It is recorded, without your name.",
    nameless="The team reads what you add. It is never published. Please write no names.",
    more="Say more",
    more_done="Thank you. It is added.",
    report="Report a problem",
    report_lede="The team answers you in writing within {days} days.",
    report_text="What happened?",
    report_contact="Where can we answer you?",
    report_contact_hint="E-mail address{sms}. Erased as soon as the answer has left. "
    "Without it, a secret code lets you read the answer.",
    report_send="Send my report",
    suggest="Suggest an improvement",
    suggest_text="What do you suggest?",
    suggest_send="Send my suggestion",
    suggest_done="Thank you. Your suggestion has arrived, without your name. It may become a public idea.",
    promised="You will have an answer before {date}.",
    code_title="Your secret code",
    code_keep="Keep this code: it lets you read the answer. Nobody can give it to you again.",
    follow="Read the answer with my code",
    figures="See the results",
    back="Go back",
    easy_link="Easy to read",
    plain_link="Full version",
    languages="Language",
    facts="No name, no account, no address: we do not know who you are.",
    optional="optional",
    closed="This point no longer takes ratings. Its results can still be read.",
    too_many="Many ratings are coming from here at once. Wait a minute, then try again.",
    stale="This page was open for a long time. Nothing is lost: touch once more.",
    choose_face="Choose one of the faces.",
    link_used="This link was already used, or is too old.",
    too_short="Say in a few words what it is about (at least 10 characters).",
    too_long="This is too long: {limit} characters at most.",
    bad_contact="Check this address or number.",
    no_sms="Text messages do not leave from here: give an e-mail address.",
    answer_subject="Answer to your report",
    answer_intro="You reported a problem after your visit. Here is the City’s answer.",
    answer_ready="The answer to your report is ready. Read it with your code:",
    visit_subject="How was your visit?",
    visit_intro="You came recently: {place}. Say how it was, in one gesture.",
    visit_why="This link works once. Your address is not kept. Nothing ties it to your answer.",
    visit_sms="How was your visit? Answer in one gesture, without a name:",
    grave="Discrimination: call 39 28, free of charge. Danger: 17 or 112.",
    easy={
        "question": "Was it good?",
        "hint": "Touch a face.",
        "grades": {5: "Yes", 3: "So-so", 1: "No"},
        "what_counted": "Why?",
        "thanks": "Thank you. We do not know your name.",
        "facts": "We do not know who you are.",
        "report_lede": "Write the problem. We answer in {days} days.",
        "one_word": "Do you want to write a word?",
        "too_short": "Write a little more: at least 10 letters.",
        "nameless": "The team reads it. It is not published. Write no names.",
    },
)
PT = Words(
    code="pt",
    name="Português",
    question="Como correu a sua visita?",
    hint="Toque num rosto: está enviado.",
    grades={5: "Muito bem", 4: "Bem", 3: "Mais ou menos", 2: "Mal", 1: "Muito mal"},
    what_counted="O que contou?",
    reasons={1: "O acolhimento", 2: "A espera", 4: "As explicações", 8: "Os horários", 16: "O local"},
    one_word="Quer acrescentar uma palavra?",
    send="Enviar",
    thanks="Obrigado. Ficou registado, sem o seu nome.",
    nameless="A equipa lê o que acrescentar. Nunca é publicado. Não escreva nomes.",
    more="Dizer mais",
    more_done="Obrigado. Foi acrescentado.",
    report="Comunicar um problema",
    report_lede="A equipa responde-lhe por escrito no prazo de {days} dias.",
    report_text="O que aconteceu?",
    report_contact="Para onde podemos responder?",
    report_contact_hint="Endereço de e-mail{sms}. Apagado assim que a resposta sair. "
    "Sem ele, um código secreto permite-lhe ler a resposta.",
    report_send="Enviar a minha comunicação",
    suggest="Propor uma melhoria",
    suggest_text="O que propõe?",
    suggest_send="Enviar a minha proposta",
    suggest_done="Obrigado. A sua proposta chegou, sem o seu nome. Pode tornar-se uma ideia pública.",
    promised="Terá uma resposta antes de {date}.",
    code_title="O seu código secreto",
    code_keep="Guarde este código: permite ler a resposta. Ninguém poderá dar-lho outra vez.",
    follow="Ler a resposta com o meu código",
    figures="Ver os resultados",
    back="Voltar",
    easy_link="Leitura fácil",
    plain_link="Versão completa",
    languages="Língua",
    facts="Sem nome, sem conta, sem endereço: não sabemos quem é.",
    optional="facultativo",
    closed="Este ponto já não recebe avaliações. Os resultados continuam disponíveis.",
    too_many="Chegam muitas avaliações daqui ao mesmo tempo. Espere um minuto e recomece.",
    stale="Esta página ficou aberta muito tempo. Nada se perdeu: toque mais uma vez.",
    choose_face="Escolha um dos rostos.",
    link_used="Esta ligação já foi usada, ou é demasiado antiga.",
    too_short="Diga em poucas palavras de que se trata (10 caracteres no mínimo).",
    too_long="É demasiado longo: {limit} caracteres no máximo.",
    bad_contact="Verifique este endereço ou número.",
    no_sms="Daqui não saem SMS: indique um endereço de e-mail.",
    answer_subject="Resposta à sua comunicação",
    answer_intro="Comunicou um problema depois da sua visita. Eis a resposta da Cidade.",
    answer_ready="A resposta à sua comunicação está pronta. Leia-a com o seu código:",
    visit_subject="Como correu a sua visita?",
    visit_intro="Veio recentemente: {place}. Diga com um gesto como correu.",
    visit_why="Esta ligação serve uma vez. O seu endereço não é guardado. Nada o liga à sua resposta.",
    visit_sms="Como correu a sua visita? Responda com um gesto, sem nome:",
    grave="Discriminação: ligue 39 28, gratuito. Perigo: 17 ou 112.",
    easy={
        "question": "Correu bem?",
        "hint": "Toque num rosto.",
        "grades": {5: "Sim", 3: "Mais ou menos", 1: "Não"},
        "what_counted": "Porquê?",
        "thanks": "Obrigado. Não sabemos o seu nome.",
        "facts": "Não sabemos quem é.",
        "report_lede": "Escreva o problema. Respondemos em {days} dias.",
        "one_word": "Quer escrever uma palavra?",
        "too_short": "Escreva mais um pouco: 10 letras no mínimo.",
        "nameless": "A equipa lê. Não é publicado. Não escreva nomes.",
    },
)
AR = Words(
    code="ar",
    name="العربية",
    direction="rtl",
    question="كيف كانت زيارتك؟",
    hint="المس وجهًا: يُرسَل رأيك فورًا.",
    grades={5: "جيدة جدًا", 4: "جيدة", 3: "متوسطة", 2: "سيئة", 1: "سيئة جدًا"},
    what_counted="ما الذي كان مهمًا؟",
    reasons={1: "الاستقبال", 2: "الانتظار", 4: "الشرح", 8: "أوقات العمل", 16: "المكان"},
    one_word="هل تريد إضافة كلمة؟",
    send="إرسال",
    thanks="شكرًا. سُجِّل رأيك من دون اسمك.",
    nameless="يقرأ الفريق ما تضيفه. لا يُنشر أبدًا. لا تكتب أي اسم.",
    more="قل المزيد",
    more_done="شكرًا. أُضيف ما كتبته.",
    report="الإبلاغ عن مشكلة",
    report_lede="يجيبك الفريق كتابةً خلال {days} يومًا.",
    report_text="ماذا حدث؟",
    report_contact="أين نجيبك؟",
    report_contact_hint="بريد إلكتروني{sms}. يُمحى فور إرسال الجواب. ومن دونه، يتيح لك رمز سري قراءة الجواب.",
    report_send="إرسال البلاغ",
    suggest="اقتراح تحسين",
    suggest_text="ماذا تقترح؟",
    suggest_send="إرسال الاقتراح",
    suggest_done="شكرًا. وصل اقتراحك من دون اسمك. وقد يصبح فكرة منشورة للجميع.",
    promised="ستتلقى جوابًا قبل {date}.",
    code_title="رمزك السري",
    code_keep="احتفظ بهذا الرمز: به تقرأ الجواب. لن يستطيع أحد إعطاءك إياه مرة أخرى.",
    follow="قراءة الجواب بالرمز",
    figures="رؤية النتائج",
    back="رجوع",
    easy_link="سهل القراءة",
    plain_link="النسخة الكاملة",
    languages="اللغة",
    facts="لا اسم ولا حساب ولا عنوان: لا نعرف من أنت.",
    optional="اختياري",
    closed="لم تعد هذه النقطة تستقبل آراء. تبقى نتائجها متاحة للقراءة.",
    too_many="تصل آراء كثيرة من هنا في الوقت نفسه. انتظر دقيقة ثم حاول من جديد.",
    stale="بقيت هذه الصفحة مفتوحة طويلًا. لم يضع شيء: المس مرة أخرى.",
    choose_face="اختر أحد الوجوه.",
    link_used="استُعمل هذا الرابط من قبل، أو أصبح قديمًا.",
    too_short="قل بكلمات قليلة ما الأمر (10 أحرف على الأقل).",
    too_long="النص طويل: {limit} حرف على الأكثر.",
    bad_contact="تحقق من العنوان أو الرقم.",
    no_sms="لا تُرسل رسائل نصية من هنا: اكتب بريدًا إلكترونيًا.",
    answer_subject="الجواب على بلاغك",
    answer_intro="أبلغت عن مشكلة بعد زيارتك. هذا جواب المدينة.",
    answer_ready="الجواب على بلاغك جاهز. اقرأه برمزك:",
    visit_subject="كيف كانت زيارتك؟",
    visit_intro="زرتنا مؤخرًا: {place}. قل بلمسة واحدة كيف كانت الزيارة.",
    visit_why="يُستعمل هذا الرابط مرة واحدة. لا نحتفظ بعنوانك. لا شيء يربطه بجوابك.",
    visit_sms="كيف كانت زيارتك؟ أجب بلمسة واحدة، من دون اسم:",
    grave="تمييز: اتصل بالرقم \u206639 28\u2069 مجانًا. خطر: 17 أو 112.",
    easy={
        "question": "هل كانت جيدة؟",
        "hint": "المس وجهًا.",
        "grades": {5: "نعم", 3: "متوسطة", 1: "لا"},
        "what_counted": "لماذا؟",
        "thanks": "شكرًا. لا نعرف اسمك.",
        "facts": "لا نعرف من أنت.",
        "report_lede": "اكتب المشكلة. نجيب خلال {days} يومًا.",
        "one_word": "هل تريد كتابة كلمة؟",
        "too_short": "اكتب أكثر قليلًا: 10 أحرف على الأقل.",
        "nameless": "يقرأها الفريق. لا تُنشر. لا تكتب أسماء.",
    },
)
ALL = {words.code: words for words in (FR, EN, PT, AR)}


def words_of(code: str) -> Words:
    """The words of a language; French when there is none."""
    return ALL.get(code, FR)
