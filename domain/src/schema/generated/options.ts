// Written by `npm run generate` from solution/src. Change the solution, not this file.

import type { Labels } from '../table-metadata';

/** `crmjira_alertlevel` */
export const AlertLevel = {
  None: 0,
  BudgetWarning: 1,
  OverBudget: 2,
} as const;
export type AlertLevel = (typeof AlertLevel)[keyof typeof AlertLevel];
export const alertLevelLabels: Record<AlertLevel, Labels> = {
  0: { 1033: 'None', 3084: 'Aucune' },
  1: { 1033: 'Budget Warning', 3084: 'Avertissement budgétaire' },
  2: { 1033: 'Over Budget', 3084: 'Budget dépassé' },
};

/** `crmjira_approvalstatus` */
export const ApprovalStatus = {
  NotRequested: 1,
  Pending: 2,
  Approved: 3,
  Rejected: 4,
  ChangesRequested: 5,
} as const;
export type ApprovalStatus = (typeof ApprovalStatus)[keyof typeof ApprovalStatus];
export const approvalStatusLabels: Record<ApprovalStatus, Labels> = {
  1: { 1033: 'Not requested', 3084: 'Non demandée' },
  2: { 1033: 'Pending', 3084: 'En attente' },
  3: { 1033: 'Approved', 3084: 'Approuvée' },
  4: { 1033: 'Rejected', 3084: 'Refusée' },
  5: { 1033: 'Changes requested', 3084: 'Modifications demandées' },
};

/** `crmjira_authtype` */
export const AuthType = {
  Basic: 1,
  ApiToken: 2,
  PatBearer: 3,
  OAuth203Lo: 4,
  LdapBind: 5,
  None: 6,
} as const;
export type AuthType = (typeof AuthType)[keyof typeof AuthType];
export const authTypeLabels: Record<AuthType, Labels> = {
  1: { 1033: 'Basic', 3084: 'De base' },
  2: { 1033: 'API token', 3084: 'Jeton d’API' },
  3: { 1033: 'PAT (bearer)', 3084: 'Jeton d’accès personnel (bearer)' },
  4: { 1033: 'OAuth 2.0 (3LO)', 3084: 'OAuth 2.0 (3LO)' },
  5: { 1033: 'LDAP bind', 3084: 'Liaison LDAP' },
  6: { 1033: 'None', 3084: 'Aucune' },
};

/** `crmjira_budgetcategorytype` */
export const BudgetCategoryType = {
  HourlyRate: 1,
  FixedCost: 2,
  VariableCost: 3,
} as const;
export type BudgetCategoryType = (typeof BudgetCategoryType)[keyof typeof BudgetCategoryType];
export const budgetCategoryTypeLabels: Record<BudgetCategoryType, Labels> = {
  1: { 1033: 'HOURLY_RATE', 3084: 'Taux horaire' },
  2: { 1033: 'FIXED_COST', 3084: 'Coût fixe' },
  3: { 1033: 'VARIABLE_COST', 3084: 'Coût variable' },
};

/** `crmjira_budgetsource` */
export const BudgetSource = {
  BudgetModule: 1,
  TempoCloud: 2,
  ComputedWorklogsRate: 3,
} as const;
export type BudgetSource = (typeof BudgetSource)[keyof typeof BudgetSource];
export const budgetSourceLabels: Record<BudgetSource, Labels> = {
  1: { 1033: 'Budget module', 3084: 'Module budgétaire' },
  2: { 1033: 'Tempo Cloud', 3084: 'Tempo Cloud' },
  3: { 1033: 'Computed (worklogs × rate)', 3084: 'Calculée (heures × taux)' },
};

/** `crmjira_budgetstatus` */
export const BudgetStatus = {
  Draft: 1,
  Approved: 2,
  Active: 3,
  OverBudget: 4,
  Completed: 5,
} as const;
export type BudgetStatus = (typeof BudgetStatus)[keyof typeof BudgetStatus];
export const budgetStatusLabels: Record<BudgetStatus, Labels> = {
  1: { 1033: 'Draft', 3084: 'Brouillon' },
  2: { 1033: 'Approved', 3084: 'Approuvé' },
  3: { 1033: 'Active', 3084: 'Actif' },
  4: { 1033: 'Over Budget', 3084: 'Budget dépassé' },
  5: { 1033: 'Completed', 3084: 'Terminé' },
};

