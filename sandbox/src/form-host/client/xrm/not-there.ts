import { type RefusingObject, refusedMembers } from './refused-members';

/** A part of the client API that this host does not imitate. */
export class NotThereError extends Error {
  constructor(readonly member: string) {
    super(`The host does not have ${member}.`);
  }
}

/**
 * The same object, which answers for members that the platform has and this host has not with an error that names them: a script that
 * uses one learns so where it does, not by an `undefined` further on. They are not enumerable, so the object can be spread and compared.
 */
export function refused<T extends object>(name: RefusingObject, api: T): T {
  for (const member of refusedMembers[name])
    Object.defineProperty(api, member, {
      enumerable: false,
      get: () => {
        throw new NotThereError(`${name}.${member}`);
      },
    });
  return api;
}
