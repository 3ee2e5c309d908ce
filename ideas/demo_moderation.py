"""What moderation shows in the demo city: a text hidden by its reports, a reported comment, an objection, a return."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """A report: which reason, and a word."""

    reason: str
    text: str = ""


# Beginning of an idea's title → the reports that hid it, by people of three units.
WITHHELD = (
    "Afficher au vestiaire",
    (
        Told("personnes", "On y reconnaîtrait deux collègues tout de suite."),
        Told("personnes"),
        Told("injure", "Une idée se discute, une liste de noms blesse."),
    ),
)
# Beginning of the title of its idea, beginning of the comment, the report that waits.
REPORTED_COMMENT = ("Des assises", "Encore une idée de bureau", Told("injure", "Le ton est blessant pour la crèche."))
# A removal its author objects to.
OBJECTED = (
    "Changer de responsable",
    "Je ne cite aucun nom et je parle d'une organisation, pas d'une personne. Dites-moi quelle phrase gêne.",
)
# Removed, then shown again: why, what its author objected, what was answered.
RESTORED = (
    "Remplacer la cireuse",
    "personnes",
    "Votre texte semble se moquer d'une personne appelée Gaston. Décrivez la panne sans la nommer.",
    "Gaston est le surnom de la machine : il est peint dessus depuis vingt ans. Personne ne porte ce nom ici.",
    "Vous avez raison, Gaston est une machine. Votre idée revient à sa place, et une nouvelle date est promise.",
)

# Comments of the last months that somebody reported. Kept: strong words about a situation aren't insults.
KEPT = (
    "Trois semaines sans réponse, c'est long. On finit par ne plus rien demander.",
    "Cette règle a été écrite par quelqu'un qui n'a jamais porté un sac de gravats.",
    "Franchement, le nouveau logiciel nous fait perdre la matinée.",
    "On nous promet des vestiaires depuis quatre ans. Je n'y crois plus.",
    "La réponse de l'an dernier était à côté de la question.",
    "Qui a choisi ces gants ? Ils tiennent deux jours.",
    "Le planning change le vendredi soir pour le lundi. Ce n'est pas sérieux.",
    "Ça suffit, les réunions à l'heure de la pause.",
    "Le marché des tenues est une catastrophe, il faut le dire.",
    "Nous ne sommes pas des numéros de tournée.",
    "La direction devrait venir un matin à six heures, elle comprendrait.",
    "Je ne suis pas d'accord du tout, et je l'explique : le portail sert aussi aux livraisons.",
)
OFF_TOPIC = (
    "Quelqu'un a le résultat du match d'hier ?",
    "Je vends deux places de concert pour samedi.",
    "Qui covoiture depuis la gare pendant les vacances ?",
    "Bon anniversaire à toute l'équipe du soir !",
    "J'ai perdu un parapluie vert à la cantine.",
    "Perdu : un badge de piscine, bleu, avec un dauphin.",
    "On se retrouve jeudi pour le tournoi de pétanque ?",
    "Ma voisine donne trois chatons tigrés.",
    "Quelqu'un connaît un bon plombier ?",
    "Le café du coin a changé de patron, allez-y.",
    "Test, test, un deux.",
    "Il neige chez vous aussi ?",
)
ADVERTISING = (
    "Remise de dix pour cent chez mon cousin, pneus toutes marques.",
    "Cours de guitare à domicile, premier essai offert.",
    "Vide-maison dimanche, tout doit partir.",
    "Essayez ces semelles, elles ont changé ma vie. Lien sur demande.",
    "Agence de voyages : séjours à prix doux pour les collègues.",
    "Je répare les téléphones, écran en une heure.",
    "Nouveau salon de coiffure, tarif agent le mardi.",
    "Panier de légumes livré au dépôt, inscrivez-vous.",
    "Assurance auto moins chère, contactez-moi.",
    "Formation au permis moto, deux places à gagner.",
    "Vente de gâteaux au profit de mon club, commandez avant jeudi.",
)
WHY_REMOVED = {
    "hors_sujet": "Cette page sert à parler de l'idée. Votre message reste le bienvenu au panneau de votre équipe.",
    "publicite": "On ne vend ni ne recommande rien ici. Vous pouvez commenter l'idée elle-même.",
}
