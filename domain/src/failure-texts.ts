import { wordsOf } from './quoted-words';
import type { Language } from './stage-reason-text';

type Sentence = Readonly<Record<Language, string>>;

const passes = (who: string, qui: string): Sentence => ({
  1033: `${who} does not answer just now. It is tried again by itself.`,
  3084: `${qui} ne répond pas pour l’instant. Un nouvel essai se fait de lui-même.`,
});
const slowsDown = (who: string): Sentence => ({
  1033: `${who} asked to slow down. It is tried again by itself.`,
  3084: `${who} a demandé de ralentir. Un nouvel essai se fait de lui-même.`,
});
const page = (who: string): Sentence => ({
  1033: `Something other than ${who} answers at its address. An administrator checks the address, the sign-in and the network.`,
  3084: `Autre chose que ${who} répond à son adresse. Un administrateur vérifie l’adresse, l’authentification et le réseau.`,
});
const credentials = (who: string): Sentence => ({
  1033: `${who} refused the credentials of the integration account. An administrator renews its token.`,
  3084: `${who} a refusé les identifiants du compte d’intégration. Un administrateur renouvelle son jeton.`,
});
const forbidden = (who: string): Sentence => ({
  1033: `The integration account may not do this in ${who}. An administrator grants it the permission.`,
  3084: `Le compte d’intégration n’a pas cette autorisation dans ${who}. Un administrateur la lui accorde.`,
});
const notFound = (who: string): Sentence => ({
  1033: `${who} does not have this, or the integration account may not see it. Check that it still exists, or ask an administrator.`,
  3084: `${who} ne le possède pas, ou le compte d’intégration ne peut pas le voir. Vérifiez qu’il existe encore, ou demandez à un administrateur.`,
});

/**
 * What happened and what to do, for a person at a form or a page, by the code that stands beside the stored sentence
 * (`crmjira_last_error_code`, `crmjira_error_code`). Every code that can reach a row has both languages; the controls carry the same
 * texts in their resx, and tests compare them.
 */
