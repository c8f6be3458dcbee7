import type { Language } from '../text/language';

type Sentence = Readonly<Record<Language, string>>;

/** What a run depends on. What stands before Jira, and the sign-in before Dataverse, are on the way to them. */
export const sides = ['dataverse', 'jira', 'budgetSource'] as const;
export type Side = (typeof sides)[number];

/** What a fault is about, as R-1411 has it; null: none of these. */
export type FaultTopic = 'timeout' | 'authentication' | 'conflict' | 'slowness' | null;

/** What was observed, and what to do about it. */
export interface Fault {
  readonly code: string;
  /** Answers that it is told from others of its code by; left out: every other one, or none at all. */
  readonly status?: readonly number[];
  /** Whose recovery may end it, so that what failed runs again; none for what is wrong with one record or a setting. */
  readonly endsWith: readonly Side[];
  readonly topic: FaultTopic;
  /** What an administrator does. */
  readonly remedy: Sentence;
  /** It names variables of the service, which describe the first connection alone. */
  readonly namesVariables?: true;
}

const outage = [500, 502, 503, 504];
const nothingIsLost: Sentence = {
  1033: 'Nothing is lost: what waits runs when it answers.',
  3084: 'Rien n’est perdu\u00a0: ce qui attend reprend dès qu’il répond.',
};
const down = (who: string, whom: string, where: string, où: string): Sentence => ({
  1033: `Wait, or ask whoever runs ${who} (${where}). ${nothingIsLost[1033]}`,
  3084: `Attendez, ou consultez les responsables de ${whom} (${où}). ${nothingIsLost[3084]}`,
});
const unreachable = (variable: string): Sentence => ({
  1033: `Check the firewall and the connectivity from this service to the host of ${variable}. ${nothingIsLost[1033]}`,
  3084: `Vérifiez le pare-feu et la connectivité entre ce service et l’hôte de ${variable}. ${nothingIsLost[3084]}`,
});
const slower = (who: string, qui: string): Sentence => ({
  1033: `Lower WORKERS, the sync frequency or the batch size (raise POLL_INTERVAL_MS, lower crmjira_BatchSize), and look for other programs that use ${who}.`,
  3084: `Réduisez WORKERS, la fréquence de synchronisation ou la taille des lots (augmentez POLL_INTERVAL_MS, réduisez crmjira_BatchSize), et cherchez d’autres programmes qui utilisent ${qui}.`,
});
const page = (variable: string): Sentence => ({
  1033: `Check ${variable} (host and path), and the sign-in page, proxy or gateway that answers in its place.`,
  3084: `Vérifiez ${variable} (hôte et chemin), ainsi que la page de connexion, le proxy ou la passerelle qui répond à sa place.`,
});
const newToken = (who: string, qui: string, variables: string, ou: string): Sentence => ({
  1033: `The credentials are refused, so no permission helps: create a new token for the integration account in ${who} and store it as ${variables}.`,
  3084: `L’authentification est refusée, aucune autorisation n’y changera rien\u00a0: créez un jeton pour le compte d’intégration dans ${qui} et enregistrez-le sous ${ou}.`,
});
interface CalledProvider {
  readonly codePrefix: string;
  readonly name: string;
  readonly setting: string;
  readonly status: Sentence;
  readonly account: Sentence;
  readonly tokens: Sentence;
  readonly endsWith: readonly Side[];
}
/** What is the same of every provider that is called. */
const ofProvider = ({
  codePrefix,
  name,
  setting,
  status,
  account,
  tokens,
  endsWith,
}: CalledProvider): readonly Fault[] => [
  {
    code: `${codePrefix}-unavailable`,
    status: outage,
    endsWith,
    topic: 'timeout',
    remedy: down(name, name, status[1033], status[3084]),
  },
  { code: `${codePrefix}-unavailable`, endsWith, topic: 'timeout', remedy: unreachable(setting), namesVariables: true },
  { code: `${codePrefix}-rate-limit`, endsWith, topic: 'slowness', remedy: slower(account[1033], account[3084]) },
  { code: `${codePrefix}-page`, endsWith, topic: 'timeout', remedy: page(setting), namesVariables: true },
  {
    code: `${codePrefix}-credentials`,
    endsWith,
    topic: 'authentication',
    remedy: newToken(name, name, tokens[1033], tokens[3084]),
    namesVariables: true,
  },
];
const onJira = ['jira'] as const;
const onTempo = ['budgetSource'] as const;
const onDataverse = ['dataverse'] as const;

