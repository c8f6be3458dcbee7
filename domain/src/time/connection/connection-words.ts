import type { Language } from '../../text/language';

/** Why a person's connection to Jira is not saved or does not work; stands in its row and its command's answer. */
export type ConnectionProblem = keyof typeof problems;

type Words = Readonly<Record<Language, readonly [what: string, advice: string]>>;

const newToken = {
  1033: 'Check the e-mail and make a new token; a password does not work.',
  3084: 'Vérifiez le courriel et créez un nouveau jeton; un mot de passe ne fonctionne pas.',
} as const;

/** What happened, and what to do. */
const problems = {
  refused: {
    1033: ['Jira refused the sign-in (401).', newToken[1033]],
    3084: ['Jira a refusé la connexion (401).', newToken[3084]],
  },
  'sign-in-ended': {
    1033: ['Atlassian no longer accepts your sign-in.', 'Sign in with Atlassian again.'],
    3084: ['Atlassian n’accepte plus votre connexion.', 'Connectez-vous de nouveau avec Atlassian.'],
  },
  'site-not-allowed': {
    1033: [
      'Your Atlassian account does not reach {h}, or you did not choose it.',
      'Connect again, and choose {h} when Atlassian asks.',
    ],
    3084: [
      'Votre compte Atlassian n’atteint pas {h}, ou vous ne l’avez pas choisi.',
      'Recommencez et choisissez {h} quand Atlassian le demande.',
    ],
  },
  'sign-in-not-offered': {
    1033: ['Signing in with Atlassian is not set up for {h}.', 'Use an API token, or ask your administrator.'],
    3084: [
      'La connexion avec Atlassian n’est pas configurée pour {h}.',
      'Utilisez un jeton d’API ou voyez votre administrateur.',
    ],
  },
  captcha: {
    1033: [
      'Jira asks for a CAPTCHA before it accepts your sign-in.',
      'Sign in to {h} in your browser once, then test again.',
    ],
    3084: [
      'Jira exige un CAPTCHA avant d’accepter votre connexion.',
      'Connectez-vous une fois à {h} dans votre navigateur, puis refaites le test.',
    ],
  },
  anonymous: {
    1033: ['Jira answered as to a visitor: it did not accept the token.', newToken[1033]],
    3084: ['Jira a répondu comme à un visiteur\u00a0: le jeton n’a pas été accepté.', newToken[3084]],
  },
  expired: {
    1033: ['The token has expired.', 'Make a new token in Jira and enter it.'],
    3084: ['Le jeton est expiré.', 'Créez un nouveau jeton dans Jira et saisissez-le.'],
  },
  'other-person': {
    1033: [
      'This token belongs to another Jira account than {mail}.',
      'Check the e-mail, or make a token while you are signed in to Jira as yourself.',
    ],
    3084: [
      'Ce jeton appartient à un autre compte Jira que {mail}.',
      'Vérifiez le courriel ou créez un jeton en étant connecté à Jira sous votre propre compte.',
    ],
  },
  'other-account': {
    1033: [
      'The Atlassian account that you chose is not the one of {mail}.',
      'Sign out of Atlassian, then connect again as yourself.',
    ],
    3084: [
      'Le compte Atlassian choisi n’est pas celui de {mail}.',
      'Déconnectez-vous d’Atlassian, puis recommencez sous votre propre compte.',
    ],
  },
  'unknown-host': {
    1033: ['{h} was not found.', 'Check the spelling; an internal address may need your administrator.'],
    3084: ['{h} est introuvable.', 'Vérifiez l’orthographe; une adresse interne peut exiger votre administrateur.'],
  },
  'wrong-product': {
    1033: ['{h} answers, but it is not Jira.', 'Use the address of Jira itself, without a path.'],
    3084: ['{h} répond, mais ce n’est pas Jira.', 'Utilisez l’adresse de Jira même, sans chemin.'],
  },
  'no-permission': {
    1033: [
      'You are signed in, but may not log work in any project.',
      'Ask a Jira administrator for the permission “Work On Issues”.',
    ],
    3084: [
      'Vous êtes connecté, mais ne pouvez consigner de temps dans aucun projet.',
      'Demandez à un administrateur Jira l’autorisation «\u00a0Travailler sur des tickets\u00a0».',
    ],
  },
  unreachable: {
    1033: ['{h} did not answer within 10\u00a0s.', 'Try again; if it stays so, ask your administrator.'],
    3084: ['{h} n’a pas répondu en 10\u00a0s.', 'Réessayez; si cela persiste, voyez votre administrateur.'],
  },
  'rate-limit': {
    1033: ['Jira asks to slow down.', 'Try again in a few minutes.'],
    3084: ['Jira demande de ralentir.', 'Réessayez dans quelques minutes.'],
  },
  'not-allowed': {
    1033: ['The integration may not call {h}.', 'Ask your administrator.'],
    3084: ['L’intégration n’est pas autorisée à appeler {h}.', 'Voyez votre administrateur.'],
  },
  'integration-off': {
    1033: [
      'Your organization has no active connection to this Jira.',
      'Choose another address, or ask your administrator.',
    ],
    3084: [
      'Votre organisation n’a pas de connexion active à ce Jira.',
      'Choisissez une autre adresse ou voyez votre administrateur.',
    ],
  },
  'secret-gone': {
    1033: ['The token of this connection is no longer stored.', 'Enter it again.'],
    3084: ['Le jeton de cette connexion n’est plus conservé.', 'Saisissez-le de nouveau.'],
  },
  'no-token': {
    1033: ['A token is required.', 'Enter the token of your Jira account.'],
    3084: ['Un jeton est requis.', 'Saisissez le jeton de votre compte Jira.'],
  },
  'no-email': {
    1033: ['An e-mail is required.', 'Enter the e-mail of your Jira account.'],
    3084: ['Un courriel est requis.', 'Saisissez le courriel de votre compte Jira.'],
  },
  'wrong-kind': {
    1033: [
      'This Jira does not take this way of signing in.',
      'Jira Cloud takes an API token, Jira Data Center a personal access token.',
    ],
    3084: [
      'Ce Jira n’accepte pas ce mode de connexion.',
      'Jira Cloud prend un jeton d’API, Jira Data Center un jeton d’accès personnel.',
    ],
  },
  departed: {
    1033: ['The person’s account in Dynamics 365 is disabled, so the token was removed.', ''],
    3084: ['Le compte de la personne dans Dynamics 365 est désactivé; le jeton a été retiré.', ''],
  },
  unknown: {
    1033: ['Something unexpected happened.', 'Try again; if it stays so, ask your administrator.'],
    3084: ['Une erreur inattendue s’est produite.', 'Réessayez; si cela persiste, voyez votre administrateur.'],
  },
} as const satisfies Readonly<Record<string, Words>>;

