import type { Texts } from '../platform/page-words';

export const LINK_TEXTS = {
  title: { 1033: 'Link existing Jira project', 3084: 'Lier un projet Jira existant' },
  loading: { 1033: 'Loading…', 3084: 'Chargement…' },
  unsaved: {
    1033: 'Open this page from a saved opportunity.',
    3084: 'Ouvrez cette page à partir d’une opportunité enregistrée.',
  },
  closed: { 1033: 'The opportunity is closed.', 3084: 'L’opportunité est fermée.' },
  closedNext: {
    1033: 'Reopen it first, then link a project.',
    3084: 'Rouvrez-la d’abord, puis liez un projet.',
  },
  hasProject: {
    1033: 'This opportunity has the Jira project {key}.',
    3084: 'Cette opportunité a le projet Jira {key}.',
  },
  hasProjectNext: {
    1033: 'It can have only one. An administrator can delete its mapping first.',
    3084: 'Elle ne peut en avoir qu’un. Un administrateur peut d’abord supprimer son lien.',
  },
  hasHidden: {
    1033: 'This opportunity has a Jira project that you do not have permission to see.',
    3084: 'Cette opportunité a un projet Jira que vous n’avez pas l’autorisation de voir.',
  },
  hasHiddenNext: {
    1033: 'It can have only one. An administrator can grant you to see it.',
    3084: 'Elle ne peut en avoir qu’un. Un administrateur peut vous accorder l’accès.',
  },
  project: { 1033: 'Jira project', 3084: 'Projet Jira' },
  hint: {
    1033: 'Type a part of the name or key, then choose.',
    3084: 'Tapez une partie du nom ou de la clé, puis choisissez.',
  },
  key: { 1033: 'Key of the Jira project', 3084: 'Clé du projet Jira' },
  keyHint: {
    1033: 'The key stands before the number of each issue, such as ABC in ABC-12.',
    3084: 'La clé précède le numéro de chaque ticket, comme ABC dans ABC-12.',
  },
  projects: { 1033: 'Projects found', 3084: 'Projets trouvés' },
  openList: { 1033: 'Show projects', 3084: 'Afficher les projets' },
  searching: { 1033: 'Searching in Jira…', 3084: 'Recherche dans Jira…' },
  foundOne: { 1033: '1 project found.', 3084: '1 projet trouvé.' },
  found: { 1033: '{n} projects found.', 3084: '{n} projets trouvés.' },
  foundMore: {
    1033: 'The first {n} are shown. Type more to narrow the search.',
    3084: 'Les {n} premiers sont affichés. Précisez pour réduire la recherche.',
  },
  nothing: {
    1033: 'No project fits. Check the spelling, or ask whether the integration account may see it in Jira.',
    3084: 'Aucun projet ne correspond. Vérifiez l’orthographe, ou si le compte d’intégration peut le voir dans Jira.',
  },
  linkedElsewhere: { 1033: 'linked to another opportunity', 3084: 'lié à une autre opportunité' },
  searchFailed: { 1033: 'The search did not work.', 3084: 'La recherche n’a pas fonctionné.' },
  searchSlow: {
    1033: 'The integration has not answered yet.',
    3084: 'L’intégration n’a pas encore répondu.',
  },
  enterKey: {
    1033: 'You can enter the key of the project instead.',
    3084: 'Vous pouvez entrer la clé du projet à la place.',
  },
  searchAgain: { 1033: 'Search again', 3084: 'Chercher de nouveau' },
  link: { 1033: 'Link', 3084: 'Lier' },
  close: { 1033: 'Close', 3084: 'Fermer' },
  stays: {
    1033: 'This window can not be closed from here.',
    3084: 'Cette fenêtre ne peut pas être fermée d’ici.',
  },
  staysNext: {
    1033: 'Close it with the × at its top. Nothing is lost.',
    3084: 'Fermez-la avec le × en haut. Rien n’est perdu.',
  },
  choose: { 1033: 'Choose a project first.', 3084: 'Choisissez d’abord un projet.' },
  linking: { 1033: 'Linking {key}…', 3084: 'Liaison de {key} en cours…' },
  waiting: {
    1033: 'The integration has not answered for a minute.',
    3084: 'L’intégration ne répond pas depuis une minute.',
  },
  waitingNext: {
    1033: 'Your request is kept and is carried out when it answers. You can close this window.',
    3084: 'Votre demande est conservée et sera exécutée à la reprise. Vous pouvez fermer cette fenêtre.',
  },
  linked: { 1033: 'The Jira project {key} is linked.', 3084: 'Le projet Jira {key} est lié.' },
  linkedNext: {
    1033: 'Spending so far is being read; the form shows it in a moment.',
    3084: 'Les dépenses à ce jour sont en cours de lecture; le formulaire les affichera sous peu.',
  },
  refused: { 1033: 'Not linked.', 3084: 'Non lié.' },
  failed: { 1033: 'It did not work.', 3084: 'Cela n’a pas fonctionné.' },
  failedNext: {
    1033: 'Nothing is lost. Try again, or ask an administrator.',
    3084: 'Rien n’est perdu. Réessayez ou demandez à un administrateur.',
  },
  notSent: { 1033: 'The request could not be sent.', 3084: 'La demande n’a pas pu être envoyée.' },
  notSentNext: {
    1033: 'Nothing was changed. Try again in a moment.',
    3084: 'Rien n’a été modifié. Réessayez dans un instant.',
  },
  notAllowed: {
    1033: 'You do not have the privilege to ask for this.',
    3084: 'Vous n’avez pas le privilège requis pour le demander.',
  },
  notAllowedNext: {
    1033: 'Nothing was changed. An administrator can grant it with the role CRM-JIRA Integration User.',
    3084: 'Rien n’a été modifié. Un administrateur peut l’accorder avec le rôle CRM-JIRA Integration User.',
  },
  offline: { 1033: 'You are offline.', 3084: 'Vous êtes hors ligne.' },
  offlineNext: {
    1033: 'Nothing can be searched or linked until you are online again. What you typed is kept.',
    3084: 'Rien ne peut être cherché ni lié avant votre retour en ligne. Votre saisie est conservée.',
  },
} as const satisfies Texts;