/** `crmjira_commandstate` */
export const CommandState = {
  Requested: 1,
  Running: 2,
  Done: 3,
  Refused: 4,
  Failed: 5,
} as const;
export type CommandState = (typeof CommandState)[keyof typeof CommandState];
export const commandStateLabels: Record<CommandState, Labels> = {
  1: { 1033: 'Requested', 3084: 'Demandée' },
  2: { 1033: 'Running', 3084: 'En cours' },
  3: { 1033: 'Done', 3084: 'Terminée' },
  4: { 1033: 'Refused', 3084: 'Refusée' },
  5: { 1033: 'Failed', 3084: 'Échouée' },
};

/** `crmjira_commandtype` */
export const CommandType = {
  CreateProject: 1,
  LinkProject: 2,
  SyncNow: 3,
  CompleteProject: 4,
  Reopen: 5,
  Retry: 6,
  ResolveDiscrepancy: 7,
  StageMove: 8,
  FindProjects: 9,
  CreateIssue: 10,
  LinkIssue: 11,
  UnlinkIssue: 12,
  SetSync: 13,
  Undo: 14,
  ResolveConflict: 15,
  FindIssues: 16,
  CommentToJira: 17,
  CreateTicketsFromErrors: 18,
  TestConnection: 19,
  DiscoverProjects: 20,
  BulkAssign: 21,
  SaveIntegration: 22,
  SetActive: 23,
  DeleteIntegration: 24,
  Run: 25,
  RotateWebhookSecret: 26,
  TryMapping: 27,
  Explain: 28,
  SaveMyConnection: 29,
  UseConnection: 30,
  DeleteConnection: 31,
  SyncTime: 32,
  RemoveWorklog: 33,
  Backfill: 34,
  SignInWithAtlassian: 35,
  ConfirmRun: 36,
  ReleaseHeldProjects: 37,
  TestMyConnection: 38,
  ReopenProject: 39,
  FindJiraSites: 40,
} as const;
export type CommandType = (typeof CommandType)[keyof typeof CommandType];
export const commandTypeLabels: Record<CommandType, Labels> = {
  1: { 1033: 'Create project', 3084: 'Créer le projet' },
  2: { 1033: 'Link project', 3084: 'Lier un projet' },
  3: { 1033: 'Sync now', 3084: 'Synchroniser maintenant' },
  4: { 1033: 'Complete project', 3084: 'Terminer le projet' },
  5: { 1033: 'Reopen', 3084: 'Rouvrir' },
  6: { 1033: 'Retry', 3084: 'Réessayer' },
  7: { 1033: 'Resolve discrepancy', 3084: 'Résoudre un écart' },
  8: { 1033: 'Stage move', 3084: 'Changement d’étape' },
  9: { 1033: 'Find projects', 3084: 'Chercher des projets' },
  10: { 1033: 'Create issue', 3084: 'Créer un ticket' },
  11: { 1033: 'Link issue', 3084: 'Lier un ticket' },
  12: { 1033: 'Unlink issue', 3084: 'Dissocier un ticket' },
  13: { 1033: 'Set sync', 3084: 'Régler la synchronisation' },
  14: { 1033: 'Undo', 3084: 'Annuler' },
  15: { 1033: 'Resolve conflict', 3084: 'Résoudre un conflit' },
  16: { 1033: 'Find issues', 3084: 'Chercher des tickets' },
  17: { 1033: 'Comment to Jira', 3084: 'Commenter dans Jira' },
  18: { 1033: 'Create tickets from errors', 3084: 'Créer des tickets à partir d’erreurs' },
  19: { 1033: 'Test connection', 3084: 'Tester la connexion' },
  20: { 1033: 'Discover projects', 3084: 'Découvrir les projets' },
  21: { 1033: 'Bulk assign', 3084: 'Attribuer en lot' },
  22: { 1033: 'Save integration', 3084: 'Enregistrer l’intégration' },
  23: { 1033: 'Set active', 3084: 'Activer ou désactiver' },
  24: { 1033: 'Delete integration', 3084: 'Supprimer l’intégration' },
  25: { 1033: 'Run', 3084: 'Exécuter' },
  26: { 1033: 'Rotate webhook secret', 3084: 'Renouveler le secret du webhook' },
  27: { 1033: 'Try mapping', 3084: 'Essayer la correspondance' },
  28: { 1033: 'Explain', 3084: 'Expliquer' },
  29: { 1033: 'Save my connection', 3084: 'Enregistrer ma connexion' },
  30: { 1033: 'Use connection', 3084: 'Utiliser la connexion' },
  31: { 1033: 'Delete connection', 3084: 'Supprimer la connexion' },
  32: { 1033: 'Sync time', 3084: 'Synchroniser le temps' },
  33: { 1033: 'Remove worklog', 3084: 'Retirer le journal de travail' },
  34: { 1033: 'Backfill', 3084: 'Compléter les enregistrements antérieurs' },
  35: { 1033: 'Sign in with Atlassian', 3084: 'S’authentifier auprès d’Atlassian' },
  36: { 1033: 'Confirm run', 3084: 'Confirmer l’exécution' },
  37: { 1033: 'Release held projects', 3084: 'Autoriser les projets retenus' },
  38: { 1033: 'Test my connection', 3084: 'Tester ma connexion' },
  39: { 1033: 'Reopen project', 3084: 'Rouvrir le projet' },
  40: { 1033: 'Find Jira sites', 3084: 'Trouver les sites Jira' },
};

