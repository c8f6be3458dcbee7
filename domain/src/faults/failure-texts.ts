import type { Language } from '../text/language';
import { wordFailure } from './word-failure';

type Sentence = Readonly<Record<Language, string>>;

/** Products that are called, as their failure codes begin, and as sentences name them. */
const providers = { jira: 'Jira', tempo: 'Tempo', sentry: 'Sentry' } as const;
type ProviderCode = keyof typeof providers;

/** What any provider may answer. */
const ofProviders = {
  unavailable: {
    1033: "{provider} is not responding. We'll retry automatically.",
    3084: '{provider} ne répond pas pour l’instant. Nouvelle tentative automatique.',
  },
  'rate-limit': {
    1033: "{provider} asked us to slow down. We'll retry automatically.",
    3084: '{provider} a demandé de ralentir. Nouvelle tentative automatique.',
  },
  page: {
    1033: 'The {provider} address did not return a {provider} response. Ask an administrator to check the address, the sign-in and the network.',
    3084: 'L’adresse de {provider} n’a pas donné de réponse de {provider}. Demandez à un administrateur de vérifier l’adresse, l’authentification et le réseau.',
  },
  credentials: {
    1033: '{provider} refused the credentials of the integration account. Ask an administrator to renew its token.',
    3084: '{provider} a refusé les identifiants du compte d’intégration. Demandez à un administrateur de renouveler son jeton.',
  },
  forbidden: {
    1033: 'The integration account is not allowed to do this in {provider}. Ask an administrator to grant the permission.',
    3084: 'Le compte d’intégration n’a pas cette autorisation dans {provider}. Demandez à un administrateur de la lui accorder.',
  },
  'not-found': {
    1033: '{provider} could not find it. Check that it still exists, or ask an administrator whether the integration account can see it.',
    3084: 'Introuvable dans {provider}. Vérifiez que l’élément existe encore, ou demandez à un administrateur si le compte d’intégration peut le voir.',
  },
  refused: {
    1033: '{provider} refused the request. Correct what it names, then try again.',
    3084: '{provider} a refusé la demande. Corrigez ce qui est indiqué, puis réessayez.',
  },
} as const satisfies Readonly<Record<string, Sentence>>;

const naming = (provider: string, { 1033: english, 3084: french }: Sentence): Sentence => ({
  1033: english.replaceAll('{provider}', provider),
  3084: french.replaceAll('{provider}', provider),
});

type ProviderFailure = `${ProviderCode}-${keyof typeof ofProviders}`;
// Object.fromEntries forgets the names that the entries have.
const providerTexts = Object.fromEntries(
  Object.entries(providers).flatMap(([code, name]) =>
    Object.entries(ofProviders).map(([what, sentence]) => [`${code}-${what}`, naming(name, sentence)]),
  ),
) as Readonly<Record<ProviderFailure, Sentence>>;

/**
 * What happened and what to do, for a person at a form or a page, by the code that stands beside the stored sentence
 * (`crmjira_last_error_code`, `crmjira_error_code`). Every code that can reach a row has both languages; `npm run generate` writes the
 * same texts into the resx of the controls.
 */