const nothingSaved: Readonly<Record<Language, string>> = {
  1033: 'Nothing was saved.',
  3084: 'Rien n’a été enregistré.',
};

/** What a sentence names: host of the site, address that was entered. */
export interface NamedInProblem {
  readonly host: string;
  readonly email: string | null;
}

/** Whether a row's reason is one of ours: somebody else may have written it. */
export const isConnectionProblem = (text: string | null): text is ConnectionProblem =>
  text !== null && Object.hasOwn(problems, text);

/** What happened, and what follows from it. */
export type Told = readonly [what: string, then: string];

const joined = (...sentences: readonly string[]): string => sentences.filter((sentence) => sentence !== '').join(' ');

/**
 * Why a connection does not work and what to do. Pure.
 * @param saves something was to be saved, and was not
 */
export function connectionProblemTold(
  problem: ConnectionProblem,
  { host, email }: NamedInProblem,
  saves: boolean,
  language: Language,
): Told {
  const named = (text: string): string =>
    text.replaceAll('{h}', () => host).replaceAll('{mail}', () => email ?? 'Dynamics 365');
  const [what, advice] = problems[problem][language];
  return [named(what), joined(saves ? nothingSaved[language] : '', named(advice))];
}

/** As `connectionProblemTold`, in one text. Pure. */
export const connectionProblemText = (...of: Parameters<typeof connectionProblemTold>): string =>
  joined(...connectionProblemTold(...of));

/**
 * That a connection works, and as whom. Pure.
 * @param projects in how many the person may log work; null: the site does not count
 */
