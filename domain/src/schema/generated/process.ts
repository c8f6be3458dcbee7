// Written by `npm run generate` from solution/src. Change the solution, not this file.

import type { Labels } from '../table-metadata';

export const process = {
  workflowId: 'f1859b08-c2b9-5e31-b6ec-79661e4f170d',
  uniqueName: 'crmjira_opportunitytojiraproject',
  entitySet: 'crmjira_opportunitytojiraprojects',
  name: { 1033: 'Opportunity to JIRA Project', 3084: 'De l’opportunité au projet JIRA' },
  stages: {
    OpportunityQualification: '39d860d1-34f0-5cec-914f-5d164ed1ab81',
    JiraProjectCreation: '0b9060d4-1b3e-59a2-9946-3552e3455ec4',
    BudgetApproval: '0ef401d5-2291-501d-9d5d-1da5545ee8cc',
    ProjectExecution: '186386ea-7837-5b28-b400-29b1b743c3ad',
    BudgetReviewRequired: '37ba0cdd-6ef9-5a91-ae47-8a1f89940e67',
  },
} as const;

export type ProcessStageKey = keyof typeof process.stages;

/** The stages in order, with the columns that their steps are bound to and the stages that may follow. */
export const processStages: readonly {
  readonly key: ProcessStageKey;
  readonly id: string;
  readonly name: Labels;
  readonly steps: readonly { readonly column: string; readonly label: Labels; readonly required: boolean }[];
  readonly next: readonly ProcessStageKey[];
}[] = [
  {
    key: 'OpportunityQualification',
    id: '39d860d1-34f0-5cec-914f-5d164ed1ab81',
    name: { 1033: 'Opportunity Qualification', 3084: 'Qualification de l’opportunité' },
    steps: [
      { column: 'crmjira_step_qualify', label: { 1033: 'Qualify opportunity', 3084: 'Qualifier l’opportunité' }, required: false },
      { column: 'crmjira_step_scope', label: { 1033: 'Estimate project scope', 3084: 'Estimer la portée du projet' }, required: false },
      { column: 'crmjira_step_requirements', label: { 1033: 'Define budget requirements', 3084: 'Définir les besoins budgétaires' }, required: false },
      { column: 'crmjira_step_estimate', label: { 1033: 'Create initial budget estimate', 3084: 'Établir l’estimation budgétaire initiale' }, required: false },
      { column: 'budgetamount', label: { 1033: 'Budget Amount', 3084: 'Montant du budget' }, required: true },
    ],
    next: ['JiraProjectCreation'],
  },
  {
    key: 'JiraProjectCreation',
    id: '0b9060d4-1b3e-59a2-9946-3552e3455ec4',
    name: { 1033: 'JIRA Project Creation', 3084: 'Création du projet JIRA' },
    steps: [
      { column: 'crmjira_step_project', label: { 1033: 'Create JIRA project', 3084: 'Créer le projet JIRA' }, required: false },
      { column: 'crmjira_step_budget', label: { 1033: 'Set up budget module', 3084: 'Configurer le module budgétaire' }, required: false },
      { column: 'crmjira_step_permissions', label: { 1033: 'Configure team permissions', 3084: 'Configurer les autorisations de l’équipe' }, required: false },
      { column: 'crmjira_step_link', label: { 1033: 'Link to CRM opportunity', 3084: 'Lier à l’opportunité CRM' }, required: false },
      { column: 'crmjira_jira_project_key', label: { 1033: 'JIRA Project Key', 3084: 'Clé du projet JIRA' }, required: true },
    ],
    next: ['BudgetApproval'],
  },
  {
    key: 'BudgetApproval',
    id: '0ef401d5-2291-501d-9d5d-1da5545ee8cc',
    name: { 1033: 'Budget Approval', 3084: 'Approbation du budget' },
    steps: [
      { column: 'crmjira_step_review', label: { 1033: 'Review budget estimates', 3084: 'Réviser les estimations budgétaires' }, required: false },
      { column: 'crmjira_step_approve', label: { 1033: 'Approve budget allocation', 3084: 'Approuver l’affectation budgétaire' }, required: false },
      { column: 'crmjira_step_activate', label: { 1033: 'Activate JIRA budget', 3084: 'Activer le budget JIRA' }, required: false },
      { column: 'crmjira_step_notify', label: { 1033: 'Notify project team', 3084: 'Aviser l’équipe du projet' }, required: false },
      { column: 'crmjira_project_budget', label: { 1033: 'Project Budget', 3084: 'Budget du projet' }, required: true },
    ],
    next: ['ProjectExecution'],
  },
  {
    key: 'ProjectExecution',
    id: '186386ea-7837-5b28-b400-29b1b743c3ad',
    name: { 1033: 'Project Execution', 3084: 'Exécution du projet' },
    steps: [
      { column: 'crmjira_step_monitor', label: { 1033: 'Monitor budget utilization', 3084: 'Surveiller l’utilisation du budget' }, required: false },
      { column: 'crmjira_step_track', label: { 1033: 'Track project progress', 3084: 'Suivre l’avancement du projet' }, required: false },
      { column: 'crmjira_step_changes', label: { 1033: 'Manage scope changes', 3084: 'Gérer les changements de portée' }, required: false },
      { column: 'crmjira_step_forecast', label: { 1033: 'Update budget forecasts', 3084: 'Mettre à jour les prévisions budgétaires' }, required: false },
      { column: 'crmjira_budget_status', label: { 1033: 'Budget Status', 3084: 'État du budget' }, required: false },
      { column: 'crmjira_budget_review_required', label: { 1033: 'Budget Review Required', 3084: 'Révision du budget requise' }, required: false },
    ],
    next: ['BudgetReviewRequired'],
  },
  {
    key: 'BudgetReviewRequired',
    id: '37ba0cdd-6ef9-5a91-ae47-8a1f89940e67',
    name: { 1033: 'Budget Review Required', 3084: 'Révision du budget requise' },
    steps: [
      { column: 'crmjira_budget_review_note', label: { 1033: 'Review budget', 3084: 'Réviser le budget' }, required: true },
      { column: 'crmjira_budget_review_required', label: { 1033: 'Budget Review Required', 3084: 'Révision du budget requise' }, required: false },
    ],
    next: [],
  },
];