/** `crmjira_conflictstate` */
export const ConflictState = {
  Open: 1,
  KeptCrm: 2,
  KeptJira: 3,
  Superseded: 4,
} as const;
export type ConflictState = (typeof ConflictState)[keyof typeof ConflictState];
export const conflictStateLabels: Record<ConflictState, Labels> = {
  1: { 1033: 'Open', 3084: 'Ouvert' },
  2: { 1033: 'Kept CRM', 3084: 'Valeur CRM conservée' },
  3: { 1033: 'Kept Jira', 3084: 'Valeur Jira conservée' },
  4: { 1033: 'Superseded', 3084: 'Caduc' },
};

/** `crmjira_deployment` */
export const Deployment = {
  JiraCloud: 1,
  JiraDataCenter: 2,
  JiraServer: 3,
} as const;
export type Deployment = (typeof Deployment)[keyof typeof Deployment];
export const deploymentLabels: Record<Deployment, Labels> = {
  1: { 1033: 'Jira Cloud', 3084: 'Jira Cloud' },
  2: { 1033: 'Jira Data Center', 3084: 'Jira Data Center' },
  3: { 1033: 'Jira Server', 3084: 'Jira Server' },
};

/** `crmjira_direction` */
export const Direction = {
  Outbound: 1,
  Inbound: 2,
  Both: 3,
} as const;
export type Direction = (typeof Direction)[keyof typeof Direction];
export const directionLabels: Record<Direction, Labels> = {
  1: { 1033: 'Outbound', 3084: 'Sortant' },
  2: { 1033: 'Inbound', 3084: 'Entrant' },
  3: { 1033: 'Both', 3084: 'Les deux' },
};

/** `crmjira_directorystate` */
export const DirectoryState = {
  Matched: 1,
  WithoutUser: 2,
  DisabledInDirectory: 3,
  NotFoundInDirectory: 4,
} as const;
export type DirectoryState = (typeof DirectoryState)[keyof typeof DirectoryState];
export const directoryStateLabels: Record<DirectoryState, Labels> = {
  1: { 1033: 'Matched', 3084: 'Associée' },
  2: { 1033: 'Without user', 3084: 'Sans utilisateur' },
  3: { 1033: 'Disabled in directory', 3084: 'Désactivée dans l’annuaire' },
  4: { 1033: 'Not found in directory', 3084: 'Introuvable dans l’annuaire' },
};

/** `crmjira_efficiencyrating` */
export const EfficiencyRating = {
  Excellent: 1,
  Good: 2,
  Fair: 3,
  Poor: 4,
} as const;
export type EfficiencyRating = (typeof EfficiencyRating)[keyof typeof EfficiencyRating];
export const efficiencyRatingLabels: Record<EfficiencyRating, Labels> = {
  1: { 1033: 'Excellent', 3084: 'Excellente' },
  2: { 1033: 'Good', 3084: 'Bonne' },
  3: { 1033: 'Fair', 3084: 'Passable' },
  4: { 1033: 'Poor', 3084: 'Faible' },
};

/** `crmjira_errorclass` */
export const ErrorClass = {
  Authentication: 1,
  Timeout: 2,
  RateLimit: 3,
  Mapping: 4,
  Permission: 5,
  NotFound: 6,
  WrongProduct: 7,
  Invalid: 8,
  Unreachable: 9,
  Conflict: 10,
} as const;
export type ErrorClass = (typeof ErrorClass)[keyof typeof ErrorClass];
export const errorClassLabels: Record<ErrorClass, Labels> = {
  1: { 1033: 'Authentication', 3084: 'Authentification' },
  2: { 1033: 'Timeout', 3084: 'Délai dépassé' },
  3: { 1033: 'Rate limit', 3084: 'Limite de débit' },
  4: { 1033: 'Mapping', 3084: 'Correspondance' },
  5: { 1033: 'Permission', 3084: 'Autorisation' },
  6: { 1033: 'Not found', 3084: 'Introuvable' },
  7: { 1033: 'Wrong product', 3084: 'Mauvais produit' },
  8: { 1033: 'Invalid', 3084: 'Non valide' },
  9: { 1033: 'Unreachable', 3084: 'Injoignable' },
  10: { 1033: 'Conflict', 3084: 'Conflit' },
};

