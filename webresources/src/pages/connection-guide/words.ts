import type { Texts } from '../platform/page-words';

export const GUIDE_TEXTS = {
  title: { 1033: 'Connection set-up', 3084: 'Configuration de la connexion' },
  loading: { 1033: 'Checking…', 3084: 'Vérification…' },
  checked: { 1033: 'Checked {t}', 3084: 'Vérification\u00a0: {t}' },
  check: { 1033: 'Check again', 3084: 'Vérifier de nouveau' },
  progress: { 1033: '{n} of {of} steps done', 3084: 'Étapes terminées\u00a0: {n} sur {of}' },
  done: { 1033: 'Done', 3084: 'Terminé' },
  todo: { 1033: 'To do', 3084: 'À faire' },
  unknown: { 1033: 'Not checked yet', 3084: 'Pas encore vérifié' },
  openIntegrations: { 1033: 'Open Integrations', 3084: 'Ouvrir Intégrations' },
  openHealth: { 1033: 'Open Integration health', 3084: 'Ouvrir Santé de l’intégration' },
  openOpportunities: { 1033: 'Open opportunities', 3084: 'Ouvrir les opportunités' },
  roles: { 1033: 'Assign the security roles', 3084: 'Attribuer les rôles de sécurité' },
  rolesHow: {
    1033: 'Give administrators the role CRM-JIRA Integration Administrator, people at the form CRM-JIRA Integration User, and those who decide CRM-JIRA Budget Approver.',
    3084: 'Attribuez aux administrateurs le rôle CRM-JIRA Integration Administrator, aux personnes qui utilisent le formulaire CRM-JIRA Integration User, et à celles qui décident CRM-JIRA Budget Approver.',
  },
  variables: { 1033: 'Set the environment variables', 3084: 'Définir les variables d’environnement' },
  variablesHow: {
    1033: 'In the solution, set crmjira_JiraBaseUrl to the address of Jira.',
    3084: 'Dans la solution, indiquez l’adresse de Jira dans crmjira_JiraBaseUrl.',
  },
  connection: { 1033: 'Create the connection row', 3084: 'Créer la ligne de connexion' },
  connectionHow: {
    1033: 'Under Integrations, create an active row with the address of Jira and the name of the secret. The secret itself never stands in Dataverse.',
    3084: 'Sous Intégrations, créez une ligne active avec l’adresse de Jira et le nom du secret. Le secret lui-même ne se trouve jamais dans Dataverse.',
  },
  service: { 1033: 'Start the service', 3084: 'Démarrer le service' },
  serviceHow: {
    1033: 'Start the service with the id of the connection row in CONNECTION_ID. It reports here every five minutes. If it does not, run crmjira doctor.',
    3084: 'Démarrez le service avec l’identifiant de la ligne de connexion dans CONNECTION_ID. Il donne de ses nouvelles toutes les cinq minutes. Sinon, exécutez crmjira doctor.',
  },
  jira: { 1033: 'Reach Jira', 3084: 'Joindre Jira' },
  jiraHow: {
    1033: 'The service asks Jira who it is with the configured account. If Jira does not answer, check address, token and network with crmjira doctor.',
    3084: 'Le service demande à Jira qui il est avec le compte configuré. Si Jira ne répond pas, vérifiez l’adresse, le jeton et le réseau avec crmjira doctor.',
  },
  project: { 1033: 'Link the first project', 3084: 'Lier le premier projet' },
  projectHow: {
    1033: 'Open an opportunity, enter a budget amount above the threshold and save. The Jira project is created within about two minutes.',
    3084: 'Ouvrez une opportunité, saisissez un budget supérieur au seuil et enregistrez. Le projet Jira est créé en deux minutes environ.',
  },
} as const satisfies Texts;
