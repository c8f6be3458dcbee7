/** An application registration with its service principal. */
export interface EntraApp {
  readonly clientId: string;
  readonly name: string;
  /** Without a secret the app is a public client: it may sign people in, but has no identity of its own. */
  readonly clientSecret?: string;
  /** Object id of the service principal; the client id when left out. */
  readonly objectId?: string;
  /** App roles, as the `roles` claim. */
  readonly roles?: readonly string[];
  /** Addresses that a browser may go back to after signing in. */
  readonly redirectUris?: readonly string[];
}

export interface EntraUser {
  readonly objectId: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly password: string;
  /** App roles that the person is assigned to, as the `roles` claim. */
  readonly roles?: readonly string[];
}

export interface Directory {
  readonly tenantId: string;
  readonly apps: readonly EntraApp[];
  readonly users: readonly EntraUser[];
  /** Resources (application ID URIs) tokens may be asked for, without trailing slash. */
  readonly resources: readonly string[];
}

/** Microsoft's sample public client, which its Dataverse documents use for signing people in. */
export const SAMPLE_PUBLIC_CLIENT: EntraApp = {
  clientId: '51f81489-12ee-4a9e-aaae-a2591f45987d',
  name: 'Dynamics 365 Development Tools',
};
