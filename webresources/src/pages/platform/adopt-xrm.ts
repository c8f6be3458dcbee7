/** No client API is within reach: the page was opened outside of Dynamics 365. */
export class NotInDynamicsError extends Error {
  static readonly code = 'NOT_IN_DYNAMICS';
  readonly code = NotInDynamicsError.code;

  constructor() {
    super('This page shows data only inside Dynamics 365. Open it from the app.');
    this.name = 'NotInDynamicsError';
  }
}

/**
 * Puts the client API where the page's code looks for it. A web resource in a frame finds it at its parent
 * (Microsoft, "Client API Xrm object": `parent.Xrm` in HTML web resources).
 * @throws NotInDynamicsError
 */
export function adoptXrm(page: Window): typeof Xrm {
  const found: unknown = Reflect.get(page, 'Xrm') ?? atParent(page);
  if (typeof found !== 'object' || found === null || !Reflect.has(found, 'WebApi')) throw new NotInDynamicsError();
  Object.assign(page, { Xrm: found });
  // the object that Microsoft's own page put there
  return found as typeof Xrm;
}

function atParent(page: Window): unknown {
  try {
    return page.parent === page ? undefined : Reflect.get(page.parent, 'Xrm');
  } catch {
    // A parent of another origin: not Dynamics, and not readable.
    return undefined;
  }
}
