/** What Jira says of the account that somebody has signed in with. */
export interface AccountInJira {
  readonly accountId: string | null;
  /** null: the account keeps it to itself */
  readonly email: string | null;
}

/** What is known of the person in Dynamics. */
export interface KnownPerson {
  /** E-mail and name of sign-in. */
  readonly names: readonly string[];
  /** Account that the connection had while it was in use; null: none. */
  readonly formerAccountId: string | null;
}

/** Whether an account in Jira is the person's: who signs in with another one, or enters its token, would log time in its name. Pure. */
export function whoseAccount({ accountId, email }: AccountInJira, { names, formerAccountId }: KnownPerson) {
  const own = names.map((name) => name.toLowerCase());
  if (email !== null && own.includes(email.toLowerCase())) return 'theirs';
  if (formerAccountId !== null) return accountId === formerAccountId ? 'theirs' : 'another';
  return email === null || own.length === 0 ? 'unknown' : 'another';
}

/** A connection as the choice of another active one sees it. */
interface Choosable {
  readonly isActive: boolean;
  readonly email: string | null;
  readonly lastTest: { readonly on: string; readonly ok: boolean } | null;
}

/**
 * The connection that takes over when the active one goes: of those that work, the one that was tested last. One whose account nobody has
 * confirmed waits for its person. Pure.
 */
export function nextActive<One extends Choosable>(others: readonly One[]): One | null {
  const able = others.filter(({ lastTest, email }) => lastTest?.ok === true && email !== null);
  return [...able].sort((one, other) => (other.lastTest?.on ?? '').localeCompare(one.lastTest?.on ?? ''))[0] ?? null;
}
