"""The first wording of the English home page and of the pages its footer leads to, which each city completes."""

HOME = {
    "title": "Home",
    "slug": "home",
    "welcome_title": "An idea, an answer",
    "welcome_text": "<p>Terrain is where agents of the City put ideas forward, and where the City answers in writing, "
    "even when the answer is no.</p>",
}

# Slug of the French page → its translation.
PAGES = {
    "accessibilite": {
        "title": "Accessibility",
        "slug": "accessibility",
        "summary": "What we know of the accessibility of Terrain, and whom to write to if something stops you.",
        "contact": "The administrator of Terrain in your City, by the internal mail.",
        "body": [
            (
                "text",
                "<h2>What isn’t conforming yet</h2>"
                "<p>No audit was made yet. We check each page with automatic tools, with a keyboard and at a strong "
                "zoom. These trials don’t replace an audit.</p>"
                "<h2>What we tried</h2>"
                "<ul><li>Contrasts of colours, in light and in dark.</li>"
                "<li>Use with a keyboard, and order of reading.</li>"
                "<li>Display on a screen of 320 pixels, and with a larger text.</li>"
                "<li>Pages without JavaScript.</li></ul>"
                "<h2>If something stops you from taking part</h2>"
                "<p>Tell us: we answer, and offer another way, paper for example.</p>"
                "<p>If the answer doesn’t help, you may turn to the Défenseur des droits, free of charge, on 39 28, "
                "from Monday to Friday.</p>",
            )
        ],
    },
    "donnees-personnelles": {
        "title": "My data and my anonymity",
        "slug": "personal-data",
        "summary": "What Terrain keeps about you, why, for how long, and who can read it.",
        "body": [
            (
                "text",
                "<h2>What others know about you</h2>"
                "<p>You choose it before you send, and it doesn’t change afterwards.</p>"
                "<ul><li><b>With my name.</b> Your colleagues see your first name and your job. They can answer "
                "you.</li>"
                "<li><b>Protected name.</b> Your name is shown to nobody, neither to your managers nor to those who "
                "study the idea. It is kept under lock. Two people together can open it, only for a reason set down "
                "by law or by the charter, and you would be told, unless a judge forbids it.</li>"
                "<li><b>Anonymous.</b> We don’t record who you are. Keep the secret code: it is the only way to read "
                "the answer.</li></ul>"
                "<p>If you describe your team or your place, your colleagues might recognise you.</p>"
                '<p><a href="/nom-protege/">How your name is protected, and how often it was opened</a></p>'
                "<h2>For how long</h2>"
                "<p>The link between an idea under a protected name and you is destroyed 24 months after the "
                "decision.</p>"
                "<h2>Your rights</h2>"
                "<p>You may ask for a copy of your data, have them corrected or erased. Write to the data protection "
                "officer of your City. You may also turn to the CNIL.</p>",
            )
        ],
    },
    "charte": {
        "title": "Participation charter",
        "slug": "charter",
        "summary": "What the City commits to, and what is expected of each person who takes part.",
        "body": [
            (
                "text",
                "<h2>The City commits</h2>"
                "<ul><li>To read each idea, and to say who read it.</li>"
                "<li>To answer in writing before the promised date, even when it is no.</li>"
                "<li>To say why, and what could change the answer.</li>"
                "<li>To sign: the name of the person who decides stands under the answer.</li>"
                "<li>Never to look for who stands behind a protected name.</li></ul>"
                "<h2>We ask you</h2>"
                "<ul><li>To speak of the work and of the service, not of people.</li>"
                "<li>To name nobody who could be recognised, inhabitant or colleague.</li>"
                "<li>To remain courteous, even when you disagree.</li></ul>"
                "<h2>When a text is out of place</h2>"
                "<ul><li>Each agent may report it. A person reads it, then decides.</li>"
                "<li>A text is removed with a reason, told to its author, who may object: somebody else reads it "
                "again.</li></ul>"
                "<h2>On your working time</h2>"
                "<p>Taking part belongs to work. Nobody may hold it against you.</p>",
            )
        ],
    },
    "aide": {
        "title": "Help",
        "slug": "help",
        "summary": "Proposing, supporting, following: how to do it, with or without a computer.",
        "body": [
            (
                "text",
                "<h2>Propose an idea</h2>"
                "<p>A text, a title and a choice: with my name, in the name of my team, or under a protected name. "
                "Allow two minutes. Your draft is kept while you write. You may write in your own language.</p>"
                "<h2>Support and follow</h2>"
                "<p>To support is to say “me too”. The total is shown, your name isn’t. It isn’t a vote. To follow is "
                "to receive the news of the idea.</p>"
                "<h2>Receive fewer messages</h2>"
                "<p>In your messages, choose what you receive. Messages about your rights always reach you.</p>"
                "<h2>Without an e-mail address</h2>"
                "<p>Your personnel number and the code printed on your letter are enough to sign in. Lost the code? "
                "A facilitator gives you a new one.</p>",
            )
        ],
    },
    "mentions-legales": {
        "title": "Legal information",
        "slug": "legal-information",
        "summary": "Who publishes this site, who hosts it, and whom to write to.",
        "body": [
            (
                "text",
                "<h2>Publisher</h2><p>The City, represented by the person who directs its administration.</p>"
                "<h2>Hosting</h2><p>The direction of the City in charge of computing.</p>"
                "<h2>Pictures and texts</h2><p>Each picture carries its credit. Words of a contribution are quoted "
                "with the agreement of their author alone, who may take it back.</p>"
                "<h2>Software</h2><p>Terrain is free software, under the EUPL 1.2 licence.</p>",
            )
        ],
    },
}
