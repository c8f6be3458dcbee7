/** A part of an address as it is meant; where a percent sign stands for itself, as some passwords are typed, the part as it stands there. */
export function percentDecoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // Not encoded, so there is nothing to decode: the database's client takes such an address too.
    return part;
  }
}