/**
 * The one table from what was observed to what is done about it (F-206): form texts stand beside it (`failure-texts.ts`); log rows, health,
 * doctor, maintenance, the command line and mails take their remedy from here. A row with a status comes before that of its code.
 */
export const faultTable: readonly Fault[] = [
  ...ofProvider({
    codePrefix: 'jira',
    name: 'Jira',
    setting: 'JIRA_URL',
    status: { 1033: 'Cloud: status.atlassian.com', 3084: 'Cloud\u00a0: status.atlassian.com' },
    account: { 1033: 'this account', 3084: 'ce compte' },
    tokens: { 1033: 'JIRA_API_TOKEN or JIRA_PAT', 3084: 'JIRA_API_TOKEN ou JIRA_PAT' },
    endsWith: onJira,
  }),
  {
    code: 'jira-forbidden',
    endsWith: onJira,
    topic: 'authentication',
    remedy: {
      1033: 'The credentials are good, a permission is missing: grant the integration account what Jira names, or put it into jira-administrators.',
      3084: 'L’authentification est bonne, une autorisation manque\u00a0: accordez au compte d’intégration ce que Jira nomme, ou ajoutez-le à jira-administrators.',
    },
  },
  {
    code: 'jira-not-found',
    endsWith: [],
    topic: null,
    remedy: {
      1033: 'Check in Jira that the project, issue or budget exists and that the integration account may see it. Then choose Retry.',
      3084: 'Vérifiez dans Jira que le projet, le ticket ou le budget existe et que le compte d’intégration peut le voir. Choisissez ensuite Réessayer.',
    },
  },
  {
    code: 'jira-refused',
    endsWith: [],
    topic: 'conflict',
    remedy: {
      1033: 'Correct what Jira names: the field mappings in crmjira_FieldIds, the screen of the project or the data format. Then choose Retry.',
      3084: 'Corrigez ce que Jira nomme\u00a0: la correspondance des champs dans crmjira_FieldIds, l’écran du projet ou le format des données. Choisissez ensuite Réessayer.',
    },
  },
  {
    code: 'jira-deployment',
    endsWith: onJira,
    topic: null,
    remedy: {
      1033: 'Make JIRA_DEPLOYMENT and the credentials fit the site at JIRA_URL.',
      3084: 'Faites correspondre JIRA_DEPLOYMENT et les identifiants au site de JIRA_URL.',
    },
    namesVariables: true,
  },
  {
    code: 'jira-connection',
    endsWith: onJira,
    topic: null,
    remedy: {
      1033: 'Open the connection in Dynamics: correct its address, sign-in and secret, or activate it. The service takes it over within a minute.',
      3084: 'Ouvrez la connexion dans Dynamics\u00a0: corrigez son adresse, son mode de connexion et son secret, ou activez-la. Le service la reprend en moins d’une minute.',
    },
  },
  {
    code: 'jira-fields-missing',
    endsWith: [],
    topic: 'conflict',
    remedy: {
      1033: 'Create the custom fields in Jira with "crmjira set-up", or name their ids in crmjira_FieldIds.',
      3084: 'Créez les champs personnalisés dans Jira avec «\u00a0crmjira set-up\u00a0», ou nommez leurs identifiants dans crmjira_FieldIds.',
    },
  },
  {
    code: 'jira-fields-off-screen',
    endsWith: [],
    topic: 'conflict',
    remedy: {
      1033: 'Add the fields of the integration to the create and edit screens of the Jira project, then choose Retry.',
      3084: 'Ajoutez les champs de l’intégration aux écrans de création et de modification du projet Jira, puis choisissez Réessayer.',
    },
  },
  {
    code: 'webhooks-silent',
    endsWith: [],
    topic: 'timeout',
    remedy: {
      1033: 'Check that Jira reaches PUBLIC_URL: its firewall, its list of allowed addresses, and the webhook’s own JQL filter. Until then changes are found by asking Jira every five minutes.',
      3084: 'Vérifiez que Jira atteint PUBLIC_URL\u00a0: son pare-feu, sa liste d’adresses autorisées et le filtre JQL du webhook. D’ici là, les changements sont repérés en interrogeant Jira toutes les cinq minutes.',
    },
  },
  {
    code: 'gateway-unavailable',
    endsWith: onJira,
    topic: 'timeout',
    remedy: {
      1033: 'Check the forward gateway of JIRA_GATEWAY_URL: that it runs, its certificates and the firewall, and that it lets this service through to the host of JIRA_URL. Jira itself was not asked.',
      3084: 'Vérifiez la passerelle de JIRA_GATEWAY_URL\u00a0: qu’elle fonctionne, ses certificats et le pare-feu, et qu’elle laisse passer ce service vers l’hôte de JIRA_URL. Jira même n’a pas été consulté.',
    },
  },
  ...ofProvider({
    codePrefix: 'tempo',
    name: 'Tempo',
    setting: 'TEMPO_URL',
    status: { 1033: 'status.tempo.io', 3084: 'status.tempo.io' },
    account: { 1033: 'this token', 3084: 'ce jeton' },
    tokens: { 1033: 'TEMPO_TOKEN', 3084: 'TEMPO_TOKEN' },
    endsWith: onTempo,
  }),
  {
    code: 'tempo-forbidden',
    endsWith: onTempo,
    topic: 'authentication',
    remedy: {
      1033: 'The credentials are good, a permission is missing: give the token of TEMPO_TOKEN the permissions to view budgets, accounts and worklogs.',
      3084: 'L’authentification est bonne, une autorisation manque\u00a0: accordez au jeton de TEMPO_TOKEN la lecture des budgets, comptes et temps.',
    },
  },
  {
    code: 'tempo-not-found',
    endsWith: [],
    topic: null,
    remedy: {
      1033: 'Check in Tempo that the account or budget of the project exists and that the token may see it. Then choose Retry.',
      3084: 'Vérifiez dans Tempo que le compte ou le budget du projet existe et que le jeton peut le voir. Choisissez ensuite Réessayer.',
    },
  },
  {
    code: 'tempo-refused',
    endsWith: [],
    topic: 'conflict',
    remedy: {
      1033: 'Correct what Tempo names: the project, its budget, its period or its currency. Then choose Retry.',
      3084: 'Corrigez ce que Tempo nomme\u00a0: le projet, son budget, sa période ou sa devise. Choisissez ensuite Réessayer.',
    },
  },
  ...ofProvider({
    codePrefix: 'sentry',
    name: 'Sentry',
    setting: 'crmjira_base_url',
    status: { 1033: 'cloud: status.sentry.io', 3084: 'infonuagique\u00a0: status.sentry.io' },
    account: { 1033: 'this token', 3084: 'ce jeton' },
    tokens: { 1033: 'the secret of the connection', 3084: 'crmjira_secret_name' },
    endsWith: [],
  }),
  {
    code: 'sentry-forbidden',
    endsWith: [],
    topic: 'authentication',
    remedy: {
      1033: 'The credentials are good, a permission is missing: in Sentry, give the internal integration Read on organization and project, and Read & Write on issue and event.',
      3084: 'L’authentification est bonne, une autorisation manque\u00a0: dans Sentry, accordez à l’intégration interne la lecture de l’organisation et des projets, ainsi que la lecture et l’écriture des tickets et événements.',
    },
  },
  {
    code: 'sentry-not-found',
    endsWith: [],
    topic: null,
    remedy: {
      1033: 'Check in Sentry that the organization and the error exist and that the token may see them. Then choose Retry.',
      3084: 'Vérifiez dans Sentry que l’organisation et l’erreur existent et que le jeton peut les voir. Choisissez ensuite Réessayer.',
    },
  },
  {
    code: 'sentry-refused',
    endsWith: [],
    topic: 'conflict',
    remedy: {
      1033: 'Correct what Sentry names. Then choose Retry.',
      3084: 'Corrigez ce que Sentry indique. Choisissez ensuite Réessayer.',
    },
  },
  {
    code: 'sentry-connection',
    endsWith: [],
    topic: null,
    remedy: {
      1033: 'Open the connection in Dynamics: correct its address, organization and secret, or activate it. The service takes it over within a minute.',
      3084: 'Ouvrez la connexion dans Dynamics\u00a0: corrigez son adresse, son organisation et son secret, ou activez-la. Le service la reprend en moins d’une minute.',
    },
  },
  {
    code: 'budget-source-not-available',
    endsWith: onTempo,
    topic: null,
    remedy: {
      1033: 'Set TEMPO_TOKEN, or choose another source in crmjira_BudgetSource.',
      3084: 'Définissez TEMPO_TOKEN, ou choisissez une autre source dans crmjira_BudgetSource.',
    },
  },
  {
    code: 'dataverse-unavailable',
    status: outage,
    endsWith: onDataverse,
    topic: 'timeout',
    remedy: down(
      'the environment',
      'l’environnement',
      'admin.powerplatform.microsoft.com, Service health',
      'admin.powerplatform.microsoft.com, État du service',
    ),
  },
  {
    code: 'dataverse-unavailable',
    status: [403],
    endsWith: onDataverse,
    topic: 'timeout',
    remedy: {
      1033: 'Let this service through the proxy of https_proxy or the firewall to the host of DATAVERSE_URL.',
      3084: 'Laissez passer ce service par le proxy de https_proxy ou le pare-feu vers l’hôte de DATAVERSE_URL.',
    },
  },
  {
    code: 'dataverse-unavailable',
    status: [407],
    endsWith: onDataverse,
    topic: 'timeout',
    remedy: {
      1033: 'Give the address of the proxy in https_proxy a user and password, or let this service through the firewall without it.',
      3084: 'Ajoutez un utilisateur et un mot de passe à l’adresse du proxy dans https_proxy, ou laissez ce service passer le pare-feu sans lui.',
    },
  },
  { code: 'dataverse-unavailable', endsWith: onDataverse, topic: 'timeout', remedy: unreachable('DATAVERSE_URL') },
  {
    code: 'dataverse-limit',
    endsWith: onDataverse,
    topic: 'slowness',
    remedy: slower('this application user', 'cet utilisateur d’application'),
  },
  {
    code: 'dataverse-batch-cut',
    endsWith: onDataverse,
    topic: 'timeout',
    remedy: {
      1033: 'Look for a proxy or firewall before Dataverse that cuts long answers.',
      3084: 'Cherchez un proxy ou un pare-feu devant Dataverse qui coupe les longues réponses.',
    },
  },
  {
    code: 'dataverse-token',
    endsWith: onDataverse,
    topic: 'authentication',
    remedy: {
      1033: 'The credentials gave a token that Dataverse does not take: check the clock of this machine, and that the environment has an enabled application user for DATAVERSE_CLIENT_ID.',
      3084: 'L’authentification a donné un jeton que Dataverse n’accepte pas\u00a0: vérifiez l’horloge de cette machine, et que l’environnement a un utilisateur d’application actif pour DATAVERSE_CLIENT_ID.',
    },
  },
  {
    code: 'dataverse-sign-in',
    status: [400, 401],
    endsWith: onDataverse,
    topic: 'authentication',
    remedy: {
      1033: 'Create a new client secret in Entra and store it as DATAVERSE_CLIENT_SECRET; check DATAVERSE_CLIENT_ID and DATAVERSE_TENANT_ID.',
      3084: 'Créez un nouveau secret client dans Entra et enregistrez-le sous DATAVERSE_CLIENT_SECRET; vérifiez DATAVERSE_CLIENT_ID et DATAVERSE_TENANT_ID.',
    },
  },
  { code: 'dataverse-sign-in', endsWith: onDataverse, topic: 'timeout', remedy: page('TOKEN_URL') },
  {
    code: 'dataverse-precondition',
    endsWith: [],
    topic: 'conflict',
    remedy: {
      1033: 'Nothing at first: the row is read again. If it goes on, look for a flow, plug-in or import that writes the same row all the time.',
      3084: 'Rien d’abord\u00a0: la ligne est relue. Si cela persiste, cherchez un flux, un plug-in ou une importation qui écrit sans cesse la même ligne.',
    },
  },
  {
    code: 'dataverse-forbidden',
    endsWith: onDataverse,
    topic: 'authentication',
    remedy: {
      1033: 'The credentials are good, permissions are missing: give the application user of DATAVERSE_CLIENT_ID the role "CRM-JIRA Integration Service" and the column security profile of the service.',
      3084: 'L’authentification est bonne, des autorisations manquent\u00a0: donnez à l’utilisateur d’application de DATAVERSE_CLIENT_ID le rôle «\u00a0CRM-JIRA Integration Service\u00a0» et le profil de sécurité de colonnes du service.',
    },
  },
  {
    code: 'dataverse-not-found',
    endsWith: [],
    topic: null,
    remedy: {
      1033: 'Check that the record was not deleted meanwhile.',
      3084: 'Vérifiez que l’enregistrement n’a pas été supprimé entre-temps.',
    },
  },
  {
    code: 'dataverse-refused',
    endsWith: [],
    topic: 'conflict',
    remedy: {
      1033: 'Correct what Dataverse names: a data format, a length, a business rule or a plug-in. If a table or column is missing, import the solution of this version.',
      3084: 'Corrigez ce que Dataverse nomme\u00a0: un format de données, une longueur, une règle métier ou un plug-in. S’il manque une table ou une colonne, importez la solution de cette version.',
    },
  },
  {
    code: 'stage-step-unavailable',
    endsWith: onDataverse,
    topic: 'timeout',
    remedy: {
      1033: 'Start the service, and check the firewall: Dataverse must reach PUBLIC_URL.',
      3084: 'Démarrez le service et vérifiez le pare-feu\u00a0: Dataverse doit atteindre PUBLIC_URL.',
    },
  },
  {
    code: 'network',
    endsWith: sides,
    topic: 'timeout',
    remedy: {
      1033: 'Check the firewall and the connectivity from this service to the hosts that it calls.',
      3084: 'Vérifiez le pare-feu et la connectivité entre ce service et les hôtes qu’il appelle.',
    },
  },
  {
    code: 'unexpected',
    endsWith: [],
    topic: null,
    remedy: {
      1033: 'Find the correlation id in the log of the service and give both to the development team.',
      3084: 'Trouvez l’identifiant de corrélation dans le journal du service et transmettez-le à l’équipe de développement.',
    },
  },
  {
    code: 'unexpected-answer',
    endsWith: sides,
    topic: 'conflict',
    remedy: {
      1033: 'Check what answers at the address that is named: a proxy in between, or another version with other data formats.',
      3084: 'Vérifiez ce qui répond à l’adresse nommée\u00a0: un proxy intermédiaire, ou une autre version avec d’autres formats de données.',
    },
  },
  {
    code: 'notification-undelivered',
    endsWith: [],
    topic: null,
    remedy: {
      1033: 'Open the integration in Dynamics: its runs say what its target answered. What fails for another reason than an outage is not sent again.',
      3084: 'Ouvrez l’intégration dans Dynamics : ses exécutions disent ce que sa destination a répondu. Ce qui échoue pour une autre raison qu’une panne n’est pas renvoyé.',
    },
  },
  {
    code: 'foreign-link',
    endsWith: [],
    topic: null,
    remedy: {
      1033: 'Check DATAVERSE_URL, and what stands before Dataverse: its answer named another host.',
      3084: 'Vérifiez DATAVERSE_URL et ce qui précède Dataverse\u00a0: sa réponse nommait un autre hôte.',
    },
  },
  ...(['currency-missing', 'exchange-rate-missing'] as const).map((code): Fault => ({
    code,
    endsWith: [],
    topic: null,
    remedy: {
      1033: 'Add the currency in question to the currencies of the Dynamics environment, with its exchange rate. Then choose Retry.',
      3084: 'Ajoutez la devise en cause aux devises de l’environnement Dynamics, avec son taux de change. Choisissez ensuite Réessayer.',
    },
  })),
  {
    code: 'environment-variable',
    endsWith: [],
    topic: 'conflict',
    remedy: {
      1033: 'Correct the value of the environment variable in question (its content or its data format), in the solution "CRM-JIRA Integration".',
      3084: 'Corrigez la valeur de la variable d’environnement en cause (son contenu ou son format), dans la solution «\u00a0CRM-JIRA Integration\u00a0».',
    },
  },
  {
    code: 'address-refused',
    endsWith: sides,
    topic: null,
    remedy: {
      1033: 'Correct the address that is named. If it is meant to lead into a private network, add its host and port to ALLOWED_PRIVATE_HOSTS of the service and restart it.',
      3084: 'Corrigez l’adresse nommée. Si elle doit mener à un réseau privé, ajoutez son hôte et son port à ALLOWED_PRIVATE_HOSTS du service, puis redémarrez-le.',
    },
  },
  {
    code: 'environment-moved',
    endsWith: [],
    topic: null,
    remedy: {
      1033: 'If this environment is a copy, give it a connection of its own. If it was moved, confirm that with "crmjira confirm-environment".',
      3084: 'S’il s’agit d’une copie, donnez-lui sa propre connexion. Si l’environnement a été déplacé, confirmez-le avec «\u00a0crmjira confirm-environment\u00a0».',
    },
  },
  {
    code: 'plan-does-not-settle',
    endsWith: [],
    topic: null,
    remedy: {
      1033: 'Look for a flow, plug-in or automation rule that undoes the change in question, and end it. Then choose Retry.',
      3084: 'Cherchez un flux, un plug-in ou une règle d’automatisation qui annule la modification en cause, et corrigez-le. Choisissez ensuite Réessayer.',
    },
  },
  {
    code: 'key-vault',
    status: [401, 403],
    endsWith: sides,
    topic: 'authentication',
    remedy: {
      1033: 'The vault refuses the credentials or permissions of the service: give its managed identity the role "Key Vault Secrets User" there ("Key Vault Secrets Officer" to whoever rotates secrets).',
      3084: 'Le coffre refuse l’authentification ou les autorisations du service\u00a0: donnez-y à son identité managée le rôle «\u00a0Key Vault Secrets User\u00a0» («\u00a0Key Vault Secrets Officer\u00a0» à qui renouvelle les secrets).',
    },
  },
  {
    code: 'key-vault',
    status: [404],
    endsWith: [],
    topic: null,
    remedy: {
      1033: 'Create or enable the secret in question in the vault, or correct its name in the variable that refers to it.',
      3084: 'Créez ou activez dans le coffre le secret en cause, ou corrigez son nom dans la variable qui y renvoie.',
    },
  },
  {
    code: 'key-vault',
    endsWith: sides,
    topic: 'timeout',
    remedy: {
      1033: 'Check the firewall and the connectivity from this service to the vault, and that the service has a managed identity where it runs.',
      3084: 'Vérifiez le pare-feu et la connectivité entre ce service et le coffre, et que le service dispose d’une identité managée là où il fonctionne.',
    },
  },
  {
    code: 'secret-not-stored',
    endsWith: [],
    topic: 'authentication',
    remedy: {
      1033: 'Keep the secret in a file or a vault, and give whoever rotates the credentials permission to write there. Then rotate them again.',
      3084: 'Conservez le secret dans un fichier ou un coffre, et donnez l’autorisation d’y écrire à qui renouvelle l’authentification. Puis renouvelez-la de nouveau.',
    },
  },
  {
    code: 'secret-unreadable',
    endsWith: [],
    topic: 'authentication',
    remedy: {
      1033: 'Run "crmjira doctor" and give the key that it names in SECRETS_KEY or SECRETS_KEY_PREVIOUS; put the secret where the connection names it, or enter it again.',
      3084: 'Exécutez «\u00a0crmjira doctor\u00a0»\u00a0: fournissez la clé indiquée dans SECRETS_KEY ou SECRETS_KEY_PREVIOUS, placez le secret là où la connexion le nomme, ou saisissez-le de nouveau.',
    },
  },
  {
    code: 'provisioning-held',
    endsWith: [],
    topic: null,
    remedy: {
      1033: 'An administrator decides: release the project with "crmjira release" or Retry on the form.',
      3084: 'Un administrateur décide\u00a0: il libère le projet avec «\u00a0crmjira release\u00a0» ou Réessayer sur le formulaire.',
    },
  },
  {
    code: 'project-deleted',
    endsWith: [],
    topic: null,
    remedy: {
      1033: 'Restore the project in Jira, or the access of the integration account to it; or delete the budget mapping.',
      3084: 'Restaurez le projet dans Jira, ou l’accès du compte d’intégration; ou supprimez le lien budgétaire.',
    },
  },
  {
    code: 'currency-kept',
    endsWith: [],
    topic: null,
    remedy: {
      1033: 'On the opportunity, its owner requests an approval in the new currency, or changes the currency back.',
      3084: 'Sur l’opportunité, son responsable demande une approbation dans la nouvelle devise, ou rétablit l’ancienne.',
    },
  },
  ...(['store-damaged', 'store-lost'] as const).map((code): Fault => ({
    code,
    endsWith: [],
    topic: null,
    remedy: {
      1033: 'Stop the service, run "crmjira store --set-aside" and start it again. That is safe: what waits is read again from both sides.',
      3084: 'Arrêtez le service, exécutez «\u00a0crmjira store --set-aside\u00a0» et redémarrez-le. C’est sans danger\u00a0: ce qui attend est relu des deux côtés.',
    },
  })),
];

/** The row of what was observed; null for what the table does not know. Pure. */
export function faultOf(code: string, status?: number): Fault | null {
  const rows = faultTable.filter((row) => row.code === code);
  const exact = rows.find((row) => status !== undefined && row.status?.includes(status));
  return exact ?? rows.find((row) => row.status === undefined) ?? null;
}

/** As `faultOf`, of a connection that its row describes: what would be corrected in variables is corrected there. Pure. */
export function faultOfRow(code: string, status?: number): Fault | null {
  const fault = faultOf(code, status);
  return fault?.namesVariables === true ? faultOf('jira-connection') : fault;
}

/** What an administrator does about it; null where nothing is known: a wrong remedy is worse than none. Pure. */
export function remedyOf(code: string, status: number | undefined, language: Language = 1033): string | null {
  return faultOf(code, status)?.remedy[language] ?? null;
}