export const failureTexts = {
  network: {
    1033: 'The other side could not be reached. It is tried again by itself.',
    3084: 'L’autre système est injoignable. Un nouvel essai se fait de lui-même.',
  },
  unexpected: {
    1033: 'Something unexpected happened. It is tried again; an administrator finds the cause in the log.',
    3084: 'Une erreur inattendue s’est produite. Un nouvel essai suit; un administrateur en trouve la cause dans le journal.',
  },
  'unexpected-answer': {
    1033: 'An answer had an unexpected form. An administrator finds the place in the log.',
    3084: 'Une réponse avait une forme inattendue. Un administrateur trouve l’endroit dans le journal.',
  },
  'jira-unavailable': passes('Jira', 'Jira'),
  'jira-rate-limit': slowsDown('Jira'),
  'jira-page': page('Jira'),
  'jira-credentials': credentials('Jira'),
  'jira-forbidden': forbidden('Jira'),
  'jira-not-found': notFound('Jira'),
  'jira-refused': {
    1033: 'Jira refused the request. Correct what it names, then try again.',
    3084: 'Jira a refusé la demande. Corrigez ce qui est indiqué, puis réessayez.',
  },
  'jira-deployment': {
    1033: 'The Jira site is not of the type or version that the integration is set up for. An administrator checks the connection.',
    3084: 'Le site Jira n’est pas du type ou de la version prévus. Un administrateur vérifie la connexion.',
  },
  'jira-fields-missing': {
    1033: 'Custom fields of the integration are missing in Jira. An administrator creates them or sets their ids.',
    3084: 'Des champs personnalisés de l’intégration manquent dans Jira. Un administrateur les crée ou indique leurs identifiants.',
  },
  'gateway-unavailable': {
    1033: 'The gateway before Jira does not let the integration through. It is tried again by itself; an administrator checks the gateway and the network.',
    3084: 'La passerelle devant Jira ne laisse pas passer l’intégration. Un nouvel essai se fait de lui-même; un administrateur vérifie la passerelle et le réseau.',
  },
  'tempo-unavailable': passes('Tempo', 'Tempo'),
  'tempo-rate-limit': slowsDown('Tempo'),
  'tempo-page': page('Tempo'),
  'tempo-credentials': credentials('Tempo'),
  'tempo-forbidden': forbidden('Tempo'),
  'tempo-not-found': notFound('Tempo'),
  'dataverse-unavailable': passes('Dataverse', 'Dataverse'),
  'dataverse-limit': slowsDown('Dataverse'),
  'dataverse-batch-cut': passes('Dataverse', 'Dataverse'),
  'dataverse-token': {
    1033: 'Dataverse did not accept the access of the integration. A new one is fetched and it is tried again by itself.',
    3084: 'Dataverse n’a pas accepté l’accès de l’intégration. Un nouvel accès est demandé et l’essai reprend de lui-même.',
  },
  'dataverse-sign-in': {
    1033: 'The integration could not sign in to Dataverse. An administrator checks its application user and secret.',
    3084: 'L’intégration n’a pas pu se connecter à Dataverse. Un administrateur vérifie son utilisateur d’application et son secret.',
  },
  'dataverse-precondition': {
    1033: 'Somebody changed the record meanwhile. It is read again and tried again by itself.',
    3084: 'Quelqu’un a modifié l’enregistrement entre-temps. Il est relu et un nouvel essai se fait de lui-même.',
  },
  'dataverse-forbidden': forbidden('Dataverse'),
  'dataverse-not-found': notFound('Dataverse'),
  'dataverse-refused': {
    1033: 'Dataverse refused the request. Correct what it names, or ask an administrator.',
    3084: 'Dataverse a refusé la demande. Corrigez ce qui est indiqué, ou demandez à un administrateur.',
  },
  'stage-step-unavailable': {
    1033: 'Dataverse asks the integration before the process moves and got no answer. It is tried again by itself.',
    3084: 'Dataverse consulte l’intégration avant que le processus avance et n’a pas eu de réponse. Un nouvel essai se fait de lui-même.',
  },
  'currency-missing': {
    1033: 'Dynamics does not know the currency. An administrator adds it.',
    3084: 'Dynamics ne connaît pas la devise. Un administrateur l’ajoute.',
  },
  'exchange-rate-missing': {
    1033: 'Dynamics has no exchange rate for the currency. An administrator enters it.',
    3084: 'Dynamics n’a pas de taux de change pour la devise. Un administrateur le saisit.',
  },
  'environment-variable': {
    1033: 'A setting of the integration can not be used. An administrator corrects the environment variable that the log names.',
    3084: 'Un réglage de l’intégration est inutilisable. Un administrateur corrige la variable d’environnement nommée dans le journal.',
  },
  'environment-moved': {
    1033: 'This environment looks like a copy: nothing is written to Jira. An administrator confirms the move, or gives the copy a connection of its own.',
    3084: 'Cet environnement semble être une copie\u00a0: rien n’est écrit dans Jira. Un administrateur confirme le déplacement, ou donne à la copie sa propre connexion.',
  },
  'budget-source-not-available': {
    1033: 'The budget source is not set up. An administrator gives its token or chooses another source.',
    3084: 'La source des budgets n’est pas configurée. Un administrateur fournit son jeton ou choisit une autre source.',
  },
  'plan-does-not-settle': {
    1033: 'Something undoes what the integration writes. An administrator finds in the log what repeats.',
    3084: 'Quelque chose annule ce que l’intégration écrit. Un administrateur trouve dans le journal ce qui se répète.',
  },
  'key-vault': {
    1033: 'The vault with the secrets of the integration does not give them out. An administrator checks its access.',
    3084: 'Le coffre des secrets de l’intégration ne les fournit pas. Un administrateur vérifie son accès.',
  },
  'secret-not-stored': {
    1033: 'A renewed secret could not be stored. An administrator checks where it is kept.',
    3084: 'Un secret renouvelé n’a pas pu être enregistré. Un administrateur vérifie où il est conservé.',
  },
  'foreign-link': {
    1033: 'An answer of Dataverse led to another address and was not followed. An administrator finds it in the log.',
    3084: 'Une réponse de Dataverse menait à une autre adresse et n’a pas été suivie. Un administrateur la trouve dans le journal.',
  },
  'provisioning-held': {
    1033: 'Not created yet: too many Jira projects were to be created within an hour. An administrator was asked and can release it with "Retry".',
    3084: 'Pas encore créé\u00a0: trop de projets Jira devaient être créés en une heure. Un administrateur a été consulté et peut débloquer la création avec «\u00a0Réessayer\u00a0».',
  },
  'project-deleted': {
    1033: 'The Jira project no longer exists, or the integration account may no longer see it. The last figures are kept. Restore it, or that access, in Jira; or an administrator deletes the budget mapping, then another project can be linked.',
    3084: 'Le projet Jira n’existe plus, ou le compte d’intégration ne peut plus le voir. Les derniers chiffres sont conservés. Restaurez-le, ou cet accès, dans Jira; ou un administrateur supprime le lien budgétaire, puis un autre projet peut être lié.',
  },
  'currency-kept': {
    1033: 'The currency of the opportunity has changed; approved figures stay in the currency they were approved in. Request an approval to change that.',
    3084: 'La devise de l’opportunité a changé; les chiffres approuvés restent dans leur devise. Demandez une approbation pour la changer.',
  },
} as const satisfies Readonly<Record<string, Sentence>>;

/** Code of a failure that people are told of. */
export type FailureCode = keyof typeof failureTexts;

/** The sentence of a code; null for one that nobody has worded, where the stored text has to serve. Pure. */
export function failureText(code: string | null, language: Language): string | null {
  const texts: Readonly<Record<string, Sentence | undefined>> = failureTexts;
  return (code !== null && Object.hasOwn(texts, code) ? texts[code]?.[language] : undefined) ?? null;
}

/** How a sentence brings in what the other system said. */
export const quotedWords: Sentence = { 1033: 'It says: {words}', 3084: 'Réponse reçue\u00a0: {words}' };

/**
 * A stored failure in a person's language: by its code, with the words of the other system as it said them; else the stored text. Pure.
 * @param stored `crmjira_last_error` or `crmjira_error_message`
 */
export function failureSentence(code: string | null, stored: string, language: Language): string {
  const text = failureText(code, language);
  if (text === null) return stored;
  const words = wordsOf(stored);
  return words === null ? text : `${text} ${quotedWords[language].replace('{words}', () => words)}`;
}