export const failureTexts = {
  network: {
    1033: "The other system could not be reached. We'll retry automatically.",
    3084: 'L’autre système est injoignable. Nouvelle tentative automatique.',
  },
  unexpected: {
    1033: "Something unexpected happened. We'll retry; the cause is in the log, for an administrator.",
    3084: 'Une erreur inattendue s’est produite. Nouvelle tentative automatique; un administrateur peut en trouver la cause dans le journal.',
  },
  'unexpected-answer': {
    1033: 'An answer had an unexpected format. Ask an administrator to check the log.',
    3084: 'Une réponse avait une forme inattendue. Demandez à un administrateur de consulter le journal.',
  },
  ...providerTexts,
  'jira-deployment': {
    1033: 'The Jira site is not of the type or version that the integration is set up for. Ask an administrator to check the connection.',
    3084: 'Le site Jira n’est pas du type ou de la version prévus. Demandez à un administrateur de vérifier la connexion.',
  },
  'sentry-connection': {
    1033: 'The connection to Sentry cannot be used, or it is not active. Ask an administrator to check the connection.',
    3084: 'La connexion à Sentry est inutilisable ou inactive. Demandez à un administrateur de vérifier la connexion.',
  },
  'jira-connection': {
    1033: 'The connection to this Jira site cannot be used, or it is not active. Ask an administrator to check the connection.',
    3084: 'La connexion à ce site Jira est inutilisable ou inactive. Demandez à un administrateur de vérifier la connexion.',
  },
  'jira-fields-missing': {
    1033: 'Custom fields of the integration are missing in Jira. Ask an administrator to create them or to set their ids.',
    3084: 'Des champs personnalisés de l’intégration manquent dans Jira. Demandez à un administrateur de les créer ou d’indiquer leurs identifiants.',
  },
  'jira-fields-off-screen': {
    1033: 'The screens of the Jira project lack fields of the integration. Ask a Jira administrator to add them to its create and edit screens, then choose Retry.',
    3084: 'Il manque des champs de l’intégration sur les écrans du projet Jira. Demandez à un administrateur de Jira de les ajouter aux écrans de création et de modification, puis choisissez Réessayer.',
  },
  'gateway-unavailable': {
    1033: "The gateway in front of Jira blocks the integration. We'll retry automatically; ask an administrator to check the gateway and the network.",
    3084: 'La passerelle devant Jira ne laisse pas passer l’intégration. Nouvelle tentative automatique; demandez à un administrateur de vérifier la passerelle et le réseau.',
  },
  'dataverse-unavailable': naming('Dataverse', ofProviders.unavailable),
  'dataverse-limit': naming('Dataverse', ofProviders['rate-limit']),
  'dataverse-batch-cut': naming('Dataverse', ofProviders.unavailable),
  'dataverse-token': {
    1033: "Dataverse did not accept the access token of the integration. We'll fetch a new one and retry automatically.",
    3084: 'Dataverse a refusé le jeton d’accès de l’intégration. Un nouveau jeton sera demandé. Nouvelle tentative automatique.',
  },
  'dataverse-sign-in': {
    1033: 'The integration could not sign in to Dataverse. Ask an administrator to check its application user and secret.',
    3084: 'L’intégration n’a pas pu se connecter à Dataverse. Demandez à un administrateur de vérifier son utilisateur d’application et son secret.',
  },
  'dataverse-precondition': {
    1033: "Somebody changed the record meanwhile. We'll read it again and retry automatically.",
    3084: 'Quelqu’un a modifié l’enregistrement entre-temps. Il sera relu. Nouvelle tentative automatique.',
  },
  'dataverse-forbidden': naming('Dataverse', ofProviders.forbidden),
  'dataverse-not-found': naming('Dataverse', ofProviders['not-found']),
  'dataverse-refused': {
    1033: 'Dataverse refused the request. Correct what it names, or ask an administrator.',
    3084: 'Dataverse a refusé la demande. Corrigez ce qui est indiqué, ou demandez à un administrateur.',
  },
  'stage-step-unavailable': {
    1033: "The integration did not answer Dataverse, so the process cannot move. We'll retry automatically.",
    3084: 'L’intégration n’a pas répondu à Dataverse; le processus ne peut pas avancer. Nouvelle tentative automatique.',
  },
  'currency-missing': {
    1033: 'Dynamics does not know the currency. Ask an administrator to add it.',
    3084: 'Dynamics ne connaît pas la devise. Demandez à un administrateur de l’ajouter.',
  },
  'exchange-rate-missing': {
    1033: 'Dynamics has no exchange rate for the currency. Ask an administrator to enter it.',
    3084: 'Dynamics n’a pas de taux de change pour la devise. Demandez à un administrateur de le saisir.',
  },
  'environment-variable': {
    1033: 'A setting of the integration cannot be used. Ask an administrator to correct the environment variable named in the log.',
    3084: 'Un réglage de l’intégration est inutilisable. Demandez à un administrateur de corriger la variable d’environnement nommée dans le journal.',
  },
  'address-refused': {
    1033: 'The integration is not allowed to call an address that is set. Ask an administrator to correct the address, or to allow it.',
    3084: 'L’intégration n’a pas le droit d’appeler une adresse configurée. Demandez à un administrateur de corriger cette adresse ou de l’autoriser.',
  },
  'environment-moved': {
    1033: 'This environment looks like a copy: nothing is written to Jira. Ask an administrator to confirm the move, or to give the copy its own connection.',
    3084: 'Cet environnement semble être une copie\u00a0: rien n’est écrit dans Jira. Demandez à un administrateur de confirmer le déplacement ou de donner à la copie sa propre connexion.',
  },
  'budget-source-not-available': {
    1033: 'The budget source is not set up. Ask an administrator to provide its token or to choose another source.',
    3084: 'La source des budgets n’est pas configurée. Demandez à un administrateur de fournir son jeton ou de choisir une autre source.',
  },
  'plan-does-not-settle': {
    1033: 'Something keeps undoing what the integration writes. Ask an administrator to check the log.',
    3084: 'Quelque chose annule sans cesse ce que l’intégration écrit. Demandez à un administrateur de consulter le journal.',
  },
  'key-vault': {
    1033: 'The vault refuses access to the secrets of the integration. Ask an administrator to check that access.',
    3084: 'Le coffre refuse l’accès aux secrets de l’intégration. Demandez à un administrateur de vérifier cet accès.',
  },
  'secret-not-stored': {
    1033: 'A renewed secret could not be stored. Ask an administrator to check where it is stored.',
    3084: 'Un secret renouvelé n’a pas pu être enregistré. Demandez à un administrateur de vérifier où il est conservé.',
  },
  'secret-unreadable': {
    1033: 'The secret of the connection cannot be read. Ask an administrator to enter it again.',
    3084: 'Le secret de la connexion n’a pas pu être lu. Demandez à un administrateur de le saisir de nouveau.',
  },
  'foreign-link': {
    1033: 'A response from Dataverse pointed to another address and was not followed. Ask an administrator to check the log.',
    3084: 'Une réponse de Dataverse renvoyait à une autre adresse et n’a pas été suivie. Demandez à un administrateur de consulter le journal.',
  },
  'provisioning-held': {
    1033: 'On hold: too many Jira projects were requested within an hour. An administrator has been notified and can release it with "Retry".',
    3084: 'Création suspendue\u00a0: trop de projets Jira ont été demandés en une heure. Un administrateur en a été avisé et peut débloquer la création avec «\u00a0Réessayer\u00a0».',
  },
  'project-deleted': {
    1033: 'The Jira project no longer exists, or the integration account may no longer see it. The last figures are kept. Restore the project or that access in Jira. To link another project, ask an administrator to delete the budget mapping first.',
    3084: 'Le projet Jira n’existe plus, ou le compte d’intégration ne peut plus le voir. Les derniers chiffres sont conservés. Restaurez le projet ou cet accès dans Jira. Pour lier un autre projet, demandez d’abord à un administrateur de supprimer le lien budgétaire.',
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

/** A stored failure in a person's language: see `wordFailure`. Pure. */
export function failureSentence(code: string | null, stored: string, language: Language): string {
  return wordFailure(code, stored, {
    ofCode: (known) => failureText(known, language),
    quoting: (words) => quotedWords[language].replace('{words}', () => words),
  });
}

const waiting: Sentence = { 1033: 'Waiting. {failure}', 3084: 'En attente. {failure}' };

/** What somebody who waits for an answer is told while a run is to be tried again (F-108). Pure. @param stored as in `failureSentence` */
export function waitingSentence(code: string | null, stored: string, language: Language): string {
  return waiting[language].replace('{failure}', () => failureSentence(code, stored, language));
}
