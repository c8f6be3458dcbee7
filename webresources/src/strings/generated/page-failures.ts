// Written by `npm run generate` from PageFailures.1033.resx and PageFailures.3084.resx. Change these, not this file.
export const pageFailuresTexts = {
  notInDynamics: { 1033: 'This page shows data only inside Dynamics 365. Open it from the app.', 3084: 'Cette page n’affiche des données que dans Dynamics 365. Ouvrez-la à partir de l’application.' },
  unreachable: { 1033: 'Dataverse unreachable since {since}.', 3084: 'Dataverse ne répond pas; début de la panne\u00a0: {since}.' },
  offline: { 1033: 'Offline since {since}.', 3084: 'Hors ligne; début\u00a0: {since}.' },
  forbidden: { 1033: 'You do not have permission to read the integration’s rows.', 3084: 'Vous n’avez pas l’autorisation de lire les lignes de l’intégration.' },
  askAdministrator: { 1033: 'An administrator can grant it with the role CRM-JIRA Integration Administrator.', 3084: 'Un administrateur peut l’accorder avec le rôle CRM-JIRA Integration Administrator.' },
  lastGood: { 1033: 'What you see is from {read}. The page tries again by itself.', 3084: 'Dernière lecture\u00a0: {read}. La page réessaie d’elle-même.' },
  nothingYet: { 1033: 'Nothing has been read yet. The page tries again by itself.', 3084: 'Rien n’a encore été lu. La page réessaie d’elle-même.' },
} as const;
