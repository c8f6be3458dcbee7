export interface ProjectTemplate {
  readonly typeKey: 'software' | 'business' | 'service_desk';
  /** team-managed: without the site's custom fields on its screens */
  readonly simplified: boolean;
}

const SOFTWARE = 'com.pyxis.greenhopper.jira:';
const BUSINESS = 'com.atlassian.jira-core-project-templates:';
const SERVICE = 'com.atlassian.servicedesk:';

const software = (name: string, simplified = false) => [SOFTWARE + name, { typeKey: 'software', simplified }] as const;
const business = (name: string) => [BUSINESS + name, { typeKey: 'business', simplified: false }] as const;
const service = (name: string) =>
  [SERVICE + name, { typeKey: 'service_desk', simplified: name.startsWith('next-gen') }] as const;

const desks = ['it', 'hr', 'legal', 'marketing', 'facilities', 'general', 'analytics', 'finance', 'design', 'sales'];

/** Templates by key: those of `CreateProjectDetails` in Atlassian's Cloud v3 document, and Data Center's own. */
export const projectTemplates: Readonly<Record<string, ProjectTemplate>> = Object.fromEntries<ProjectTemplate>([
  software('gh-simplified-agility-scrum', true),
  software('gh-simplified-agility-kanban', true),
  ...[
    'gh-simplified-basic',
    'gh-simplified-kanban-classic',
    'gh-simplified-scrum-classic',
    'gh-cross-team-template',
    'gh-cross-team-planning-template',
    'gh-scrum-template',
    'gh-kanban-template',
    'basic-software-development-template',
  ].map((name) => software(name)),
  ...[
    'content-management',
    'document-approval',
    'lead-tracking',
    'process-control',
    'procurement',
    'project-management',
    'recruitment',
    'task-tracking',
  ].flatMap((name) => [business(`jira-core-simplified-${name}`), business(`jira-core-${name}`)]),
  ...desks.flatMap((name) => [service(`next-gen-${name}-service-desk`), service(`simplified-${name}-service-desk`)]),
  ...[
    'simplified-it-service-management',
    'simplified-it-service-management-basic',
    'simplified-it-service-management-operations',
    'simplified-internal-service-desk',
    'simplified-external-service-desk',
    'simplified-halp-service-desk',
    'company-managed-blank-service-project',
    'company-managed-general-service-project',
  ].map(service),
]);

export const projectTypes = ['software', 'business', 'service_desk'] as const;
