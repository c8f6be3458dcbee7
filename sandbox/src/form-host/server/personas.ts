import type { Persona } from '../contract';

/** Password of every person in the sandbox: nothing here is reachable from another machine. */
export const personaPassword = 'sandbox';

/**
 * People one can be on the page: real rows of the Dataverse stand-in with real security roles. The page learns their
 * roles from Dataverse; only names and titles stand here.
 */
export const personas: readonly Omit<Persona, 'roles' | 'privileges' | 'columns'>[] = [
  {
    id: 'sales-rep',
    userId: '87654321-abcd-ef12-3456-7890abcdef12',
    userName: 'opportunity.owner@company.com',
    name: 'Olivia Owens',
    title: { 1033: 'Sales rep', 3084: 'Représentante' },
  },
  {
    id: 'project-manager',
    userId: '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a01',
    userName: 'project.manager@company.com',
    name: 'Paul Martin',
    title: { 1033: 'Project manager', 3084: 'Gestionnaire de projet' },
  },
  {
    id: 'support-agent',
    userId: '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a05',
    userName: 'samira.haddad@company.com',
    name: 'Samira Haddad',
    title: { 1033: 'Support agent', 3084: 'Agente de soutien' },
  },
  {
    id: 'admin',
    userId: '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a02',
    userName: 'admin@company.com',
    name: 'Ada Singh',
    title: { 1033: 'Administrator', 3084: 'Administratrice' },
  },
];

const personaCookie = 'crmjira-persona';

/** Persona named by the request's cookie; the sales rep without one. */
export function personaOf(cookieHeader: string | undefined): Omit<Persona, 'roles' | 'privileges' | 'columns'> {
  const wanted = (cookieHeader ?? '')
    .split(';')
    .map((pair) => pair.trim().split('='))
    .find(([name]) => name === personaCookie)?.[1];
  const [first] = personas;
  const persona = personas.find((one) => one.id === wanted) ?? first;
  if (!persona) throw new Error('The sandbox has no personas.');
  return persona;
}

export function personaCookieFor(id: string): string {
  return `${personaCookie}=${id}; Path=/; HttpOnly; SameSite=Strict`;
}
