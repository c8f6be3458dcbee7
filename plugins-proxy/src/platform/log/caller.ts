/** Who was let in with a request, for its access line (R-1230); gone with the request. */
const callers = new WeakMap<object, string>();

/** @param name user, object id of a token, or kind of credential; never the credential */
export const noteCaller = (request: object, name: string): void => void callers.set(request, name);

/** null: nobody was let in */
export const callerOf = (request: object): string | null => callers.get(request) ?? null;