/** `crmjira_health` */
export const Health = {
  Healthy: 1,
  Degraded: 2,
  Down: 3,
  Unknown: 4,
  NotUsed: 5,
} as const;
export type Health = (typeof Health)[keyof typeof Health];
export const healthLabels: Record<Health, Labels> = {
  1: { 1033: 'Healthy', 3084: 'Bon' },
  2: { 1033: 'Degraded', 3084: 'Dégradé' },
  3: { 1033: 'Down', 3084: 'En panne' },
  4: { 1033: 'Unknown', 3084: 'Inconnu' },
  5: { 1033: 'Not Used', 3084: 'Non utilisé' },
};

/** `crmjira_inboundstatus` */
export const InboundStatus = {
  New: 1,
  Processed: 2,
  Ignored: 3,
  Failed: 4,
} as const;
export type InboundStatus = (typeof InboundStatus)[keyof typeof InboundStatus];
export const inboundStatusLabels: Record<InboundStatus, Labels> = {
  1: { 1033: 'New', 3084: 'Nouveau' },
  2: { 1033: 'Processed', 3084: 'Traité' },
  3: { 1033: 'Ignored', 3084: 'Ignoré' },
  4: { 1033: 'Failed', 3084: 'Échec' },
};

/** `crmjira_integrationstatus` */
export const IntegrationStatus = {
  Pending: 1,
  Success: 2,
  Failed: 3,
  Retry: 4,
} as const;
export type IntegrationStatus = (typeof IntegrationStatus)[keyof typeof IntegrationStatus];
export const integrationStatusLabels: Record<IntegrationStatus, Labels> = {
  1: { 1033: 'Pending', 3084: 'En attente' },
  2: { 1033: 'Success', 3084: 'Réussite' },
  3: { 1033: 'Failed', 3084: 'Échec' },
  4: { 1033: 'Retry', 3084: 'Nouvelle tentative' },
};

/** `crmjira_linkstate` */
export const LinkState = {
  Requested: 1,
  Linked: 2,
  Failing: 3,
  Broken: 4,
  Unlinked: 5,
} as const;
export type LinkState = (typeof LinkState)[keyof typeof LinkState];
export const linkStateLabels: Record<LinkState, Labels> = {
  1: { 1033: 'Requested', 3084: 'Demandé' },
  2: { 1033: 'Linked', 3084: 'Lié' },
  3: { 1033: 'Failing', 3084: 'En échec' },
  4: { 1033: 'Broken', 3084: 'Rompu' },
  5: { 1033: 'Unlinked', 3084: 'Dissocié' },
};

/** `crmjira_mappingstatus` */
export const MappingStatus = {
  Active: 1,
  Archived: 2,
  Orphaned: 3,
} as const;
export type MappingStatus = (typeof MappingStatus)[keyof typeof MappingStatus];
export const mappingStatusLabels: Record<MappingStatus, Labels> = {
  1: { 1033: 'Active', 3084: 'Actif' },
  2: { 1033: 'Archived', 3084: 'Archivé' },
  3: { 1033: 'Orphaned', 3084: 'Orphelin' },
};

/** `crmjira_operationtype` */
export const OperationType = {
  Create: 1,
  Update: 2,
  Delete: 3,
  Sync: 4,
} as const;
export type OperationType = (typeof OperationType)[keyof typeof OperationType];
export const operationTypeLabels: Record<OperationType, Labels> = {
  1: { 1033: 'Create', 3084: 'Création' },
  2: { 1033: 'Update', 3084: 'Mise à jour' },
  3: { 1033: 'Delete', 3084: 'Suppression' },
  4: { 1033: 'Sync', 3084: 'Synchronisation' },
};

/** `crmjira_performance` */
export const Performance = {
  UnderBudget: 1,
  OnBudget: 2,
  OverBudget: 3,
} as const;
export type Performance = (typeof Performance)[keyof typeof Performance];
export const performanceLabels: Record<Performance, Labels> = {
  1: { 1033: 'Under Budget', 3084: 'Sous le budget' },
  2: { 1033: 'On Budget', 3084: 'Selon le budget' },
  3: { 1033: 'Over Budget', 3084: 'Budget dépassé' },
};