export function connectedTold(who: string, projects: number | null, saved: boolean, language: Language): Told {
  const plural = projects === 1 ? '' : 's';
  if (language === 3084) {
    const where = projects === null ? '' : ` dans ${projects} projet${plural}`;
    return [
      `Connecté en tant que ${who}.`,
      joined(`Vous pouvez consigner du temps${where}.`, saved ? 'Enregistré; le champ du jeton a été vidé.' : ''),
    ];
  }
  const where = projects === null ? '' : ` in ${projects} project${plural}`;
  return [
    `Connected as ${who}.`,
    joined(`You may log work${where}.`, saved ? 'Saved; the token field was cleared.' : ''),
  ];
}

/** As `connectedTold`, in one text. Pure. */
export const connectedText = (...of: Parameters<typeof connectedTold>): string => joined(...connectedTold(...of));

/** How many sites a person may connect to. Pure. */
export function sitesFoundText(count: number, language: Language): string {
  if (count === 0)
    return language === 3084
      ? 'Votre organisation n’a pas de connexion active à Jira. Voyez votre administrateur.'
      : 'Your organization has no active connection to Jira. Ask your administrator.';
  const plural = count === 1 ? '' : 's';
  return language === 3084 ? `${count} site${plural} Jira.` : `${count} Jira site${plural}.`;
}

/** That another connection is the active one now. Pure. */
export const connectionUsedText = (host: string, language: Language): string =>
  language === 3084
    ? `${host} est maintenant active. Le temps déjà synchronisé reste où il est.`
    : `${host} is now active. Time already synced stays where it is.`;

/** That it is the person who says whether an account is theirs, where Jira does not. Pure. */
export const unconfirmedAccountText = (who: string, language: Language): string =>
  language === 3084
    ? `Jira n’indique pas à qui appartient ce compte. S’il s’agit de vous (${who}), choisissez «\u00a0Utiliser celle-ci\u00a0» sous Mes connexions Jira; sinon, supprimez la connexion.`
    : `Jira does not say whose account this is. If ${who} is you, choose “Use this one” under My Jira connections; if not, delete the connection.`;

/** What becomes active when the active connection goes. @param next its host; null: none @param wasActive the deleted one was in use */
const afterDeletion = (next: string | null, wasActive: boolean, language: Language): string => {
  if (!wasActive) return '';
  if (language === 3084)
    return next === null
      ? 'Aucune connexion n’est active\u00a0: rien ne se synchronise avant que vous en choisissiez une.'
      : `${next} est maintenant active.`;
  return next === null ? 'No connection is active: nothing syncs until you choose one.' : `${next} is now active.`;
};

/** That a connection is gone, and which one is used now. Pure. */
export const connectionDeletedText = (next: string | null, wasActive: boolean, language: Language): string =>
  joined(
    language === 3084
      ? 'La connexion est supprimée et son jeton retiré. Le temps déjà synchronisé reste dans Jira.'
      : 'The connection is deleted and its token removed. Time already synced stays in Jira.',
    afterDeletion(next, wasActive, language),
  );

/** That there is no such connection any more. Pure. */
export const connectionGoneText = (language: Language): string =>
  language === 3084
    ? 'Cette connexion a été supprimée. Ajoutez-en une pour trouver des tickets et synchroniser votre temps.'
    : 'This connection was deleted. Add one to find issues and sync your time.';

/** Why a person cannot search Jira. Pure. */
export function noPersonalSearchText(
  missing: 'no-connection' | 'secret-gone' | 'integration-off' | 'refused',
  language: Language,
): string {
  if (missing === 'no-connection')
    return language === 3084
      ? 'Vous n’avez pas de connexion Jira. Vous pouvez entrer une clé. La recherche et la synchronisation exigent une connexion.'
      : 'You have no Jira connection. You can type a key. Search and sync need a connection.';
  if (missing === 'refused')
    return language === 3084
      ? 'Jira n’accepte plus votre connexion. Reconnectez-vous, puis réessayez.'
      : 'Jira no longer accepts your sign-in. Sign in again, then try again.';
  return connectionProblemText(missing, { host: '', email: null }, false, language);
}
