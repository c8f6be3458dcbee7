// Written by `npm run generate` from IntegrationsProviders.1033.resx and IntegrationsProviders.3084.resx. Change these, not this file.
export const integrationsProvidersTexts = {
  title: { 1033: 'Providers', 3084: 'Fournisseurs' },
  about: { 1033: 'What can be connected, and how much of it is.', 3084: 'Ce qui peut être connecté, et ce qui l’est.' },
  webhooks: { 1033: 'Webhooks', 3084: 'Webhooks' },
  yes: { 1033: 'Yes', 3084: 'Oui' },
  no: { 1033: 'No', 3084: 'Non' },
  description: { 1033: 'Description', 3084: 'Description' },
  count: { 1033: 'Integrations', 3084: 'Intégrations' },
  activeN: { 1033: '{a} active, {b} inactive', 3084: '{a} actives, {b} inactives' },
  noneYet: { 1033: 'None yet', 3084: 'Aucune' },
  create: { 1033: 'New', 3084: 'Nouvelle' },
  createOf: { 1033: 'New integration: {name}', 3084: 'Nouvelle intégration\u00a0: {name}' },
  showOf: { 1033: 'Show the integrations of {name}', 3084: 'Afficher les intégrations\u00a0: {name}' },
  actions: { 1033: 'Actions', 3084: 'Actions' },
  builtIn: { 1033: 'Set up with the service', 3084: 'Configuré avec le service' },
} as const;