/** `crmjira_provisioningstate` */
export const ProvisioningState = {
  Requested: 1,
  ProjectCreated: 2,
  BudgetCreated: 3,
  Linked: 4,
  Failed: 5,
} as const;
export type ProvisioningState = (typeof ProvisioningState)[keyof typeof ProvisioningState];
export const provisioningStateLabels: Record<ProvisioningState, Labels> = {
  1: { 1033: 'Requested', 3084: 'Demandé' },
  2: { 1033: 'Project created', 3084: 'Projet créé' },
  3: { 1033: 'Budget created', 3084: 'Budget créé' },
  4: { 1033: 'Linked', 3084: 'Lié' },
  5: { 1033: 'Failed', 3084: 'Échec' },
};

/** `crmjira_resolutionrule` */
export const ResolutionRule = {
  All: 1,
  Any: 2,
  Chosen: 3,
  Never: 4,
} as const;
export type ResolutionRule = (typeof ResolutionRule)[keyof typeof ResolutionRule];
export const resolutionRuleLabels: Record<ResolutionRule, Labels> = {
  1: { 1033: 'All', 3084: 'Tous' },
  2: { 1033: 'Any', 3084: 'Au moins un' },
  3: { 1033: 'Chosen', 3084: 'Tickets choisis' },
  4: { 1033: 'Never', 3084: 'Jamais' },
};

/** `crmjira_severity` */
export const Severity = {
  Low: 1,
  Medium: 2,
  High: 3,
  Critical: 4,
} as const;
export type Severity = (typeof Severity)[keyof typeof Severity];
export const severityLabels: Record<Severity, Labels> = {
  1: { 1033: 'Low', 3084: 'Faible' },
  2: { 1033: 'Medium', 3084: 'Moyenne' },
  3: { 1033: 'High', 3084: 'Élevée' },
  4: { 1033: 'Critical', 3084: 'Critique' },
};

/** `crmjira_sourcesystem` */
export const SourceSystem = {
  Dynamics365: 1,
  Jira: 2,
} as const;
export type SourceSystem = (typeof SourceSystem)[keyof typeof SourceSystem];
export const sourceSystemLabels: Record<SourceSystem, Labels> = {
  1: { 1033: 'Dynamics 365', 3084: 'Dynamics 365' },
  2: { 1033: 'JIRA', 3084: 'JIRA' },
};

/** `crmjira_syncpreference` */
export const SyncPreference = {
  Both: 1,
  JiraToCrm: 2,
  CrmToJira: 3,
  Off: 4,
} as const;
export type SyncPreference = (typeof SyncPreference)[keyof typeof SyncPreference];
export const syncPreferenceLabels: Record<SyncPreference, Labels> = {
  1: { 1033: 'Both', 3084: 'Les deux' },
  2: { 1033: 'Jira to CRM', 3084: 'De Jira vers CRM' },
  3: { 1033: 'CRM to Jira', 3084: 'De CRM vers Jira' },
  4: { 1033: 'Off', 3084: 'Désactivée' },
};

/** `crmjira_syncstatus` */
export const SyncStatus = {
  Pending: 1,
  Success: 2,
  Failed: 3,
} as const;
export type SyncStatus = (typeof SyncStatus)[keyof typeof SyncStatus];
export const syncStatusLabels: Record<SyncStatus, Labels> = {
  1: { 1033: 'pending', 3084: 'en attente' },
  2: { 1033: 'success', 3084: 'réussite' },
  3: { 1033: 'failed', 3084: 'échec' },
};

/** `crmjira_synctrigger` */
export const SyncTrigger = {
  Scheduled: 1,
  Manual: 2,
  Webhook: 3,
  Retry: 4,
  DryRun: 5,
} as const;
export type SyncTrigger = (typeof SyncTrigger)[keyof typeof SyncTrigger];
export const syncTriggerLabels: Record<SyncTrigger, Labels> = {
  1: { 1033: 'Scheduled', 3084: 'Planifié' },
  2: { 1033: 'Manual', 3084: 'Manuel' },
  3: { 1033: 'Webhook', 3084: 'Webhook' },
  4: { 1033: 'Retry', 3084: 'Nouvelle tentative' },
  5: { 1033: 'Dry run', 3084: 'Essai à blanc' },
};

/** `crmjira_verification` */
export const Verification = {
  HmacSignature: 1,
  SecretInUrl: 2,
  BearerToken: 3,
} as const;
export type Verification = (typeof Verification)[keyof typeof Verification];
export const verificationLabels: Record<Verification, Labels> = {
  1: { 1033: 'HMAC signature', 3084: 'Signature HMAC' },
  2: { 1033: 'Secret in URL', 3084: 'Secret dans l’URL' },
  3: { 1033: 'Bearer token', 3084: 'Jeton bearer' },
};
